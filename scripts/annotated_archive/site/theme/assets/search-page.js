/* The search page. All of its state is its address (`#q=…&place=goris`): what changes it goes there, and what stands there
   is searched and shown. So a search can be shared, kept, reloaded, and left by the way back. */
(function () {
  "use strict";
  var page = document.querySelector(".aa-finder");
  var box = window.aaSearchBox;
  if (!page || !box) return;
  var facets = window.aaSearchFacets;
  var make = box.make, number = box.number, input = box.input;
  var changed = facets.changed, link = facets.link, learn = facets.learn, toggled = facets.toggled;
  var into = page.querySelector(".aa-finder__found");
  var start = page.querySelector(".aa-finder__start");
  var SIZE = 20; // results on a page
  var FORMS = 8; // forms of a name that are told
  var PAUSE = 250, PATIENCE = 150; // milliseconds, as in the box
  var SORTS = [["relevance", "by relevance"], ["-date", "newest first"], ["date", "oldest first"]];
  var ENDS = { from: "from", to: "until" };
  var state = null, asked = 0, typing = null, own = null, once = true;

  function go(next, replace) {
    var hash = "#" + box.address(next);
    if (hash === (location.hash || "#")) return show();
    own = hash;
    if (replace) location.replace(hash);
    else location.hash = hash;
  }

  // Results -----------------------------------------------------------------------------------------------------------
  function result(hit) {
    var item = make("li", "aa-hit aa-" + hit.kind + box.source(hit));
    var kind = make("p", "aa-hit__kind");
    kind.append(make("span", "aa-sign"), box.kinds[hit.kind] || hit.kind);
    var head = make("h2", "aa-hit__title");
    var to = box.marked(make("a"), hit.title);
    to.href = hit.href;
    head.append(to);
    item.append(kind, head);
    var by = box.origin(hit);
    if (by) item.append(make("p", "aa-hit__by", by));
    if (hit.excerpt && hit.excerpt.length) {
      var line = make("p", "aa-hit__sentence");
      line.append(box.excerpt(hit, true));
      item.append(line);
    }
    if (hit.more > 0) item.append(make("p", "aa-hit__more", "and " + number(hit.more, "more place", "more places") + " there"));
    return item;
  }

  function expanded(given) {
    var made = make("div", "aa-expanded");
    given.forEach(function (one) {
      var line = make("p");
      var others = one.forms.filter(function (form) { return form !== one.typed; });
      line.append("Also finds other forms of ");
      var name = make("b", "aa-" + one.kind, one.name);
      line.append(name);
      others.slice(0, FORMS).forEach(function (form, at) { line.append(at ? ", " : ": ", make("span", "aa-form", form)); });
      line.append(others.length > FORMS ? " and more. " : ". ");
      var quoted = state.q.replace(one.typed, '"' + one.typed + '"');
      if (quoted === state.q) quoted = '"' + one.typed + '"';
      line.append(link("Search for “" + one.typed + "” only, letter by letter", changed({ q: quoted })));
      made.append(line);
    });
    return made;
  }

  function nothing(answer) {
    var made = make("div", "aa-nothing");
    var what = state.q ? "Nothing here holds " + (/\s/.test(state.q.trim()) ? "all of this: " : "") : "Nothing fits all that is chosen";
    var head = make("p", "aa-nothing__head", what);
    if (state.q) head.append(make("q", "", state.q));
    made.append(head);
    if (answer.without && answer.without.length) {
      var ways = make("ul", "aa-nothing__ways");
      answer.without.forEach(function (way) {
        var item = make("li");
        var end = ENDS[way.facet];
        learn(way.facet, way.value, way.label);
        item.append(link("Without " + (end ? "“" + end + " " + way.value + "”" : way.label || way.value),
          end ? changed(emptied(way.facet)) : toggled(way.facet, way.value)));
        item.append(" ", make("span", "aa-count", number(way.total, "result", "results")));
        ways.append(item);
      });
      made.append(ways);
    }
    if (answer.near && answer.near.length) {
      made.append(make("p", "aa-label", "Names that are close"));
      var close = make("ul", "aa-nothing__near");
      answer.near.forEach(function (entity) {
        var item = make("li", "aa-" + entity.kind);
        var to = make("a", "", entity.name);
        to.href = entity.href;
        var about = [entity.form !== entity.name && entity.form, entity.type, entity.where].filter(Boolean).join(" · ");
        var line = make("p", "aa-hit__by", about + " · ");
        learn(entity.kind, entity.id, entity.name);
        var next = {};
        next[entity.kind] = [entity.id];
        line.append(link("what mentions it", next));
        item.append(make("span", "aa-sign"), to, line);
        close.append(item);
      });
      made.append(close);
    }
    return made;
  }

  function emptied(facet) {
    var change = {};
    change[facet] = "";
    return change;
  }

  function paging(answer) {
    var pages = Math.ceil(answer.total / SIZE);
    var now = Math.max(1, Math.min(state.page || 1, pages));
    if (pages < 2) return "";
    var row = make("nav", "aa-paging");
    row.setAttribute("aria-label", "Pages of results");
    function step(words, to) {
      var made = to < 1 || to > pages ? make("span", "", words) : link(words, Object.assign({}, state, { page: to }));
      made.dataset.key = words;
      if (to < 1 || to > pages) made.setAttribute("aria-disabled", "true");
      row.append(made);
    }
    step("← Previous", now - 1);
    row.append(make("span", "aa-paging__now", "Page " + now.toLocaleString("en") + " of " + pages.toLocaleString("en")));
    step("Next →", now + 1);
    return row;
  }

  function order() {
    var line = make("label", "aa-order", "Order");
    var select = make("select");
    select.dataset.key = "sort";
    SORTS.forEach(function (one) {
      var made = make("option", "", one[1]);
      made.value = one[0];
      made.selected = one[0] === state.sort;
      select.append(made);
    });
    select.addEventListener("change", function () { go(changed({ sort: select.value })); });
    line.append(select);
    return line;
  }

  // Drawing -----------------------------------------------------------------------------------------------------------
  var status = make("p", "aa-finder__total");
  status.setAttribute("role", "status");
  var parts = {};
  ["kinds", "chosen", "side", "main"].forEach(function (name) { parts[name] = make("div", "aa-finder__" + name); });
  parts.bar = make("div", "aa-finder__bar");
  parts.main.append(parts.bar, make("div"));
  into.append(parts.kinds, parts.chosen, parts.side, parts.main);

  // Put what was made in the place of what stood there; whoever stood on a control stays on it.
  function put(where, made) {
    where.replaceChildren.apply(where, made.filter(Boolean));
  }

  function draw(answer) {
    var focused = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.key;
    Object.keys(answer.facets || {}).forEach(function (facet) {
      answer.facets[facet].forEach(function (entry) { learn(facet, entry[0], entry[1]); });
    });
    var narrowed = answer.total > 0 || facets.count() > 0 || state.kind.length > 0;
    put(parts.kinds, [narrowed && facets.kinds(answer.facets.kind || [])]);
    put(parts.chosen, [facets.chips()]);
    put(parts.side, [narrowed && facets.side(answer)]);
    into.classList.toggle("is-bare", !narrowed);
    status.textContent = answer.total ? number(answer.total, "result", "results") : "No result";
    put(parts.bar, [status, answer.total > 1 && order()]);
    var list = make("ol", "aa-hits");
    list.start = ((state.page || 1) - 1) * SIZE + 1;
    answer.results.forEach(function (hit) { list.append(result(hit)); });
    put(parts.main.lastChild, [
      answer.cut && make("p", "aa-note", "What was typed is very long; only its beginning was searched for."),
      answer.expanded && answer.expanded.length && expanded(answer.expanded),
      answer.total ? list : nothing(answer), answer.total && paging(answer),
    ]);
    if (focused) {
      var again = into.querySelector('[data-key="' + CSS.escape(focused) + '"]');
      if (again) again.focus({ preventScroll: true });
    }
  }

  function failed(error) {
    var again = make("button", "aa-again", "Try again");
    again.type = "button";
    again.addEventListener("click", show);
    var line = make("p", "aa-trouble");
    line.setAttribute("role", "alert");
    line.append(box.reason(error) + " ", again);
    put(parts.kinds, []);
    put(parts.chosen, []);
    put(parts.side, []);
    put(parts.bar, []);
    put(parts.main.lastChild, [line]);
    into.hidden = false;
  }

  // The address, searched and shown.
  function show() {
    var mine = ++asked;
    if (!window.aaSearch) return failed();
    state = window.aaSearch.parse(location.hash);
    if (location.hash !== own || !own) input.value = state.q || "";
    facets.use(state, go);
    var idle = !state.q && !facets.count() && !state.kind.length;
    start.hidden = !idle;
    document.title = (state.q ? state.q + " · " : "") + title;
    if (idle) {
      into.hidden = true;
      return;
    }
    into.setAttribute("aria-busy", "true");
    var wait = setTimeout(function () {
      if (mine !== asked) return;
      into.hidden = false;
      into.classList.add("is-waiting");
      if (!parts.bar.contains(status)) put(parts.bar, [status]);
      status.textContent = "Searching…";
    }, PATIENCE);
    window.aaSearch.search(state, SIZE).then(function (answer) {
      if (mine !== asked) return;
      into.hidden = false;
      draw(answer);
      if (once) back();
      once = false;
    }).catch(function (error) {
      if (mine === asked) failed(error);
    }).finally(function () {
      clearTimeout(wait);
      if (mine !== asked) return;
      into.classList.remove("is-waiting");
      into.removeAttribute("aria-busy");
    });
  }

  // Whoever comes back from a result stands where they left.
  var KEY = "aa-search-place";
  var title = document.title;
  function back() {
    try {
      var kept = (sessionStorage.getItem(KEY) || "").split(" ");
      var entry = performance.getEntriesByType("navigation")[0];
      if (entry && entry.type === "back_forward" && kept[1] === location.hash) scrollTo(0, +kept[0]);
    } catch (error) { /* nothing was kept */ }
  }
  window.addEventListener("pagehide", function () {
    try { sessionStorage.setItem(KEY, Math.round(scrollY) + " " + location.hash); } catch (error) { /* not kept then */ }
  });

  box.onEnter = function (words) {
    clearTimeout(typing);
    go(changed({ q: words }));
  };
  box.onName = function (entity) {
    clearTimeout(typing);
    learn(entity.kind, entity.id, entity.name);
    input.value = "";
    var next = changed({ q: "" });
    if (state[entity.kind].indexOf(entity.id) < 0) next[entity.kind] = state[entity.kind].concat([entity.id]);
    go(next);
  };
  input.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(function () { go(changed({ q: input.value.trim() }), true); }, PAUSE);
  });
  into.addEventListener("click", function (event) {
    if (event.target.closest(".aa-paging a")) scrollTo(0, 0);
  });
  window.addEventListener("hashchange", show);
  show();
  if (!state.q && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
})();
