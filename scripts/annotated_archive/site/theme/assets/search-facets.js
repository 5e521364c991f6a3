/* What narrows a search: what is chosen, the kinds, and the facets beside the results. Drawn anew for every answer by
   search-page.js, which hands over the state of the search and the ways to change it. */
(function () {
  "use strict";
  var box = window.aaSearchBox;
  if (!box) return;
  var make = box.make, number = box.number;
  var FEW = 10, MANY = 20; // values of a facet that are shown at first; above so many there is a field to filter them
  var OPEN = 2; // facets that stand open at first, where there is room
  var KINDS = {
    article: "Articles", annotation: "Annotations", claim: "Claims", place: "Places", actor: "Actors",
    treaty: "Treaties", event: "Events", background: "Background", work: "Cited works", page: "About this archive",
  };
  var FACETS = [
    ["source", "Source"], ["place", "Place"], ["actor", "Actor"], ["treaty", "Treaty or statement"], ["event", "Event"],
    ["year", "Year"],
  ];
  var narrow = matchMedia("(max-width: 60em)");
  var NAMED = ["source", "place", "actor", "treaty", "event"]; // facets whose values are ids, with a name each
  var labels = {}, grown = {}, unfolded = {};
  var state = null, go = null, answered = false;

  function chosen(facet) {
    return state[facet] || [];
  }

  // The state with some of it changed; a change begins at the first page.
  function changed(change) {
    return Object.assign({}, state, { page: 1 }, change);
  }

  function toggled(facet, value) {
    var change = {};
    var rest = chosen(facet).filter(function (one) { return String(one) !== String(value); });
    change[facet] = rest.length === chosen(facet).length ? rest.concat([value]) : rest;
    return changed(change);
  }

  function label(facet, value) {
    return (labels[facet] && labels[facet][value]) || String(value);
  }

  function learn(facet, value, words) {
    if (words) (labels[facet] = labels[facet] || {})[value] = words;
  }

  // Whether a value of the address is none of this archive's. Known once there is an answer.
  function unknown(facet, value) {
    if (facet === "kind") return !Object.prototype.hasOwnProperty.call(KINDS, value);
    return answered && NAMED.indexOf(facet) >= 0 && label(facet, value) === String(value);
  }

  // What is chosen, in words.
  function words() {
    var all = [];
    ["kind"].concat(FACETS.map(function (each) { return each[0]; })).forEach(function (facet) {
      chosen(facet).forEach(function (value) { all.push(named(facet, value)); });
    });
    if (state.from) all.push("from " + state.from);
    if (state.to) all.push("until " + state.to);
    return all;
  }

  function named(facet, value) {
    if (unknown(facet, value)) return "unknown: " + value;
    return facet === "kind" ? KINDS[value] : label(facet, value);
  }

  // The state with nothing chosen; how the results are ordered stays.
  function freed() {
    return { q: state.q, sort: state.sort };
  }

  function link(words, next, name) {
    var made = make("a", name || "", words);
    made.href = "#" + box.address(next);
    return made;
  }

  function count() {
    return FACETS.reduce(function (sum, one) { return sum + chosen(one[0]).length; }, 0) + !!state.from + !!state.to;
  }

  // What is chosen, each with a way to take it back ---------------------------------------------------------------------
  function chips() {
    var row = make("ul", "aa-chosen");
    function chip(words, next, kind) {
      var item = make("li");
      var made = link("", next, "aa-chosen__one aa-" + kind);
      if (kind in box.kinds) made.append(make("span", "aa-sign"));
      made.append(words, make("span", "aa-chosen__x", "×"));
      made.lastChild.setAttribute("aria-hidden", "true");
      made.append(make("span", "aa-unseen", ": take this away"));
      made.dataset.key = "chip-" + words;
      item.append(made);
      row.append(item);
    }
    chosen("kind").forEach(function (kind) { // those that are known stand in the row of kinds
      if (unknown("kind", kind)) chip(named("kind", kind), toggled("kind", kind), "unknown");
    });
    FACETS.forEach(function (facet) {
      chosen(facet[0]).forEach(function (value) {
        chip(named(facet[0], value), toggled(facet[0], value), unknown(facet[0], value) ? "unknown" : facet[0]);
      });
    });
    if (state.from) chip("from " + state.from, changed({ from: "" }), "date");
    if (state.to) chip("until " + state.to, changed({ to: "" }), "date");
    if (row.children.length > 1) {
      var item = make("li");
      var kinds = chosen("kind").filter(function (kind) { return !unknown("kind", kind); });
      item.append(link("Clear all", Object.assign(freed(), { kind: kinds }), "aa-chosen__all"));
      row.append(item);
    }
    return row;
  }

  // Kinds: a row of buttons with their numbers ---------------------------------------------------------------------------
  function kinds(values) {
    var row = make("ul", "aa-kinds");
    row.setAttribute("aria-label", "Kinds");
    row.addEventListener("scroll", function () { cut(row); }, { passive: true });
    function tab(words, count, next, on, key) {
      var item = make("li");
      var made = link(words, next, on ? "on" : "");
      if (on) made.setAttribute("aria-current", "true");
      if (count !== null) made.append(" ", make("span", "aa-count", count.toLocaleString("en")));
      made.dataset.key = "kind-" + key;
      item.append(made);
      row.append(item);
    }
    var all = values.reduce(function (sum, value) { return sum + value[2]; }, 0);
    tab("All", all, changed({ kind: [] }), !chosen("kind").length, "all");
    Object.keys(KINDS).forEach(function (kind) {
      var found = values.filter(function (value) { return value[0] === kind; })[0];
      var on = chosen("kind").indexOf(kind) >= 0;
      if (!found && !on) return;
      tab(KINDS[kind], found ? found[2] : 0, toggled("kind", kind), on, kind);
    });
    return row;
  }

  // A row that is cut fades where it is.
  function cut(row) {
    row.classList.toggle("is-cut-before", row.scrollLeft > 1);
    row.classList.toggle("is-cut-after", row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
  }

  // A facet: values with their numbers ---------------------------------------------------------------------------------
  function value(facet, entry) {
    var item = make("li");
    var line = make("label");
    var check = make("input");
    check.type = "checkbox";
    check.checked = chosen(facet).map(String).indexOf(String(entry[0])) >= 0;
    check.dataset.key = facet + "-" + entry[0];
    check.addEventListener("change", function () { go(toggled(facet, entry[0])); });
    line.append(check, make("span", "aa-facet__name", entry[1]), make("span", "aa-count", entry[2].toLocaleString("en")));
    item.append(line);
    return item;
  }

  // What folds: the first few stand open, and those in which something is chosen, until a reader folds them.
  function folding(name, words, at, on) {
    var made = make("details", "aa-facet aa-facet--" + name + (name in box.kinds ? " aa-" + name : ""));
    made.open = name in unfolded ? unfolded[name] : on > 0 || (at < OPEN && !narrow.matches);
    made.addEventListener("toggle", function () { if (made.isConnected) unfolded[name] = made.open; });
    var summary = make("summary");
    summary.append(make("span", "aa-sign"), words);
    summary.dataset.key = "facet-" + name;
    made.append(summary);
    return made;
  }

  function facet(name, words, values, at) {
    values = values.filter(function (entry) { return !unknown(name, entry[0]); });
    var present = values.map(function (entry) { return String(entry[0]); });
    chosen(name).forEach(function (one) {
      if (present.indexOf(String(one)) < 0 && !unknown(name, one)) values = [[one, label(name, one), 0]].concat(values);
    });
    if (!values.length) return null;
    var made = folding(name, words, at, chosen(name).length);
    var list = make("ul");
    var filter = null, more = null;
    if (values.length > MANY) {
      filter = make("input", "aa-facet__filter");
      filter.type = "search";
      filter.placeholder = "Filter " + values.length.toLocaleString("en");
      filter.setAttribute("aria-label", "Filter: " + words);
      filter.addEventListener("input", fill);
      made.append(filter);
    }
    made.append(list);
    if (values.length > FEW) {
      more = make("button", "aa-facet__more");
      more.type = "button";
      more.dataset.key = "more-" + name;
      more.addEventListener("click", function () {
        grown[name] = !grown[name];
        fill();
      });
      made.append(more);
    }
    function fill() {
      var plain = filter ? fold(filter.value) : "";
      var kept = values.filter(function (entry) { return fold(entry[1]).indexOf(plain) >= 0; });
      var on = kept.filter(function (entry) { return chosen(name).map(String).indexOf(String(entry[0])) >= 0; });
      var off = kept.filter(function (entry) { return on.indexOf(entry) < 0; });
      list.textContent = "";
      on.concat(plain || grown[name] ? off : off.slice(0, Math.max(FEW - on.length, 0)))
        .forEach(function (entry) { list.append(value(name, entry)); });
      if (more) {
        more.hidden = !!plain || kept.length <= FEW;
        more.textContent = grown[name] ? "Fewer" : number(kept.length - FEW, "more", "more");
        more.setAttribute("aria-expanded", String(!!grown[name]));
      }
    }
    fill();
    return made;
  }

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[əǝ]/g, "e").replace(/ı/g, "i").trim();
  }

  function dates() {
    var made = folding("date", "Date", OPEN, !!state.from + !!state.to);
    [["from", "From"], ["to", "To"]].forEach(function (end) {
      var line = make("label", "aa-facet__date", end[1]);
      var field = make("input");
      field.type = "date";
      field.value = state[end[0]] || "";
      field.dataset.key = "date-" + end[0];
      field.addEventListener("change", function () {
        var change = {};
        change[end[0]] = field.value;
        go(changed(change));
      });
      line.append(field);
      made.append(line);
    });
    return made;
  }

  // `leave` leads to the results.
  function side(answer, leave) {
    var made = make("details", "aa-facets");
    made.open = !narrow.matches || !!grown.side;
    made.addEventListener("toggle", function () { grown.side = made.open; });
    var summary = make("summary", "", "Narrow the results" + (count() ? " · " + count() + " chosen" : ""));
    summary.dataset.key = "facets";
    var inner = make("div", "aa-facets__inner");
    FACETS.forEach(function (each, at) {
      if (each[0] === "year") inner.append(dates());
      var one = facet(each[0], each[1], answer.facets[each[0]] || [], at);
      if (one) inner.append(one);
    });
    // In a narrow window the results are out of sight behind what was opened.
    var back = make("button", "aa-facets__back");
    back.type = "button";
    back.textContent = answer.total ? "Show " + number(answer.total, "result", "results") : "No result";
    back.dataset.key = "facets-back";
    back.addEventListener("click", function () {
      made.open = false;
      leave();
    });
    made.append(summary, inner, back);
    return made;
  }

  window.aaSearchFacets = {
    changed: changed, chips: chips, count: count, cut: cut, freed: freed, kinds: kinds, learn: learn, link: link, named: named,
    side: side, toggled: toggled, words: words,
    // What is drawn next is drawn of this state; `to` goes to another one. `known`: names are known, as far as there are.
    use: function (now, to, known) {
      state = now;
      go = to;
      answered = known;
    },
  };
})();
