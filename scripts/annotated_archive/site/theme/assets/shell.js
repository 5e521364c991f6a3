/* The bar: colours, menu, search; and the section in view in the contents of a hand-written page. A classic script, so that it
   also runs from a folder. */
(function () {
  "use strict";
  var body = document.body;

  // Colours: as the system, light, dark. The choice is kept; the header's own script applies it before the first paint.
  var button = document.querySelector(".aa-scheme");
  var system = matchMedia("(prefers-color-scheme: dark)");
  var order = ["auto", "light", "dark"];
  var words = { auto: "as the system", light: "light", dark: "dark" };
  function chosen() {
    try {
      var kept = localStorage.getItem("aa-scheme");
      return order.indexOf(kept) < 0 ? "auto" : kept;
    } catch (error) {
      return button && button.dataset.choice ? button.dataset.choice : "auto";
    }
  }
  function apply(choice) {
    var dark = choice === "dark" || (choice === "auto" && system.matches);
    body.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
    if (!button) return;
    var next = order[(order.indexOf(choice) + 1) % order.length];
    button.dataset.choice = choice;
    button.title = "Colours: " + words[choice];
    button.setAttribute("aria-label", "Colours: " + words[choice] + ". Change to " + words[next] + ".");
  }
  apply(chosen());
  system.addEventListener("change", function () { apply(chosen()); });
  if (button) {
    button.addEventListener("click", function () {
      var next = order[(order.indexOf(button.dataset.choice) + 1) % order.length];
      try { localStorage.setItem("aa-scheme", next); } catch (error) { /* kept for this page only */ }
      apply(next);
    });
  }

  // The menu of small windows.
  var menu = document.querySelector(".aa-menu-button");
  var nav = document.getElementById("aa-nav");
  function open(state) {
    menu.setAttribute("aria-expanded", String(state));
    nav.classList.toggle("is-open", state);
  }
  if (menu && nav) {
    menu.addEventListener("click", function () { open(menu.getAttribute("aria-expanded") !== "true"); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") {
        open(false);
        menu.focus();
      }
    });
  }

  // A list of one part may have several since: an address of what stood on its page leads to where its links say it is.
  function moved() {
    if (location.hash.length < 2 || document.getElementById(location.hash.slice(1))) return;
    var links = Array.prototype.slice.call(document.querySelectorAll(".aa-years a"));
    var found = links.filter(function (link) { return link.hash === location.hash && link.pathname !== location.pathname; })[0];
    if (found) location.replace(found.href);
  }
  moved();
  window.addEventListener("hashchange", moved);

  // The search: what it needs is fetched when someone turns to it. A result's address says what to go to and to mark.
  var query = document.querySelector(".aa-search__input");
  var root = query && query.closest(".aa-search").getAttribute("data-aa-root");
  var asked = {};
  function fetchOnce(name) {
    if (asked[name]) return;
    asked[name] = true;
    var style = /css$/.test(name);
    var element = document.createElement(style ? "link" : "script");
    if (style) element.rel = "stylesheet";
    element[style ? "href" : "src"] = root + "assets/" + name;
    element.async = false; // in this order
    element.onerror = function () { asked[name] = false; };
    document.head.appendChild(element);
  }
  function load() {
    if (!window.aaSearchBox) ["search.css", "search-client.js", "search-box.js"].forEach(fetchOnce);
  }
  function arrive() {
    if (location.hash.slice(0, 4) === "#at=") fetchOnce("found.js");
  }
  if (query) {
    query.addEventListener("focus", function (event) {
      query.aaFrom = event.relatedTarget; // where Escape leads back to
      load();
    });
    query.addEventListener("pointerenter", load);
    query.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || window.aaSearchBox || event.isComposing) return;
      location.href = root + "search.html#q=" + encodeURIComponent(query.value);
    });
    if (document.activeElement === query) load();
    document.addEventListener("keydown", function (event) {
      var key = (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      var inField = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      var slash = event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!key && !slash) return;
      event.preventDefault();
      query.focus();
      query.select();
    });
    window.addEventListener("hashchange", arrive);
    arrive();
  }

  // What is scrolled sideways can be scrolled with keys.
  document.querySelectorAll(".aa-doc pre > code, .aa-doc table").forEach(function (wide) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  });

  // The section in view. What a fragment names; one that somebody broke (`#%`) names nothing.
  function named(hash) {
    try { return decodeURIComponent(hash.slice(1)); } catch (error) { return ""; }
  }
  var links = Array.prototype.slice.call(document.querySelectorAll(".aa-toc a"));
  var heads = links.map(function (link) { return document.getElementById(named(link.hash)); });
  var waiting = false;
  function mark() {
    waiting = false;
    var at = -1;
    heads.forEach(function (head, i) {
      if (head && head.getBoundingClientRect().top < innerHeight * 0.3) at = i;
    });
    links.forEach(function (link, i) {
      if (i === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  if (links.length) {
    addEventListener("scroll", function () {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(mark);
      }
    }, { passive: true });
    mark();
  }
})();
