// The finished annotation: its file, and the ways by which a reader may propose it.
(function () {
  "use strict";
  var kit = window.aaAnnotation;
  if (!kit) return;
  var HEADINGS = { article: "Article", words: "Exact words", before: "Words before", kind: "Kind", note: "Your note",
    sources: "Sources", name: "Name to show", reply: "In reply to" };

  function capital(word) { return word.charAt(0).toUpperCase() + word.slice(1); }

  // The fields of the form for those who do not use git. It takes one passage; the others are told in the note.
  function fields(record) {
    var first = record.targets[0];
    var others = record.targets.slice(1).map(function (target) { return "Also about: “" + target.exact + "”"; });
    return { article: record.article, words: first.exact || "", before: (first.prefix || "").split("\n").pop().trim(),
      kind: capital(record.kind), note: [record.body].concat(others).join("\n\n"),
      sources: (record.cite || []).join(", "), name: record.author.name, reply: first.annotation || "" };
  }
  function asText(values) {
    return Object.keys(HEADINGS).map(function (key) { return "### " + HEADINGS[key] + "\n\n" + values[key].trim(); }).join("\n\n");
  }
  function query(address, given) {
    return address + (address.indexOf("?") < 0 ? "?" : "&") + Object.keys(given).map(function (key) {
      return encodeURIComponent(key) + "=" + encodeURIComponent(given[key]);
    }).join("&");
  }

  function issue(settings, record) {
    var title = "Annotation: " + settings.title;
    var values = fields(record);
    var given = { template: "annotation.yml", title: title };
    if (settings.issueText) {
      given = {};
      given[settings.issueTitle] = title;
      given[settings.issueText] = asText(values);
    } else {
      Object.keys(values).forEach(function (key) { given[key] = values[key]; });
    }
    return query(settings.issue, given);
  }
  function mail(settings, text) {
    return query("mailto:" + encodeURIComponent(settings.mail).replace(/%40/g, "@"),
      { subject: "Annotation: " + settings.title, body: text.replace(/\n/g, "\r\n") });
  }

  // Copying works without leave of the browser where the words stand selected in a field; else it is asked.
  function copy(area, say) {
    var before = document.activeElement;
    area.focus();
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    if (before) before.focus();
    if (done) { say("Copied."); return; }
    if (!navigator.clipboard) { say("Copying is not possible here: select the text above and copy it."); return; }
    navigator.clipboard.writeText(area.value).then(function () { say("Copied."); }, function () {
      say("Copying is not possible here: select the text above and copy it.");
    });
  }

  window.aaProposing = {
    // Fill `place` with the file of `record` and the ways. `made`: what the form offers to make elements with.
    show: function (form) {
      var make = form.make;
      var settings = form.settings;
      var record = form.record;
      var contents = kit.file(record);
      var path = "archive/annotations/" + record.article + "/" + record.id + ".yml";
      var text = asText(fields(record));
      var local = location.protocol === "file:";
      var said = make("p", { class: "aa-said", role: "status" });
      function say(words) { said.textContent = words; }
      var area = make("textarea", { class: "aa-yaml", readonly: "", rows: "12", spellcheck: "false", id: "aa-yaml", wrap: "off" });
      area.value = contents;
      var letter = make("textarea", { class: "aa-yaml", readonly: "", rows: "6", "aria-label": "Text of the e-mail", hidden: "" });
      letter.value = text;
      var ways = make("ul", { class: "aa-ways" });
      function way(action, words) { ways.append(make("li", {}, [action, words && make("span", { text: words })])); }

      function save(name) {
        var link = make("a", { download: record.id + ".yml", text: "Save the file", class: name, href: URL.createObjectURL(new Blob([contents], { type: "application/yaml" })) });
        link.addEventListener("click", function () {
          form.proposed();
          say("Saved as " + record.id + ".yml." + (settings.mail ? " Send it to " + settings.mail + ", or add it to the repository as " : " Add it to the repository as ") + path + ".");
        });
        return link;
      }
      function propose(name) {
        var target = kit.newFile({ newPage: settings.new, nameKey: settings.newName, contentsKey: settings.newContents }, path, contents);
        var link = form.outside(target.full ? "Propose on " + settings.host : "Copy the file and open " + settings.host, target.href, name);
        link.addEventListener("click", function () {
          form.proposed();
          if (!target.full) copy(area, say);
        });
        return [link, target.full ?
          "A new tab opens with the file filled in. Sign in, and propose the change there. Should the page be empty, copy the file and paste it." :
          (settings.newContents ? "The file does not fit into an address of " + settings.host : settings.host + " takes no contents by address") +
          ": the file is copied, and an empty one opens in a new tab, for you to paste it into."];
      }

      var canPropose = Boolean(settings.new);
      if (canPropose && !local) way.apply(null, propose("aa-primary"));
      way(save(canPropose && !local ? "" : "aa-primary"), local || !canPropose ?
        "Then send it" + (settings.mail ? " to " + settings.mail : " to the editors") + ", or add it to the repository as " + path + "." :
        "To send it, or to add it to the repository by other means.");
      if (canPropose && local) way.apply(null, propose(""));
      way(form.button("Copy the file", function () { form.proposed(); copy(area, say); }), "");
      if (settings.issue) {
        var address = issue(settings, record);
        if (address.length <= kit.MAX_ADDRESS) {
          var filled = form.outside("Fill in the form on " + settings.host, address);
          filled.addEventListener("click", form.proposed);
          way(filled, "Public at once, with your account; an editor makes the file.");
        }
      }
      if (settings.mail) {
        var whole = mail(settings, text);
        var short = whole.length > form.maxMail;
        var link = make("a", { href: short ? mail(settings, "(Please paste here what the page copied.)") : whole, text: short ? "Copy the text and write an e-mail" : "Write an e-mail" });
        link.addEventListener("click", function () {
          form.proposed();
          if (!short) return;
          letter.hidden = false;
          copy(letter, say);
        });
        way(link, "Needs no account, and is not public until an editor has made it a file. Your address stays with the editors.");
      }

      form.place.replaceChildren(
        make("p", {}, ["This is the file ", make("code", { text: path }), ". Its licence is CC BY 4.0."]),
        make("label", { for: "aa-yaml", text: "The file" }), area, letter,
        make("p", { class: "aa-warning", text: form.warning }), ways, said,
        make("div", { class: "aa-actions" }, [form.button("Back", form.back), form.button("Done", form.done),
          settings.how && make("a", { href: settings.how, target: "_blank", text: "What happens next" })])
      );
    }
  };
})();
