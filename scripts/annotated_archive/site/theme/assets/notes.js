// Notes beside the text: hung at the height of their words without pushing the text apart, and opened when asked for.
(function () {
  "use strict";
  var page = document.querySelector(".aa-article");
  if (!page) return;
  var text = page.querySelector(".aa-text");
  var groups = text ? Array.prototype.slice.call(text.querySelectorAll(".aa-notes")) : [];
  var GAP = 10;
  var FEW = 2; // notes that stand below a paragraph without being folded together
  var asked = null;

  function all(selector) {
    return Array.prototype.slice.call(page.querySelectorAll(selector));
  }

  // Beside the text there is room only where the style sheet gives the notes a column of their own.
  function beside() {
    return getComputedStyle(text).display === "grid";
  }

  // Each group stands beside its words, or below the group before it; where they pass the end of the text, each folded
  // note takes one line. One that was asked for stands beside its words whatever else must make room.
  function hang() {
    if (!text) return;
    var view = window.scrollY;
    var wide = beside();
    text.classList.toggle("hung", wide);
    text.classList.remove("tight");
    text.style.minHeight = "";
    groups.forEach(function (group) { group.style.top = ""; });
    if (!wide) return;
    var length = text.offsetHeight;
    var end = place();
    if (end > length) {
      text.classList.add("tight");
      end = place();
    }
    text.style.minHeight = end + "px";
    // Without its least height the text was shorter for a moment, and the browser may have moved the page.
    if (window.scrollY !== view) window.scrollTo(0, view);
  }

  function place() {
    var tops = groups.map(function (group) { return group.previousElementSibling.offsetTop; });
    var sizes = groups.map(function (group) { return group.offsetHeight + GAP; });
    var free = 0, at;
    for (at = groups.indexOf(asked); at > 0; at--) tops[at - 1] = Math.min(tops[at - 1], tops[at] - sizes[at - 1]);
    for (at = 0; at < groups.length; at++) {
      tops[at] = Math.max(tops[at], free);
      free = tops[at] + sizes[at];
    }
    groups.forEach(function (group, number) { group.style.top = tops[number] + "px"; });
    return free;
  }

  // One line for the notes below a paragraph, where there are many. Only narrow windows show it.
  function pile(group) {
    var folded = group.querySelectorAll(":scope > .aa-annot:not(.correction)").length;
    if (folded <= FEW) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "aa-pile";
    button.setAttribute("aria-expanded", "false");
    var more = group.querySelector(":scope > .correction") ? " more" : "";
    var what = group.previousElementSibling.matches(".aa-figure") ? "caption" : "paragraph";
    button.textContent = folded + more + " notes on this " + what;
    button.addEventListener("click", function () {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    });
    group.insertBefore(button, group.firstChild);
    group.classList.add("piled");
  }

  // What a fragment names; an address that somebody broke (`#%`) names nothing.
  function named(hash) {
    try { return decodeURIComponent(hash.slice(1)); } catch (error) { return ""; }
  }

  // Open everything that holds the note which the address names, and the note itself.
  function reveal() {
    var id = named(location.hash);
    var note = id && document.getElementById(id);
    if (!note || !page.contains(note) || !note.matches(".aa-annot, .aa-reply")) return null;
    var group = note.closest(".aa-notes");
    asked = group;
    var button = group && group.querySelector(":scope > .aa-pile");
    if (button) button.setAttribute("aria-expanded", "true");
    for (var holder = note; holder; holder = holder.parentElement.closest("details")) {
      if (holder.matches("details")) holder.open = true;
    }
    hang();
    note.scrollIntoView({ block: "nearest" });
    return note;
  }

  // Whoever follows a number by the keyboard goes on from the note.
  function follow(event) {
    var link = event.target.closest && event.target.closest(".aa-noteref, .aa-about a[href^='#a-']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    setTimeout(function () {
      var note = reveal();
      var summary = note && note.querySelector("summary");
      if (summary) summary.focus({ preventScroll: true });
    });
  }

  // The note and its words show that they belong together.
  function near(event) {
    var on = event.type === "pointerover" || event.type === "focusin";
    var mark = event.target.closest && event.target.closest("mark.aa-mark, .aa-noteref");
    var note = event.target.closest && event.target.closest("details.aa-annot");
    if (mark) {
      var numbers = mark.matches(".aa-noteref") ? [] : mark.dataset.notes.split(" ");
      all("details.aa-annot").forEach(function (one) {
        var meant = numbers.indexOf(one.dataset.n) >= 0 || mark.hash === "#" + one.id;
        if (meant) one.classList.toggle("near", on);
      });
    } else if (note) {
      all("mark.aa-mark").forEach(function (one) {
        if (one.dataset.notes.split(" ").indexOf(note.dataset.n) >= 0) one.classList.toggle("near", on);
      });
    }
  }

  groups.forEach(pile);
  if (text) text.addEventListener("toggle", hang, true);
  page.addEventListener("click", follow);
  ["pointerover", "pointerout", "focusin", "focusout"].forEach(function (type) { page.addEventListener(type, near); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("resize", hang);
  window.addEventListener("load", hang);
  hang();
  reveal();
})();
