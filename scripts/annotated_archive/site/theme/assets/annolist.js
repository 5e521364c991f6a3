// The list of all annotations: shown by kind, article or work, author and status. The choice stands in the address.
(function () {
  "use strict";
  // From the contributors to what each of them wrote. Without this script the link leads to the whole list.
  document.querySelectorAll("a[data-choose]").forEach(function (link) { link.hash = link.dataset.choose; });
  var list = document.querySelector(".aa-annolist[data-filters]");
  if (!list) return;
  var rows = Array.prototype.slice.call(list.querySelectorAll(".aa-anno"));
  var sections = Array.prototype.slice.call(list.querySelectorAll("section"));
  if (rows.length < 2) return;
  var FIELDS = [["kind", "Kind"], ["place", "Article or work"], ["author", "Author"], ["status", "Status"]];

  function words(field, value) {
    if (field !== "place") return field === "author" ? value || "not named" : value.charAt(0).toUpperCase() + value.slice(1);
    var row = rows.filter(function (one) { return one.dataset.place === value; })[0];
    var head = row.closest("section").querySelector("h2");
    var whose = head.querySelector(".aa-soft").textContent.trim();
    var title = head.firstChild.textContent.trim();
    return (title.length > 48 ? title.slice(0, 48).replace(/\s\S*$/, "…") : title) + (whose ? " (" + whose + ")" : "");
  }

  var form = document.createElement("div");
  form.className = "aa-choose";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Choose annotations");
  var selects = {};
  FIELDS.forEach(function (field) {
    var counts = new Map();
    rows.forEach(function (row) {
      var value = row.dataset[field[0]];
      counts.set(value, (counts.get(value) || 0) + 1);
    });
    var label = document.createElement("label");
    var select = document.createElement("select");
    label.append(field[1], select);
    select.append(new Option("All", ""));
    counts.forEach(function (count, value) { select.append(new Option(words(field[0], value) + " · " + count, value)); });
    select.addEventListener("change", choose);
    selects[field[0]] = select;
    label.hidden = counts.size < 2;
    form.append(label);
  });
  var output = document.createElement("output");
  output.setAttribute("aria-live", "polite");
  var clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Show all";
  clear.addEventListener("click", function () {
    Object.keys(selects).forEach(function (name) { selects[name].value = ""; });
    choose();
  });
  form.append(output, clear);
  list.parentNode.insertBefore(form, list);

  function choose() {
    var parts = [];
    Object.keys(selects).forEach(function (name) {
      if (selects[name].value) parts.push(name + "=" + encodeURIComponent(selects[name].value));
    });
    var hash = parts.length ? "#" + parts.join("&") : "";
    if (hash === location.hash) return show();
    history.pushState(null, "", hash || location.pathname.split("/").pop() + location.search);
    show();
  }

  // What the address says; a value that no row has finds nothing, and says so.
  function read() {
    var wanted = new URLSearchParams(location.hash.slice(1));
    Object.keys(selects).forEach(function (name) {
      var select = selects[name], value = wanted.get(name) || "";
      var known = Array.prototype.some.call(select.options, function (option) { return option.value === value; });
      if (!known) select.append(new Option(value, value));
      select.value = value;
    });
    show();
  }

  function show() {
    var shown = 0;
    var names = Object.keys(selects).filter(function (name) { return selects[name].value; });
    rows.forEach(function (row) {
      row.hidden = !names.every(function (name) { return row.dataset[name] === selects[name].value; });
      if (!row.hidden) shown++;
    });
    sections.forEach(function (section) { section.hidden = !section.querySelector(".aa-anno:not([hidden])"); });
    output.textContent = !names.length ? "" : shown ? shown + " of " + rows.length :
      "None of " + rows.length + " is all of this. Choose less, or show all.";
    clear.hidden = !names.length;
  }

  window.addEventListener("hashchange", read);
  window.addEventListener("popstate", read);
  read();
})();
