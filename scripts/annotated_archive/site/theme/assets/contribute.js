// Choosing words of an article to annotate: a button beside a selection, one beside each paragraph, one below each note.
// What was chosen goes to the form (annotating.js). Nothing here sends anything.
(function () {
  "use strict";
  var kit = window.aaAnnotation;
  var section = document.getElementById("annotate");
  var article = document.querySelector(".aa-article");
  if (!section || !article || !kit || !window.HTMLDialogElement) return;
  var SETTLED = 200;
  var OFFERS = {
    full: "annotate the article or words you type", excerpt: "Annotate the article or a few of its words",
    metadata: "Annotate the article as a whole"
  };
  var UNREAD = ".aa-noteref, .aa-unseen, .aa-pick, .aa-pick-block";  // what stands in a block and is none of its words

  function words(element) {
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    var found = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(UNREAD)) found.push(walker.currentNode);
    return found;
  }
  function textOf(element) { return words(element).map(function (node) { return node.data; }).join(""); }

  // The article as it was loaded. A program that translates the page changes its words, and those are not the source's.
  var title = article.querySelector("h1.aa-title");
  var blocks = Array.prototype.map.call(article.querySelectorAll(".aa-text [data-start]"), function (element) {
    return { part: "body", element: element, start: Number(element.dataset.start), text: textOf(element) };
  });
  var body = kit.read(blocks.map(function (block) { return block.text; }).join("\n\n"));
  var heading = { part: "title", element: title, start: 0, text: textOf(title) };
  var publish = section.dataset.publish;
  var units = publish === "metadata" ? [] : [heading].concat(blocks);  // of a record alone no words are annotated
  var parts = {
    body: { here: body, sha256: section.dataset.shaBody, starts: blocks.map(function (block) { return block.start; }) },
    title: { here: kit.read(heading.text), sha256: section.dataset.shaTitle, starts: [0] }
  };
  var at = 0;
  var whole = heading.text === section.dataset.title && blocks.every(function (block) {
    var right = block.start === at;
    at += Array.from(block.text).length + 2;
    return right;
  });
  if (!whole) return;

  // The characters of a block that a range covers, as offsets into the block's part; null if there are none.
  function covered(unit, range) {
    var start = -1;
    var end = -1;
    var passed = 0;
    words(unit.element).forEach(function (node) {
      if (range.intersectsNode(node)) {
        var first = node === range.startContainer ? range.startOffset : 0;
        var last = node === range.endContainer ? range.endOffset : node.length;
        if (last > first) {
          if (start < 0) start = passed + first;
          end = passed + last;
        }
      }
      passed += node.length;
    });
    if (start < 0) return null;
    var before = Array.from(unit.text.slice(0, start)).length;
    var length = Array.from(unit.text.slice(start, end)).length;
    return kit.grown(parts[unit.part].here, unit.start + before, unit.start + before + length);
  }

  // The passages of a selection, one for each block that it touches.
  function passages(range) {
    return units.map(function (unit) {
      var span = range.intersectsNode(unit.element) ? covered(unit, range) : null;
      return span && { part: unit.part, start: span[0], end: span[1], unit: unit };
    }).filter(Boolean);
  }

  function button(name, text, label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function isTranslated(chosen) { return chosen.some(function (one) { return textOf(one.unit.element) !== one.unit.text; }); }

  // `shorten`: the words are a whole paragraph, of which the reader means a part.
  function annotate(chosen, opener, shorten) {
    window.aaAnnotating.open({ parts: parts, settings: section.dataset, opener: opener, passages: chosen,
      translated: isTranslated(chosen), shorten: shorten });
  }

  // A selection: the button stands below its end, and on a small or touched screen in a bar at the foot, where no
  // menu of the system covers it. The first Tab after a selection reaches it, wherever the focus was.
  var pick = button("aa-pick", "Annotate these words", "", function () {
    var chosen = current;
    hide();
    getSelection().removeAllRanges();
    annotate(chosen, blockButton(chosen[chosen.length - 1].unit), false);
  });
  pick.hidden = true;
  pick.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  var current = [];
  var timer = 0;
  var offered = false;

  function hide() { pick.hidden = true; current = []; }
  function holder(unit) { return unit === heading ? title.parentElement : unit.element.closest(".aa-block"); }
  function blockButton(unit) { return holder(unit).querySelector(".aa-pick-block") || title; }

  function show() {
    var selection = getSelection();
    if (pick === document.activeElement) return;
    if (!selection.rangeCount || selection.isCollapsed) { hide(); return; }
    var range = selection.getRangeAt(0);
    current = article.contains(range.commonAncestorContainer) || range.intersectsNode(article) ? passages(range) : [];
    if (!current.length) { hide(); return; }
    var last = current[current.length - 1].unit;
    var box = holder(last);
    offered = false;
    if (pick.parentElement !== box) box.insertBefore(pick, box.querySelector(".aa-pick-block"));
    pick.hidden = false;
    var frame = box.getBoundingClientRect();
    var boxes = range.getClientRects();
    var end = boxes.length ? boxes[boxes.length - 1] : last.element.getBoundingClientRect();
    var bottom = Math.min(end.bottom, last.element.getBoundingClientRect().bottom);
    pick.style.setProperty("--x", Math.max(0, Math.min(end.right - frame.left, frame.width - pick.offsetWidth)) + "px");
    pick.style.setProperty("--y", bottom - frame.top + 6 + "px");
  }
  document.addEventListener("selectionchange", function () {
    clearTimeout(timer);
    timer = setTimeout(show, SETTLED);
  });
  document.addEventListener("keydown", function (event) {
    if (pick.hidden) return;
    if (event.key === "Escape") hide();
    if (event.key !== "Tab" || event.shiftKey || offered) return;
    offered = true;
    event.preventDefault();
    pick.focus();
  });

  // Without a selection: a button beside each block offers the block's words, to be cut down in the form.
  units.forEach(function (unit) {
    var name = unit === heading ? "the headline" : "paragraph " + (unit.element.id.slice(2) || "");
    var made = button("aa-pick-block", "+", "Annotate " + name, function () {
      var start = unit.start;
      annotate([{ part: unit.part, start: start, end: start + Array.from(unit.text).length, unit: unit }], made, true);
    });
    made.title = "Annotate " + name;
    var box = holder(unit);
    if (unit === heading) title.insertAdjacentElement("afterend", made);
    else box.appendChild(made);
  });

  // An answer to a note is an annotation of the note.
  article.querySelectorAll("details.aa-annot[id^='a-'], div.aa-reply[id^='a-']").forEach(function (note) {
    var made = button("aa-answer", "Reply", "Reply to this note", function () {
      window.aaAnnotating.open({ parts: parts, settings: section.dataset, opener: made, passages: [],
        reply: note.id.slice(2), about: note.querySelector(".aa-kind").textContent });
    });
    var place = note.querySelector(".aa-notebody");
    if (place) place.appendChild(made);
  });

  // The article as a whole, and words to be typed: a button in the section that explains the ways.
  var line = document.createElement("p");
  if (publish === "full") line.append("Select words in the article and press the button that appears, or ");
  var any = button("aa-annotate", OFFERS[publish], "", function () { annotate([], any, publish !== "metadata"); });
  line.append(any);
  section.querySelector("h2").insertAdjacentElement("afterend", line);
})();
