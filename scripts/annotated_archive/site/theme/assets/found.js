/* A page that a search led to (`#at=p-4&find=word+word`): goes to the passage as if its address were `#p-4`, and marks the
   words there. They stand after the sign # so that no server is told what somebody searched for. Fetched by shell.js. */
(function () {
  "use strict";
  var SKIPPED = "sup, .aa-noteref, .aa-para, script, style, svg";
  var MOST = 500; // marks on one passage

  function wanted() {
    var hash = location.hash.slice(1);
    if (hash.slice(0, 3) !== "at=") return null;
    var given = new URLSearchParams(hash);
    return { at: given.get("at") || "", words: (given.get("find") || "").split(/\s+/).filter(Boolean).slice(0, 50) };
  }

  // The passage at an element: itself, or all that stands below a heading.
  function passage(element) {
    var parts = [element];
    if (/^H\d$/.test(element.tagName)) {
      for (var next = element.nextElementSibling; next && !/^H\d$/.test(next.tagName); next = next.nextElementSibling) {
        parts.push(next);
      }
    }
    return parts;
  }

  // The text of elements as one string, and where each piece of it stands.
  function read(elements) {
    var text = "", pieces = [];
    elements.forEach(function (element) {
      var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(SKIPPED)) continue;
        pieces.push({ node: node, from: text.length });
        text += node.data;
      }
      text += "\n";
    });
    return { text: text, pieces: pieces };
  }

  function range(read, from, to) {
    var made = document.createRange();
    read.pieces.forEach(function (piece) {
      var end = piece.from + piece.node.length;
      if (from >= piece.from && from < end) made.setStart(piece.node, from - piece.from);
      if (to > piece.from && to <= end) made.setEnd(piece.node, to - piece.from);
    });
    return made;
  }

  function pattern(words) {
    var inner = words.map(function (word) { return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }).join("\\s+");
    return new RegExp("(?<![\\p{L}\\p{N}\\p{M}])" + inner + "(?![\\p{L}\\p{N}\\p{M}])", "giu");
  }

  // Words that stand one after the other are marked together; where they do not, as long a row of them as there is. What
  // is no letter at the ends of a row is not part of it.
  function places(text, words) {
    var found = [];
    for (var at = 0, length; at < words.length; at += Math.max(length, 1)) {
      for (length = words.length - at; length > 0; length--) {
        var row = words.slice(at, at + length).join(" ");
        row = row.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "") || row;
        var hits = Array.from(text.matchAll(pattern(row.split(" "))));
        hits.forEach(function (hit) { found.push([hit.index, hit.index + hit[0].length]); });
        if (hits.length) break;
      }
    }
    return found.slice(0, MOST);
  }

  function clear() {
    if (window.CSS && CSS.highlights) CSS.highlights.delete("aa-found");
    Array.prototype.forEach.call(document.querySelectorAll(".aa-found-here"), function (element) {
      element.classList.remove("aa-found-here");
    });
  }

  function mark(element, words) {
    clear();
    if (!element || !words.length) return;
    var content = read(passage(element));
    var found = places(content.text, words);
    if (!found.length) return;
    if (!(window.CSS && CSS.highlights && window.Highlight)) {
      element.classList.add("aa-found-here");
      return;
    }
    var highlight = new Highlight();
    found.forEach(function (place) { highlight.add(range(content, place[0], place[1])); });
    CSS.highlights.set("aa-found", highlight);
  }

  function arrive() {
    var given = wanted();
    if (!given) return;
    var element = given.at && document.getElementById(given.at);
    for (var holder = element; holder; holder = holder.parentElement) {
      if (holder.tagName === "DETAILS") holder.open = true;
    }
    // An entry of its own in the history would lead back to the same place.
    location.replace("#" + encodeURIComponent(given.at));
    mark(element || document.querySelector(".aa-leaf"), given.words);
  }

  document.addEventListener("keydown", function (event) { if (event.key === "Escape") clear(); });
  window.addEventListener("hashchange", arrive);
  arrive();
})();
