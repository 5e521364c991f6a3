/* The search page. All of its state is its address (`#q=…&place=goris`): what changes it goes there, and what stands there
   is searched and shown. So a search can be shared, kept, reloaded, and left by the way back. */
(function () {
  "use strict";
  var page = document.querySelector(".aa-finder");
  var box = window.aaSearchBox;
  if (!page || !box) return;
  var facets = window.aaSearchFacets, nothing = window.aaSearchNothing;
  var make = box.make, number = box.number, input = box.input;
  var changed = facets.changed, link = facets.link, learn = facets.learn;
  var into = page.querySelector(".aa-finder__found");
  var start = page.querySelector(".aa-finder__start");
  var SIZE = 20; // results on a page
  var FORMS = 8; // forms of a name that are told
  var PAUSE = 250, PATIENCE = 150; // milliseconds, as in the box
  var SETTLED = 1500; // milliseconds without typing after which what stands there is what was meant
  var SORTS = [["relevance", "by relevance"], ["-date", "newest first"], ["date", "oldest first"]];
  var state = null, asked = 0, typing = null, settling = null, own = null, once = true;
  var typed = false; // the newest entry in the history was made by typing that still goes on
  var arriving = ""; // "load" or "turn", after which the results that come next have the focus

  function go(next, replace) {
    var hash = "#" + box.address(next);
    if (hash === (location.hash || "#")) return show();
    own = hash;
    if (replace) location.replace(hash);
    else location.hash = hash;
  }

  // Results -----------------------------------------------------------------------------------------------------------
  function result(hit) {
    var item = make("li", "aa-hit " + box.kind(hit));
    var kind = make("p", "aa-hit__kind");
    kind.append(make("span", "aa-sign"), box.kinds[hit.kind] || hit.kind);
    var head = make("h3", "aa-hit__title");
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
  var status = make("h2", "aa-finder__total");
  status.tabIndex = -1; // reached from the way past the facets, and after a page was turned
  var said = make("p", "aa-unseen");
  said.setAttribute("role", "status");
  var past = make("button", "aa-finder__past", "Skip to the results");
  past.type = "button";
  past.hidden = true;
  past.addEventListener("click", land);
  page.querySelector(".aa-search").after(said);
  var parts = {};
  ["kinds", "chosen", "side", "main"].forEach(function (name) { parts[name] = make("div", "aa-finder__" + name); });
  parts.bar = make("div", "aa-finder__bar");
  parts.main.append(parts.bar, make("div"));
  into.append(past, parts.kinds, parts.chosen, parts.side, parts.main);

  // Put what was made in the place of what stood there; whoever stood on a control stays on it.
  function put(where, made) {
    where.replaceChildren.apply(where, made.filter(Boolean));
  }

  // Go to the results.
  function land() {
    status.focus({ preventScroll: true });
    if (status.getBoundingClientRect().top < 0 || status.getBoundingClientRect().bottom > innerHeight) status.scrollIntoView();
  }

  // `again`: the answer is the same, with all of its facets.
  function draw(answer, again) {
    var focused = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.key;
    Object.keys(answer.facets || {}).forEach(function (facet) {
      answer.facets[facet].forEach(function (entry) { learn(facet, entry[0], entry[1]); });
    });
    facets.use(state, go, true);
    var narrowed = answer.total > 0 || facets.count() > 0 || state.kind.length > 0;
    var row = parts.kinds.firstChild, along = row ? row.scrollLeft : 0;
    put(parts.kinds, [narrowed && facets.kinds(answer.facets.kind || [])]);
    if (narrowed) parts.kinds.firstChild.scrollLeft = along;
    put(parts.chosen, [facets.chips()]);
    put(parts.side, [narrowed && facets.side(answer, land)]);
    past.hidden = !answer.total;
    name();
    edges();
    into.classList.toggle("is-bare", !narrowed);
    if (!again || !answer.total || answer.instead.length) list(answer);
    if (focused) {
      var same = into.querySelector('[data-key="' + CSS.escape(focused) + '"]');
      if (same && same !== document.activeElement) same.focus({ preventScroll: true });
    }
  }

  function list(answer) {
    var first = ((state.page || 1) - 1) * SIZE + 1;
    var total = answer.total ? number(answer.total, "result", "results") : "No result";
    status.textContent = total;
    said.textContent = answer.total > 0 && first > 1 ? "Results " + first.toLocaleString("en") + " to " +
      (first + answer.results.length - 1).toLocaleString("en") + " of " + answer.total.toLocaleString("en") : total;
    put(parts.bar, [status, answer.total > 1 && order()]);
    var hits = make("ol", "aa-hits");
    hits.start = first;
    answer.results.forEach(function (hit) { hits.append(result(hit)); });
    put(parts.main.lastChild, [
      paper(),
      turned && make("p", "aa-note", "The two dates were the wrong way round, and have been exchanged."),
      answer.cut && make("p", "aa-note", "What was typed is very long; only its beginning was searched for."),
      answer.expanded && answer.expanded.length && expanded(answer.expanded),
      answer.total && answer.instead.length > 0 && nothing.instead(answer),
      answer.total ? hits : nothing.draw(answer, state), answer.total && paging(answer),
    ]);
  }

  // On paper: what was searched for, where and how.
  function paper() {
    var line = make("p", "aa-finder__paper");
    var site = document.querySelector('meta[property="og:site_name"]');
    var sort = SORTS.filter(function (one) { return one[0] === state.sort; })[0];
    var parts = [state.q && "Search for: " + state.q, facets.words().length && "Chosen: " + facets.words().join(", "),
      "Order: " + sort[1], site && site.content, location.href];
    parts.filter(Boolean).forEach(function (words) { line.append(make("span", "", words)); });
    return line;
  }

  // What the page is called: the words, else what is chosen.
  function name() {
    var words = state.q || facets.words().join(", ");
    document.title = (words ? words + " · " : "") + title;
  }

  function edges() {
    if (parts.kinds.firstChild) facets.cut(parts.kinds.firstChild);
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
    put(parts.main.lastChild, [line, make("p", "aa-label", "Look it up"), nothing.lists()]);
    past.hidden = true;
    into.hidden = false;
  }

  // The address, searched and shown.
  function show() {
    var mine = ++asked;
    if (!window.aaSearch) return failed();
    state = dated(window.aaSearch.parse(location.hash));
    if (location.hash !== own) { // a way that the reader did not type
      input.value = state.q || "";
      own = null;
      typed = false;
    }
    facets.use(state, go, false);
    var idle = nobody();
    start.hidden = !idle;
    name();
    if (idle) {
      into.hidden = past.hidden = true;
      said.textContent = "";
      return;
    }
    into.setAttribute("aria-busy", "true");
    var wait = setTimeout(function () {
      if (mine !== asked) return;
      into.hidden = false;
      into.classList.add("is-waiting");
      if (!parts.bar.contains(status)) put(parts.bar, [status]);
      status.textContent = said.textContent = "Searching…";
    }, PATIENCE);
    var elsewhere = 0;
    window.aaSearch.search(state, SIZE).then(function (answer) {
      if (answer.total || !state.q || !facets.words().length) return answer;
      return window.aaSearch.search({ q: state.q }, 1).then(function (free) {
        elsewhere = free.total;
        return answer;
      });
    }).then(function (answer) {
      if (mine !== asked) return;
      into.hidden = false;
      answer.elsewhere = elsewhere;
      draw(answer);
      if (once) back();
      if (arriving === "turn" || (arriving && document.activeElement === document.body)) land();
      once = false;
      arriving = "";
      settle();
      clearTimeout(wait);
      into.classList.remove("is-waiting");
      return answer.whole ? null : window.aaSearch.search(state, SIZE, true).then(function (whole) {
        whole.elsewhere = elsewhere;
        if (mine === asked) draw(whole, true);
      });
    }).catch(function (error) {
      if (mine === asked) failed(error);
    }).finally(function () {
      clearTimeout(wait);
      if (mine !== asked) return;
      into.classList.remove("is-waiting");
      into.removeAttribute("aria-busy");
    });
  }

  // Whether nothing is searched for.
  function nobody() {
    return !state.q && !facets.count() && !state.kind.length;
  }

  // A year or a month stands for its first or last day, as in a terminal; dates that are the wrong way round are exchanged.
  var turned = false;
  function dated(given) {
    function part(end) {
      var found = new RegExp("[#&]" + end + "=(\\d{4}(?:-(?:0[1-9]|1[0-2]))?)(?=&|$)").exec(location.hash);
      return found ? found[1] : given[end];
    }
    var from = part("from"), to = part("to");
    turned = Boolean(from && to && edge(from, false) > edge(to, true));
    return Object.assign(given, { from: edge(turned ? to : from, false), to: edge(turned ? from : to, true) });
  }

  function edge(text, last) {
    if (/^\d{4}$/.test(text)) return text + (last ? "-12-31" : "-01-01");
    if (!/^\d{4}-\d\d$/.test(text)) return text;
    var day = new Date(text + "-01T00:00:00Z");
    if (last) day.setUTCMonth(day.getUTCMonth() + 1, 0);
    return day.toISOString().slice(0, 10);
  }

  // When the typing has ended, what stands there is what was meant: names no longer cover it, and the next letter begins
  // a search of its own, from which there is a way back to this one.
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(function () {
      typed = false;
      box.settle();
    }, SETTLED);
  }

  // How the reader came to the page: "navigate", "reload" or "back_forward".
  function entered(way) {
    var entry = performance.getEntriesByType("navigation")[0];
    return Boolean(entry && entry.type === way);
  }

  // Whoever comes back from a result stands where they left.
  var KEY = "aa-search-place";
  var title = document.title;
  function back() {
    try {
      var kept = (sessionStorage.getItem(KEY) || "").split(" ");
      if (entered("back_forward") && kept[1] === location.hash) scrollTo(0, +kept[0]);
    } catch (error) { /* nothing was kept */ }
  }
  window.addEventListener("pagehide", function () {
    try { sessionStorage.setItem(KEY, Math.round(scrollY) + " " + location.hash); } catch (error) { /* not kept then */ }
  });

  box.onEnter = function (words) {
    clearTimeout(typing);
    go(changed({ q: words }), typed);
    typed = false;
  };
  box.onName = function (entity) {
    clearTimeout(typing);
    learn(entity.kind, entity.id, entity.name);
    input.value = input.value.slice(0, entity.from || 0).trim(); // what the name does not stand for
    var next = changed({ q: input.value });
    if (state[entity.kind].indexOf(entity.id) < 0) next[entity.kind] = state[entity.kind].concat([entity.id]);
    go(next);
  };
  // The first letters after a search make an entry in the history; those that follow change it.
  input.addEventListener("input", function () {
    clearTimeout(typing);
    clearTimeout(settling);
    typing = setTimeout(function () {
      var first = !typed && !nobody();
      go(changed({ q: input.value.trim() }), !first);
      typed = true;
    }, PAUSE);
  });
  into.addEventListener("click", function (event) {
    if (!event.target.closest(".aa-paging a")) return;
    arriving = "turn";
    scrollTo(0, 0);
  });
  window.addEventListener("hashchange", show);
  window.addEventListener("resize", edges);
  show();
  if (!state) return;
  if (!nobody()) arriving = entered("navigate") ? "load" : "";
  else if (matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
})();
