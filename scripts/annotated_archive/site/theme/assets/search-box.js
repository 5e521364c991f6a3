/* The search box: names first, then what the texts say, as one types. In a narrow window it fills the screen. The search
   page uses the same box; there a name chosen narrows the results. Fetched by shell.js when someone turns to the search. */
(function () {
  "use strict";
  var box = document.querySelector(".aa-search");
  if (!box || window.aaSearchBox) return;
  var input = box.querySelector(".aa-search__input");
  var root = box.getAttribute("data-aa-root");
  var onPage = box.classList.contains("aa-search--page");
  var narrow = matchMedia("(max-width: 40em)");
  var NAMES = onPage ? 5 : 6, FIRST = 5;
  var PAUSE = 120; // milliseconds without typing before texts are searched
  var PATIENCE = 150; // milliseconds before a wait is spoken of
  var WORDS = {
    article: "Article", annotation: "Annotation", claim: "Claim", place: "Place", actor: "Actor", treaty: "Treaty",
    event: "Event", background: "Background", work: "Cited work", page: "About this archive",
  };
  var SOURCES = ["article", "work"]; // the kinds whose words are the sources' own
  var asked = 0, active = -1, pause = null, patience = null, silenced = [], shown = "";

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function number(count, one, many) {
    return count.toLocaleString("en") + " " + (count === 1 ? one : many);
  }

  // Pieces of text of a result, those that were searched for marked.
  function marked(into, pieces) {
    (pieces || []).forEach(function (piece) {
      var text = Array.isArray(piece) ? piece[0] : piece.text;
      var hit = Array.isArray(piece) ? piece[1] : piece.mark;
      into.append(hit ? make("mark", "", text) : text);
      var correction = Array.isArray(piece) && piece[2]; // of words of a title, which is a link
      if (correction) into.append(make("span", "aa-hit__fix", "corrected: note " + correction.number));
    });
    return into;
  }

  // The sentence of a result; words that a correction is about say so. In the box, whose lines are links, the note is none.
  function excerpt(hit, linked) {
    var line = make("span", "aa-hit__text");
    if (hit.lang && hit.lang !== "und") line.lang = hit.lang;
    var words = (hit.excerpt || []).map(function (piece) { return piece.text; }).join("");
    if (/^[“"].*[”"]$/su.test(words.trim())) line.classList.add("aa-quoted"); // the words of somebody, in a text of ours
    var tail = ""; // punctuation follows the note of a correction, which follows the words
    (hit.excerpt || []).forEach(function (piece) {
      if (piece.text) {
        line.append(tail);
        tail = piece.correction ? /[,.;:!?]*$/.exec(piece.text)[0] : "";
      }
      var shown = piece.text.slice(0, piece.text.length - (piece.correction ? tail.length : 0));
      if (shown) marked(line, [{ text: shown, mark: piece.mark }]);
      if (!piece.correction) return;
      var fix = make(linked ? "a" : "span", "aa-hit__fix", "corrected: note " + piece.correction.number);
      if (linked) fix.href = piece.correction.href;
      fix.lang = "en";
      line.append(fix);
    });
    line.append(tail);
    return line;
  }

  // Where a result comes from and when.
  function origin(hit) {
    return [hit.byline, hit.date].filter(Boolean).join(" · ");
  }

  // The classes of a result. A title in brackets is ours: the work has none.
  function kind(hit) {
    var words = (hit.title || []).map(function (piece) { return piece[0]; }).join("");
    var source = SOURCES.indexOf(hit.kind) >= 0 && !(hit.kind === "work" && words[0] === "[");
    return (hit.kind === "page" ? "aa-ours" : "aa-" + hit.kind) + (source ? " aa-source" : "");
  }

  // The address of a search, from what differs from an empty one.
  function address(state) {
    return String(window.aaSearch.write(Object.assign(window.aaSearch.parse(""), state))).replace(/^#/, "");
  }

  // The panel ----------------------------------------------------------------------------------------------------------
  var panel = make("div", "aa-search__panel");
  var list = make("div", "aa-search__list");
  var status = make("p", "aa-search__status");
  var trouble = make("p", "aa-search__trouble");
  var keys = make("p", "aa-search__keys");
  var clear = make("button", "aa-search__clear");
  var back = make("button", "aa-search__back", "Close");
  list.id = "aa-search-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.tabIndex = -1; // browsers let the keyboard stop at what scrolls; here the arrows scroll it
  status.setAttribute("role", "status");
  keys.setAttribute("aria-hidden", "true");
  [["↑ ↓", "choose"], ["Enter", onPage ? "narrow the results" : "open"], ["Esc", "close"]].forEach(function (key) {
    var pair = make("span");
    pair.append(make("kbd", "", key[0]), key[1]);
    keys.append(pair);
  });
  clear.type = back.type = "button";
  clear.setAttribute("aria-label", "Clear the search");
  clear.innerHTML = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9"/></svg>';
  panel.hidden = trouble.hidden = true;
  panel.append(list, trouble, keys);
  box.append(status, panel);
  input.after(clear);
  clear.after(back);
  input.setAttribute("aria-controls", list.id);

  function options() {
    return Array.prototype.slice.call(list.querySelectorAll("[role=option]"));
  }

  function choose(index) {
    var all = options();
    active = all.length ? (index + all.length + 1) % (all.length + 1) : -1;
    if (active === all.length) active = -1; // beyond the last is the field itself
    all.forEach(function (option, at) { option.setAttribute("aria-selected", String(at === active)); });
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  }

  function group(words, id) {
    var made = make("div", "aa-search__group");
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", id);
    var head = make("p", "aa-search__head", words);
    head.id = id;
    made.append(head);
    return made;
  }

  function option(name, href) {
    var made = make("a", "aa-option " + name);
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.tabIndex = -1;
    made.href = href;
    return made;
  }

  function nameOption(entity) {
    var made = option("aa-option--name aa-" + entity.kind, entity.href);
    var words = make("span", "aa-option__name", entity.name);
    made.append(make("span", "aa-sign"), words);
    if (entity.form && entity.form !== entity.name) made.append(make("span", "aa-option__form", entity.form));
    made.append(make("span", "aa-option__what", [entity.type, entity.where].filter(Boolean).join(" · ")));
    made.aaEntity = entity;
    return made;
  }

  function hitOption(hit) {
    var made = option("aa-option--hit " + kind(hit), hit.href);
    made.append(marked(make("span", "aa-option__title"), hit.title));
    var by = [WORDS[hit.kind], origin(hit)].filter(Boolean).join(" · ");
    made.append(make("span", "aa-option__what", by), excerpt(hit, false));
    return made;
  }

  function draw(names, answer) {
    var chosen = options()[active];
    var before = chosen && chosen.href;
    list.textContent = "";
    if (names.length) {
      var first = group(onPage ? "Narrow to" : "Names", "aa-search-names");
      names.forEach(function (entity) { first.append(nameOption(entity)); });
      list.append(first);
    }
    var hits = (answer && !onPage ? answer.results : []).filter(function (hit) {
      return !names.some(function (entity) { return entity.href === hit.href.split("#")[0]; });
    });
    if (hits.length) {
      var second = group("In the texts", "aa-search-texts");
      hits.forEach(function (hit) { second.append(hitOption(hit)); });
      list.append(second);
    }
    if (answer && !onPage && answer.total > 0) {
      var all = option("aa-option--all", root + "search.html#" + address({ q: input.value.trim() }));
      all.textContent = answer.total === 1 ? "Open the search page" : "All " + number(answer.total, "result", "results");
      list.append(all);
    }
    options().forEach(function (each, at) { each.id = "aa-option-" + at; });
    active = -1;
    var same = options().filter(function (each) { return before && each.href === before; })[0];
    choose(same ? options().indexOf(same) : -1);
    open(!onPage || names.length > 0);
  }

  function say(words) {
    status.textContent = words;
  }

  function failed(error) {
    list.textContent = "";
    trouble.textContent = "";
    var again = make("button", "aa-again", "Try again");
    again.type = "button";
    again.addEventListener("click", function () { input.focus(); look(); });
    trouble.append(window.aaSearchBox.reason(error) + " ", again);
    trouble.hidden = false;
    say("The search could not be loaded.");
    open(!onPage);
  }

  // Suggestions come at once; texts when the typing pauses. Only the newest question is answered.
  function look() {
    var words = input.value.trim();
    var mine = ++asked;
    clearTimeout(pause);
    clearTimeout(patience);
    trouble.hidden = true;
    shown = words;
    if (!words) {
      draw([], null);
      say("");
      open(false);
      return;
    }
    var names = [], answer = null;
    function fresh(run) {
      return function (given) {
        if (mine !== asked) return;
        clearTimeout(patience);
        run(given);
      };
    }
    if (!window.aaSearch) return failed();
    patience = setTimeout(fresh(function () { if (!onPage) say("Searching…"); open(!onPage); }), PATIENCE);
    var wrong = fresh(failed);
    window.aaSearch.suggest(words, NAMES).then(fresh(function (given) {
      names = given;
      draw(names, answer);
      if (onPage) say(names.length ? number(names.length, "name", "names") + " to narrow the results to" : "");
    })).catch(wrong);
    if (onPage) return;
    pause = setTimeout(function () {
      window.aaSearch.search(Object.assign(window.aaSearch.parse(""), { q: words }), FIRST).then(fresh(function (given) {
        answer = given;
        if (!names.length && answer.near) names = answer.near;
        draw(names, answer);
        say(answer.total ? number(answer.total, "result", "results") + (names.length ? ", " + number(names.length, "name", "names") : "")
          : names.length ? "No result; " + number(names.length, "name is", "names are") + " close" : "No result");
      })).catch(wrong);
    }, PAUSE);
  }

  // Open and shut ------------------------------------------------------------------------------------------------------
  function open(state) {
    if (box.classList.contains("is-sheet")) state = true;
    panel.hidden = !state;
    input.setAttribute("aria-expanded", String(state && options().length > 0));
    if (!state) choose(-1);
  }

  function sheet() {
    if (onPage || !narrow.matches || box.classList.contains("is-sheet")) return;
    box.classList.add("is-sheet");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-label", "Search this archive");
    for (var at = box; at !== document.body; at = at.parentElement) {
      Array.prototype.forEach.call(at.parentElement.children, function (other) {
        if (other !== at && !other.inert && other.tagName !== "SCRIPT") {
          other.inert = true;
          silenced.push(other);
        }
      });
    }
    document.documentElement.classList.add("aa-locked");
    history.pushState({ aaSheet: true }, ""); // so that the way back closes it
    open(true);
  }

  // Shut, and go back to where the reader was. With `stay`, the entry in the history is left to what comes next.
  function shut(stay) {
    asked += 1;
    clearTimeout(pause);
    clearTimeout(patience);
    var wasSheet = box.classList.contains("is-sheet");
    if (wasSheet) {
      box.classList.remove("is-sheet");
      box.setAttribute("role", "search");
      box.removeAttribute("aria-modal");
      box.removeAttribute("aria-label");
      silenced.splice(0).forEach(function (other) { other.inert = false; });
      document.documentElement.classList.remove("aa-locked");
      if (!stay && history.state && history.state.aaSheet) history.back();
    }
    open(false);
    shown = null;
    return wasSheet;
  }

  function leave() {
    var from = input.aaFrom;
    shut(false);
    if (from && from.isConnected && from !== document.body && !box.contains(from)) from.focus();
    else input.blur();
  }

  // Follow an address; the sheet's own entry in the history gives way to it.
  function go(href) {
    if (shut(true)) location.replace(href);
    else location.href = href;
  }

  input.addEventListener("focus", function () {
    if (window.aaSearch && window.aaSearch.open) Promise.resolve(window.aaSearch.open()).catch(function () {}); // told when asked
    sheet();
    if (input.value.trim() && !onPage) look();
  });
  input.addEventListener("input", look);
  input.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    var all = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden && input.value.trim() && shown !== input.value.trim()) look();
      else if (all.length) {
        open(true);
        choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? all.length - 1 : active - 1);
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (onPage && !panel.hidden) open(false);
      else leave();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) all[active].click();
      else if (onPage) {
        asked += 1;
        open(false);
        window.aaSearchBox.onEnter(input.value.trim());
      } else if (input.value.trim()) go(root + "search.html#" + address({ q: input.value.trim() }));
    }
  });
  // Pressing a line must not take the focus from the field before the click.
  panel.addEventListener("mousedown", function (event) { if (event.target.closest("[role=option]")) event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var made = event.target.closest("[role=option]");
    if (!made || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (onPage && made.aaEntity) {
      asked += 1;
      open(false);
      window.aaSearchBox.onName(made.aaEntity);
    } else go(made.href);
  });
  clear.addEventListener("click", function () {
    input.value = "";
    input.focus();
    look();
    if (onPage) window.aaSearchBox.onEnter("");
  });
  back.addEventListener("click", leave);
  box.addEventListener("focusout", function (event) {
    if (box.classList.contains("is-sheet") || (event.relatedTarget && box.contains(event.relatedTarget))) return;
    if (document.hasFocus() || onPage) shut(true);
  });
  window.addEventListener("popstate", function () { if (box.classList.contains("is-sheet")) shut(true); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box.classList.contains("is-sheet")) leave();
  });

  window.aaSearchBox = {
    address: address, excerpt: excerpt, input: input, kind: kind, kinds: WORDS, make: make, marked: marked, number: number,
    origin: origin,
    onEnter: function () {}, onName: function () {},
    reason: function (error) {
      var words = (error && error.message) || "The search could not be loaded.";
      var file = location.protocol === "file:" && (!window.aaSearch || /assets\/search\//.test(words));
      return words.replace(/([^.])$/, "$1.") + (file ? " Unpack the download again." : "");
    },
    // The results stand there: names no longer stand before them, unless somebody is choosing one.
    settle: function () {
      if (active >= 0 || panel.matches(":hover")) return;
      asked += 1;
      open(false);
    },
  };
  if (document.activeElement === input) {
    sheet();
    if (input.value.trim()) look();
  }
})();
