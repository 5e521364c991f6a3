// Notes beside the text: hung at the height of their words without pushing the text apart, and opened when asked for.
(function () {
  "use strict";
  var text = document.querySelector(".aa-text");
  if (!text) return;
  var groups = Array.prototype.slice.call(text.querySelectorAll(".aa-notes"));
  var GAP = 10;

  // Beside the text there is room only where the style sheet gives the notes a column of their own.
  function beside() {
    return getComputedStyle(text).display === "grid";
  }

  function hang() {
    var wide = beside();
    text.classList.toggle("hung", wide);
    text.style.minHeight = "";
    groups.forEach(function (group) { group.style.top = ""; });
    if (!wide) return;
    var free = 0;
    groups.forEach(function (group) {
      var top = Math.max(group.previousElementSibling.offsetTop, free);
      group.style.top = top + "px";
      free = top + group.offsetHeight + GAP;
    });
    text.style.minHeight = free + "px";
  }

  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var note = id && document.getElementById(id);
    if (note && note.matches("details.aa-annot")) {
      note.open = true;
      hang();
      note.scrollIntoView({ block: "nearest" });
    }
  }

  // The note and its words show that they belong together.
  function near(event) {
    var on = event.type === "pointerover" || event.type === "focusin";
    var mark = event.target.closest && event.target.closest("mark.aa-mark, .aa-noteref");
    if (!mark) return;
    var numbers = (mark.dataset.notes || mark.dataset.n).split(" ");
    groups.forEach(function (group) {
      group.querySelectorAll("details.aa-annot").forEach(function (note) {
        var number = note.querySelector(".aa-kind").textContent.split(" ")[0];
        if (numbers.indexOf(number) >= 0) note.classList.toggle("near", on);
      });
    });
  }

  text.addEventListener("toggle", hang, true);
  ["pointerover", "pointerout", "focusin", "focusout"].forEach(function (type) { text.addEventListener(type, near); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("resize", hang);
  window.addEventListener("load", hang);
  hang();
  reveal();
})();
