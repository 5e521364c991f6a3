// The form of an annotation: what is said about which words, then the finished file and the ways to propose it. The
// page itself sends nothing: every way is a link or a button that the reader presses.
(function () {
  "use strict";
  var kit = window.aaAnnotation;
  if (!kit || !window.HTMLDialogElement) return;
  var MOST_PASSAGES = 8;
  var MAX_MAIL = 1900;  // programs for mail cut longer addresses off
  var NOBODY = "Anonymous";
  var MAX_NOTE = 20000;
  var KINDS = [
    ["note", "Note", "context that helps to understand the words"],
    ["correction", "Correction", "the words are wrong, misquoted or mislead"],
    ["question", "Question", "something that a reader could answer"],
    ["link", "Link", "a work that belongs to the words"]
  ];
  var WARNING = "What you propose becomes public: the words, the name, the time and, on a host of repositories, your " +
    "account. Copies remain even if it is removed. Contact across the border, or words about this conflict, can be " +
    "punished in some places, now or later, and families with their authors. Use a pseudonym or none. Write nothing " +
    "by which a private person, a prisoner or a victim could be found.";

  var dialog;
  var ask;  // what the form was opened for
  var rows = [];
  var ui = {};
  var used = false;

  function make(tag, given, children) {
    var element = document.createElement(tag);
    Object.keys(given || {}).forEach(function (name) {
      if (name === "text") element.textContent = given[name];
      else if (name === "on") element.addEventListener(given.on[0], given.on[1]);
      else element.setAttribute(name, given[name]);
    });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }
  function button(text, act, name) { return make("button", { type: "button", text: text, class: name || "", on: ["click", act] }); }
  function outside(text, href, name) {
    return make("a", { href: href, text: text, class: name || "", target: "_blank", rel: "noopener noreferrer external" });
  }
  function field(id, label, input, hint) {
    input.id = "aa-f-" + id;
    var error = make("p", { class: "aa-error", id: input.id + "-error", hidden: "" });
    input.setAttribute("aria-describedby", (hint ? input.id + "-hint " : "") + error.id);
    var box = make("div", { class: "aa-field" }, [
      make("label", { for: input.id, text: label }),
      hint && make("p", { class: "aa-hint", id: input.id + "-hint" }, [].concat(hint)), input, error
    ]);
    return { box: box, input: input, error: error };
  }
  function fail(item, message) {
    item.input.setAttribute("aria-invalid", "true");
    item.error.textContent = message;
    item.error.hidden = false;
  }
  function pass(item) {
    item.input.removeAttribute("aria-invalid");
    item.error.hidden = true;
    item.error.textContent = "";
  }
  function value(item) { return kit.tidy(item.input.value); }

  // The dialog, made when it is first needed.
  function build() {
    var works = ask.settings.works ? [
      "Ids from the ", make("a", { href: ask.settings.works, target: "_blank", text: "bibliography" }),
      ", with commas between. A work that is not there yet: name it in the text, with its address."
    ] : "Ids of works, with commas between.";
    ui.note = field("note", "Your note", make("textarea", { rows: "5", required: "" }), "Plain words; Markdown works. Say what you rely on.");
    ui.sources = field("sources", "Sources", make("input", { type: "text", autocomplete: "off", spellcheck: "false" }), works);
    ui.name = field("name", "Name to show", make("input", { type: "text", autocomplete: "off", maxlength: "80" }), "A pseudonym. Empty: “" + NOBODY + "”.");
    ui.kinds = make("fieldset", { class: "aa-kinds" }, [make("legend", { text: "Kind" })].concat(KINDS.map(function (kind, number) {
      var choice = make("input", { type: "radio", name: "aa-kind", value: kind[0] });
      choice.checked = number === 0;
      return make("label", {}, [choice, make("b", { text: kind[1] }), make("span", { text: kind[2] })]);
    })));
    ui.passages = make("div", { class: "aa-passages" });
    ui.notice = make("p", { class: "aa-notice", role: "status" });
    ui.more = button("Add another passage", function () { add(null); focusLast(); }, "aa-quiet");
    ui.trouble = make("p", { class: "aa-error aa-summary", role: "alert" });
    ui.head = make("h2", { id: "aa-form-title", tabindex: "-1" });
    ui.form = make("form", { class: "aa-form", novalidate: "", on: ["submit", function (event) { event.preventDefault(); preview(); }] }, [
      ui.notice, ui.passages, ui.more, ui.kinds, ui.note.box, ui.sources.box, ui.name.box,
      make("p", { class: "aa-warning", text: warning() }), ui.trouble,
      make("div", { class: "aa-actions" }, [make("button", { type: "submit", text: "Preview", class: "aa-primary" }), button("Cancel", close)])
    ]);
    ui.ready = make("div", { class: "aa-ready" });
    dialog = make("dialog", { class: "aa-dialog", "aria-labelledby": "aa-form-title" }, [
      make("div", { class: "aa-bar" }, [ui.head, make("button", { type: "button", class: "aa-close", "aria-label": "Close", text: "×", on: ["click", close] })]),
      ui.form, ui.ready
    ]);
    dialog.addEventListener("close", function () {
      if (used) forget();
      if (ask.opener && ask.opener.isConnected) ask.opener.focus();
    });
    document.body.appendChild(dialog);
  }

  function warning() {
    return WARNING + (ask.settings.mail ? " If that could touch you, choose the e-mail: it needs no account and is not public." : "");
  }
  function forget() {
    [ui.note, ui.sources, ui.name].forEach(function (item) { item.input.value = ""; pass(item); });
    ui.kinds.querySelector("input").checked = true;
    used = false;
  }
  function close() { dialog.close(); }
  function hint() {
    return (lent() ? "The text is withheld: type exactly the few words that you mean, at most " + most() + " characters." :
      "Type or paste them exactly.") + " Leave this empty to speak of the article as a whole.";
  }

  // Of a withheld text some words may be quoted (lent), or none: then a note is about the article as a whole.
  function lent() { return ask.settings.publish === "excerpt"; }
  function most() { return Number(ask.settings.most); }
  function whole() { return Boolean(ask.reply) || ask.settings.publish === "metadata"; }

  // One passage: the words, and where they were found. What was typed is looked for as the archive would look.
  function add(given) {
    var here = given && ask.parts[given.part].here;
    var row = { given: given, found: [], at: 0 };
    var words = make("textarea", { rows: "3", class: "aa-words", maxlength: String(kit.MAX_EXACT) });
    words.value = given ? here.points.slice(given.start, given.end).join("") : "";
    row.item = field("words-" + rows.length + "-" + Date.now(), "Words of the article", words, given ? "" : hint());
    row.where = make("p", { class: "aa-where", role: "status" });
    row.which = make("select", { "aria-label": "Which of these places", hidden: "", on: ["change", function () { row.at = Number(row.which.value); row.which.removeAttribute("aria-invalid"); }] });
    row.drop = button("Remove this passage", function () {
      rows.splice(rows.indexOf(row), 1);
      row.box.remove();
      arrange();
      (ui.more.hidden ? ui.note.input : ui.more).focus();
    }, "aa-quiet");
    row.box = make("div", { class: "aa-passage" }, [row.item.box, row.where, row.which, row.drop]);
    words.addEventListener("input", function () { place(row); });
    rows.push(row);
    ui.passages.appendChild(row.box);
    place(row);
    arrange();
  }
  function focusLast() { rows[rows.length - 1].item.input.focus(); }
  function arrange() {
    rows.forEach(function (row) { row.drop.hidden = rows.length < 2; });
    ui.more.hidden = whole() || rows.length >= MOST_PASSAGES;
  }

  function name(part, start) {
    if (part === "title") return "the headline";
    return "paragraph " + ask.parts.body.starts.filter(function (at) { return at <= start; }).length;
  }

  // The one of several places that was selected, by its number; else the only one in the same paragraph; else none, -1.
  function selected(row) {
    var given = row.given;
    if (!given) return -1;
    var limits = kit.block(ask.parts[given.part].here, given.start, given.end);
    function only(fits) {
      var fitting = row.found.filter(function (one) { return one.part === given.part && fits(one); });
      return fitting.length === 1 ? row.found.indexOf(fitting[0]) : -1;
    }
    return [
      function (one) { return one.start === given.start && one.end === given.end; },
      function (one) { return one.start < given.end && given.start < one.end; },
      function (one) { return limits[0] <= one.start && one.end <= limits[1]; }
    ].map(only).concat(-1).find(function (number, step) { return number >= 0 || step === 3; });
  }

  function place(row) {
    var typed = row.item.input.value.normalize("NFC").trim();
    pass(row.item);
    row.which.removeAttribute("aria-invalid");
    row.found = [];
    row.at = -1;
    row.which.hidden = true;
    row.where.textContent = "";
    if (!typed) return;
    ["body", "title"].forEach(function (part) {
      kit.places(ask.parts[part].here, typed).forEach(function (span) { row.found.push({ part: part, start: span[0], end: span[1] }); });
    });
    if (!row.found.length && lent()) row.where.textContent = "Not on this page: an editor looks for them in the text.";
    if (!row.found.length) return;
    row.at = row.found.length === 1 ? 0 : selected(row);
    row.where.textContent = row.found.length === 1 ? "In " + name(row.found[0].part, row.found[0].start) + "." :
      "These words stand " + row.found.length + " times. Which do you mean?";
    row.which.hidden = row.found.length === 1;
    row.which.replaceChildren.apply(row.which, [make("option", { value: "-1", text: "Choose one" })].concat(row.found.map(function (one, number) {
      var points = ask.parts[one.part].here.points;
      var context = "…" + points.slice(Math.max(0, one.start - 25), Math.min(points.length, one.end + 25)).join("").replace(/\s+/g, " ") + "…";
      return make("option", { value: String(number), text: name(one.part, one.start) + ": " + context });
    })));
    row.which.value = String(row.at);
  }

  function targets() {
    if (ask.reply) return [{ annotation: ask.reply }];
    var typed = rows.filter(function (row) { return row.item.input.value.trim(); });
    if (!typed.length) return [{ part: "body" }];
    return typed.map(function (row) {
      var one = row.found[row.at];
      if (!one) return { part: "body", exact: quoted(row) };
      return kit.target(ask.parts[one.part].here, one.start, one.end, one.part, ask.parts[one.part].sha256);
    });
  }

  function quoted(row) { return row.item.input.value.normalize("NFC").trim(); }

  // What keeps the form from being a file, said at its field.
  function mistakes() {
    var wrong = [];
    var taken = 0;  // characters of a withheld text, over all passages
    function say(item, message) { fail(item, message); wrong.push(item); }
    rows.forEach(function (row) {
      pass(row.item);
      pass({ input: row.which, error: row.item.error });
      var typed = row.item.input.value.trim();
      if (!typed || row.at >= 0) return;
      if (row.found.length) { say({ input: row.which, error: row.item.error }, "These words stand " + row.found.length + " times. Which do you mean?"); return; }
      if (lent()) taken += Array.from(quoted(row)).length;
      if (lent() && taken > most()) say(row.item, "These words are too many: of a withheld text at most " + most() + " characters are quoted.");
      else if (Array.from(typed).length >= kit.MAX_EXACT) say(row.item, "These words are too many: choose fewer than " + kit.MAX_EXACT + " characters.");
      else if (/\n\s*\n/.test(typed)) say(row.item, "These words run over several paragraphs. Add a passage for each.");
      else if (!lent()) say(row.item, "These words do not stand in the article. Copy whole words from it, exactly as they are. Words that were set aside with the page around it can be annotated by e-mail.");
    });
    [ui.note, ui.sources, ui.name].forEach(pass);
    if (!value(ui.note)) say(ui.note, "Write your note.");
    if (value(ui.note).length > MAX_NOTE) say(ui.note, "Your note is too long: at most " + MAX_NOTE + " characters.");
    var bad = sources().filter(function (id) { return !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || id.length > 60; });
    if (bad.length) say(ui.sources, "“" + bad[0] + "” is no id of a work. Ids are small letters, digits and hyphens; anything else belongs into the note.");
    if (/\S@\S+\.\S/.test(value(ui.name))) say(ui.name, "This is an e-mail address, and a name is published. Give a pseudonym, or leave it empty.");
    return wrong;
  }
  function sources() {
    return value(ui.sources).split(/[\s,;]+/).filter(function (id, at, all) { return id && all.indexOf(id) === at; });
  }
  function kind() { return ask.reply ? "note" : ui.kinds.querySelector("input:checked").value; }
  function author() { return value(ui.name).replace(/\s+/g, " ") || NOBODY; }

  function preview() {
    var wrong = mistakes();
    ui.trouble.textContent = "";
    if (wrong.length) {
      ui.trouble.textContent = wrong.length === 1 ? "Something is to be mended: " + wrong[0].error.textContent : wrong.length + " things are to be mended. The first: " + wrong[0].error.textContent;
      wrong[0].input.focus();
      return;
    }
    // Going back and mending a word does not make a second annotation.
    ask.id = ask.id || kit.newId(function (id) { return document.getElementById("a-" + id); });
    ask.created = ask.created || kit.now();
    var record = { id: ask.id, kind: kind(),
      article: ask.settings.article, targets: targets(), body: value(ui.note) };
    if (sources().length) record.cite = sources();
    record.author = { name: author() };
    record.created = ask.created;
    record.license = "CC-BY-4.0";
    record.status = "open";
    window.aaProposing.show({ record: record, settings: ask.settings, place: ui.ready, make: make, button: button,
      outside: outside, warning: warning(), maxMail: MAX_MAIL, back: edit, done: close, proposed: function () { used = true; } });
    ui.form.hidden = true;
    ui.ready.hidden = false;
    ui.head.textContent = "Check it, then propose it";
    ui.head.focus();
    dialog.scrollTop = 0;
  }

  function edit() {
    ui.ready.hidden = true;
    ui.ready.replaceChildren();
    ui.form.hidden = false;
    ui.head.textContent = ask.reply ? "Reply to a note" : "Annotate";
    ui.head.focus();
  }

  window.aaAnnotating = {
    open: function (given) {
      ask = given;
      if (!dialog) build();
      rows = [];
      ui.kinds.hidden = Boolean(ask.reply);
      ui.passages.replaceChildren();
      ui.trouble.textContent = "";
      if (!whole()) (ask.passages.length ? ask.passages.slice(0, MOST_PASSAGES) : [null]).forEach(add);
      var words = ask.settings.publish === "metadata" ?
        "The text of this article is withheld. Speak of the article as a whole, and put no words of its text into your note." : "";
      if (ask.passages.length > 1) words = "Your selection runs over several paragraphs. Each is a passage of its own; remove those that you do not mean.";
      if (ask.passages.length > MOST_PASSAGES) words = "Your selection is long: only its first " + MOST_PASSAGES + " paragraphs were taken.";
      if (ask.translated) words = "The words on this page were changed, perhaps by a translation. Below is the article as it is.";
      if (ask.reply) words = "Your answer will stand below the note “" + ask.about.trim() + "”.";
      ui.notice.textContent = words;
      arrange();
      edit();
      dialog.showModal();
      (ask.shorten ? rows[0].item : ui.note).input.focus();
    }
  };
})();
