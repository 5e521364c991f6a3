/* Previews of what a name stands for: on hover and keyboard focus a card beside the name, by touch a sheet that holds a
   link to the page. What a card shows stands in a small script for each name, `previews/ID.js` beside this one, loaded
   when it is first asked for: a classic script, so that this also works from a folder. */
(function () {
  "use strict";
  var folder = new URL("previews/", document.currentScript.src).href;
  var root = new URL("../../", folder).href;
  var KINDS = /^(?:places|actors|treaties|events)\/([a-z][a-z0-9-]*)\.html$/;
  var MAP = "_map";
  var known = {}; // what was loaded, by id; null: asked for; false: not there
  var waiting = {};

  window.aaPreview = function (id, data) { known[id] = data; };
  function load(id, then) {
    if (known[id] || known[id] === false) return then();
    (waiting[id] = waiting[id] || []).push(then);
    if (id in known) return;
    known[id] = null;
    var script = document.createElement("script");
    script.src = folder + id + ".js";
    script.onload = script.onerror = function () {
      script.remove();
      known[id] = known[id] || false;
      var asked = waiting[id];
      delete waiting[id];
      asked.forEach(function (go) { go(); });
    };
    document.head.appendChild(script);
  }
  function ready(id) { // with the outlines where the card has a map
    return known[id] && (!known[id].pin || known[MAP] || known[MAP] === false);
  }
  function fetchAll(id, then) {
    load(id, function () {
      if (known[id] && known[id].pin) load(MAP, then); else then();
    });
  }

  var DELAY = 250;
  var card = document.createElement("div");
  card.className = "aa-peek";
  card.id = "aa-peek";
  card.hidden = true;
  document.body.appendChild(card);
  var current = null;
  var sheet = false;
  var timer = 0;
  var lastTouch = 0;
  var wanted = null; // the link whose card waits for its data

  function linkOf(target) {
    var link = target.closest ? target.closest("a[href]") : null;
    return link && !card.contains(link) && idOf(link) ? link : null;
  }
  function idOf(link) {
    // Names in generated pages carry their id; in hand-written ones the address tells.
    if (link.dataset.e) return link.dataset.e;
    if (!link.closest(".aa-doc, .aa-intro")) return "";
    var to = address(link);
    var page = to.slice(0, root.length) === root ? KINDS.exec(to.slice(root.length)) : null;
    return page && page[1].slice(0, 5) !== "index" ? page[1] : "";
  }
  // A link in a map is an SVG element, whose `href` is no text.
  function address(link) { return new URL(link.getAttribute("href"), location.href).href; }
  function add(parent, tag, name, text, lang) {
    var element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    if (lang) element.lang = lang;
    parent.appendChild(element);
    return element;
  }
  function count(number, word) { return number + " " + word + (number === 1 ? "" : "s"); }

  function map(pin) {
    var plan = known[MAP];
    if (!plan || !pin) return null;
    var x = (pin[0] - plan.box[0]) * plan.squeeze * plan.scale;
    var y = (plan.box[3] - pin[1]) * plan.scale;
    var size = plan.viewBox.split(" ").map(Number);
    if (x < 0 || y < 0 || x > size[2] || y > size[3]) return null;
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", plan.viewBox);
    svg.setAttribute("aria-hidden", "true");
    var land = document.createElementNS(space, "path");
    land.setAttribute("d", plan.path);
    var dot = document.createElementNS(space, "circle");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
    dot.setAttribute("r", size[2] / 26);
    svg.append(land, dot);
    return svg;
  }

  function fill(link) {
    var of = known[idOf(link)];
    card.textContent = "";
    card.className = "aa-peek " + of.kind + (sheet ? " is-sheet" : "");
    var svg = map(of.pin);
    if (svg && !sheet) card.appendChild(svg);
    add(card, "p", "aa-peek__kind", of.type || of.kind);
    add(card, sheet ? "h2" : "p", "aa-peek__name", of.name).id = "aa-peek-name";
    if (of.alt && of.alt.length) {
      var names = add(card, "p", "aa-peek__alt", "");
      of.alt.forEach(function (name) {
        if (name[0] === of.name) return;
        var item = add(names, "span", "", "");
        add(item, "span", "", name[0], name[1]);
        item.append(" (" + name[2] + ")");
      });
    }
    var where = [of.where, of.date].filter(Boolean).join(" · ");
    if (where) add(card, "p", "aa-peek__where", where);
    if (of.summary) add(card, "p", "aa-peek__summary", of.summary);
    add(card, "p", "aa-peek__count", of.mentions ? count(of.mentions, "mention") + " in " + count(of.articles, "article") : of.articles ? "Named in " + count(of.articles, "article") : "Not named in the articles");
    if (!sheet) return;
    if (svg) card.appendChild(svg);
    var open = add(card, "a", "aa-peek__open", "Open page");
    open.href = address(link);
    var close = document.createElement("button");
    close.type = "button";
    close.className = "aa-peek__close";
    close.setAttribute("aria-label", "Close");
    close.textContent = "×";
    close.addEventListener("click", function () { hide(true); });
    card.appendChild(close);
  }

  function place(link) {
    var boxes = link.getClientRects();
    var box = boxes[0] || link.getBoundingClientRect();
    var width = card.offsetWidth;
    var height = card.offsetHeight;
    var margin = 12;
    var left = Math.max(margin, Math.min(box.left, document.documentElement.clientWidth - width - margin));
    var last = boxes[boxes.length - 1] || box;
    var top = last.bottom + 8;
    if (top + height > innerHeight - margin && box.top - height - 8 >= margin) top = box.top - height - 8;
    card.style.left = left + scrollX + "px";
    card.style.top = top + scrollY + "px";
  }

  function show(link, asSheet) {
    clearTimeout(timer);
    var id = idOf(link);
    if (!ready(id)) {
      // The card comes when its data do, unless the reader has gone on; without them the link is a link.
      wanted = link;
      return fetchAll(id, function () {
        if (wanted !== link) return;
        wanted = null;
        if (known[id]) show(link, asSheet); else if (asSheet) location.href = address(link);
      });
    }
    if (current) hide(false);
    current = link;
    sheet = asSheet;
    fill(link);
    card.style.left = card.style.top = "";
    card.hidden = false;
    if (sheet) {
      card.setAttribute("role", "dialog");
      card.setAttribute("aria-labelledby", "aa-peek-name");
      card.tabIndex = -1;
      card.focus();
    } else {
      card.setAttribute("role", "tooltip");
      card.removeAttribute("aria-labelledby");
      card.removeAttribute("tabindex");
      link.setAttribute("aria-describedby", "aa-peek");
      place(link);
    }
  }
  function hide(giveBack) {
    clearTimeout(timer);
    wanted = null;
    if (!current) return;
    var link = current;
    current = null;
    card.hidden = true;
    link.removeAttribute("aria-describedby");
    if (sheet && giveBack) link.focus({ preventScroll: true });
    sheet = false;
  }
  function soon(action) {
    clearTimeout(timer);
    timer = setTimeout(action, DELAY);
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch" || sheet) return;
    var link = linkOf(event.target);
    if (link === current && link) return clearTimeout(timer);
    if (link) {
      wanted = null;
      fetchAll(idOf(link), function () {});
      return soon(function () { show(link, false); });
    }
    wanted = null;
    if (card.contains(event.target)) return clearTimeout(timer); // the card may be crossed and read
    if (current && document.activeElement !== current) return soon(function () { hide(false); });
    if (!current) clearTimeout(timer);
  });
  document.addEventListener("focusin", function (event) {
    if (sheet || Date.now() - lastTouch < 800) return;
    var link = linkOf(event.target);
    if (link && link.matches(":focus-visible")) {
      fetchAll(idOf(link), function () {});
      soon(function () { if (document.activeElement === link) show(link, false); });
    }
    else if (current && event.target !== current) hide(false);
  });
  document.addEventListener("focusout", function (event) {
    if (!sheet && event.target === current) hide(false);
    if (sheet && event.relatedTarget && !card.contains(event.relatedTarget)) hide(false);
  });
  document.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "touch") lastTouch = Date.now();
    if (current && !card.contains(event.target) && event.target.closest("a") !== current) hide(false);
  });
  document.addEventListener("click", function (event) {
    var touch = event.pointerType === "touch" || (event.pointerType === undefined && Date.now() - lastTouch < 800);
    var link = linkOf(event.target);
    if (!touch || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link, true);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && current) hide(true);
  });
  addEventListener("resize", function () { if (current && !sheet) hide(false); });
  addEventListener("pagehide", function () { hide(false); });
})();
