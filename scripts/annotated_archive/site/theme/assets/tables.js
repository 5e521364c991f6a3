/* Index tables: sort by a column, filter the rows. Without this script a table is complete, in its first order. */
(function () {
  "use strict";
  var collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  // What a cell is sorted by: data-sort where it is given, else its words.
  function value(row, column) {
    var cell = row.cells[column];
    if (!cell) return "";
    return cell.hasAttribute("data-sort") ? cell.getAttribute("data-sort") : cell.textContent.trim();
  }

  function sortable(table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var first = Array.prototype.slice.call(body.rows);
    heads.forEach(function (head, column) {
      if (head.hasAttribute("data-no-sort")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "aa-sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var before = head.getAttribute("aria-sort");
        // Numbers begin with the largest, words with A; the third press brings the first order back.
        var numbers = first.every(function (row) { return /^-?[\d.,]*$/.test(value(row, column)); });
        var order = numbers ? ["descending", "ascending", null] : ["ascending", "descending", null];
        var now = order[(order.indexOf(before) + 1) % 3];
        if (before === null) now = order[0];
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        var rows = first.slice();
        if (now) {
          head.setAttribute("aria-sort", now);
          rows.sort(function (a, b) {
            var x = value(a, column), y = value(b, column);
            if (!x !== !y) return x ? -1 : 1; // what is not known comes last either way
            return (now === "ascending" ? 1 : -1) * collator.compare(x, y);
          });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  // Letters as people type them: without case, accents or the letters' local variants.
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[əǝ]/g, "a").replace(/ı/g, "i");
  }

  function filterable(table, number) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var texts = rows.map(function (row) { return plain(row.textContent); });
    var form = document.createElement("div");
    form.className = "aa-filter";
    form.setAttribute("role", "search");
    var id = "aa-filter-" + number;
    form.innerHTML = '<label for="' + id + '">Filter</label><input type="search" id="' + id + '" autocomplete="off" spellcheck="false">' +
      '<output for="' + id + '" aria-live="polite"></output>';
    var input = form.querySelector("input");
    var output = form.querySelector("output");
    form.setAttribute("aria-label", "Filter the table");
    var none = document.createElement("p");
    none.className = "aa-no-row";
    none.hidden = true;
    var search = table.dataset.search;
    none.textContent = (search ? "No row of this part" : "No row") + " holds all of these words.";
    if (search) {
      var link = document.createElement("a");
      link.href = search;
      link.textContent = "Search the whole archive";
      none.append(" ", link);
    }
    var outer = table.closest(".aa-scroll") || table;
    outer.parentNode.insertBefore(form, outer);
    outer.parentNode.insertBefore(none, outer.nextSibling);
    function run() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, i) {
        var keep = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
        row.hidden = !keep;
        shown += keep;
      });
      output.textContent = words.length ? shown + " of " + rows.length : "";
      none.hidden = shown > 0;
    }
    input.addEventListener("input", run);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && input.value) {
        input.value = "";
        run();
      }
    });
    run();
  }

  Array.prototype.forEach.call(document.querySelectorAll("table"), function (table, number) {
    if (!table.tHead || !table.tBodies[0]) return;
    if (table.hasAttribute("data-filterable") && table.tBodies[0].rows.length > 5) filterable(table, number);
    if (table.hasAttribute("data-sortable") && table.tBodies[0].rows.length > 1) sortable(table);
  });
})();
