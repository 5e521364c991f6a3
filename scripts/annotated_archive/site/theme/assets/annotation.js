// Makes annotation files in the browser: the same selectors as `anchor/select.py`, the same YAML as `records/yamlio.py`.
// Tests hold the two to one another. All offsets count code points, as the archive does.
(function () {
  "use strict";
  var CONTEXT = 30;
  var MAX_CONTEXT = 500;
  var MAX_EXACT = 5000;
  var LONGEST_WORD = 40;
  var MAX_ADDRESS = 6000;
  var SEPARATOR = "\n\n";

  // Characters that look alike, one for one, and those that nobody sees.
  var ALIKE = {};
  [["’‘ʻʼ`´‚‛", "'"], ["“”„‟«»", '"'], ["\n\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "], ["‐‑‒–—", "-"]]
    .forEach(function (pair) { Array.from(pair[0]).forEach(function (c) { ALIKE[c] = pair[1]; }); });
  var INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/;
  // The letters and digits of these classes are those of Python's `\w` and `\d`.
  var STOP = new RegExp("(?:(?<![\\p{L}\\p{Nl}\\p{No}])([\\p{L}\\p{Nl}\\p{No}]{3,}(?![\\u0531-\\u0587])[\\p{L}\\p{Nl}\\p{No}])" +
    "[\"'”’»)\\]]*\\.|[։۔])(?=(\\s+)[\"'“„«‘]*([\\p{L}\\p{Nl}\\p{No}]))", "gu");
  var ABBREVIATIONS = (
    "adms approx assn assoc asst atty brig calif capt chap cmdr comdr conf const cont conv corp decl dept depts dist " +
    "excl figs gens govs govt incl insp inst intl lieut messrs natl orig para paras parl pres prof profs prov publ reps " +
    "repr repub resol revd sect secy sens sept suppl supt tech terr thur thurs trans transl tues univ vols weds " +
    "азерб акад англ армян бульв воен военн гвард долл капит корп лейт микр млрд набер нояб ориг офиц площ подп полк " +
    "полковн пред предс прибл прим просп проф респ росс секр сент сентяб серж соотв спец трлн тысяч указ февр франц экон " +
    "azərb dekab ermən fevr kapit leyt mlrd müəl noyab oktyab polk polkov sent sentyab serj təxm trln yanv " +
    "აკად დეკემ იანვ ნოემ ოქტომ პროფ რესპ სექტ თებერ "
  ).split(" ");
  var ENCLOSING = /[“”„‟«»‹›"()[\]‘‚]|(?<![\p{L}\p{N}_])['`´](?=[\p{L}\p{N}_])/gu;
  var OPENED_BY = { "\"": "\"", "”": "“„‟", "»": "«", "›": "‹", ")": "(", "]": "[" };
  var NUMBER = new RegExp("(?<![\\p{L}\\p{N}_)])[−-]?\\p{Nd}+(?:[.,:'’٫٬]\\p{Nd}+|[^\\S\\n]\\p{Nd}{3}(?!\\p{Nd}))+" +
    "|(?<![\\p{L}\\p{N}_)])[−-]\\p{Nd}+", "gu");
  var UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  var IN_WORD = /[\p{L}\p{N}՛՜՞]/u;

  function alike(character) { return Object.prototype.hasOwnProperty.call(ALIKE, character) ? ALIKE[character] : character; }
  function isSpace(character) { return /^\s$/.test(character); }
  function normal(words) {
    return Array.from(words.normalize("NFC")).map(alike).filter(function (c) { return !INVISIBLE.test(c); }).join("");
  }

  // A text as anchors read it. `points` are its characters; `plain` its normal form, whose characters stood at `from`.
  function read(text) {
    var points = Array.from(text);
    var plain = [];
    var from = [];
    points.forEach(function (character, at) {
      if (INVISIBLE.test(character)) return;
      plain.push(alike(character));
      from.push(at);
    });
    var unit = [];  // code unit → code point
    points.forEach(function (character, at) { for (var i = 0; i < character.length; i++) unit.push(at); });
    unit.push(points.length);
    var here = { text: text, points: points, plain: plain.join(""), from: from, unit: unit, plainUnits: [] };
    plain.forEach(function (character, at) { for (var i = 0; i < character.length; i++) here.plainUnits.push(at); });
    here.sentences = sentences(here);
    here.numbers = matches(NUMBER, here).map(function (found) { return [found.start, found.end]; });
    return here;
  }

  function matches(pattern, here) {
    var found = [];
    var match;
    pattern.lastIndex = 0;
    while ((match = pattern.exec(here.text))) {
      found.push({ start: here.unit[match.index], end: here.unit[match.index + match[0].length] });
    }
    return found;
  }

  function sentences(here) {
    var starts = [0];
    var ends = [here.points.length];
    for (var at = here.text.indexOf(SEPARATOR); at >= 0; at = here.text.indexOf(SEPARATOR, at + SEPARATOR.length)) {
      ends.push(here.unit[at]);
      starts.push(here.unit[at] + SEPARATOR.length);
    }
    var inside = enclosed(here.text);
    Array.from(here.text.matchAll(STOP)).forEach(function (stop) {
      var end = stop.index + stop[0].length;
      if (stop[1] && ABBREVIATIONS.indexOf(stop[1].toLowerCase()) >= 0) return;
      if (!/\p{L}/u.test(stop[3]) || /\p{Lowercase}/u.test(stop[3])) return;
      if (inside.some(function (span) { return span[0] < end && end <= span[1]; })) return;
      ends.push(here.unit[end]);
      starts.push(here.unit[end + stop[2].length]);
    });
    function order(a, b) { return a - b; }
    return { starts: starts.sort(order), ends: ends.sort(order) };
  }

  // The spans of quotations and brackets, in code units, as `anchor/reading.py` finds them.
  function enclosed(text) {
    var all = [];
    var at = 0;
    text.split(SEPARATOR).forEach(function (block) {
      var spans = [];
      var opened = [];
      var since = 0;
      Array.from(block.matchAll(ENCLOSING)).forEach(function (match) {
        var mark = match[0];
        var end = match.index + 1;
        var openers = mark === "“" && opened.indexOf("„") >= 0 ? "„" : OPENED_BY[mark] || "";
        var found = opened.length - 1;
        while (found >= 0 && openers.indexOf(opened[found]) < 0) found--;
        if (found >= 0) {
          opened.length = found;
          if (!found) spans.push([since, end]);
        } else if (openers && mark !== "\"" && mark !== "“") {
          spans = opened.length ? [] : [[0, end]];
          since = 0;
        } else {
          if (!opened.length) since = match.index;
          opened.push(mark);
        }
      });
      if (opened.indexOf("\"") >= 0) { spans = []; since = 0; }
      if (opened.length) spans.push([since, block.length]);
      spans.forEach(function (span) { all.push([at + span[0], at + span[1]]); });
      at += block.length + SEPARATOR.length;
    });
    return all;
  }

  function sentence(here, start, end) {
    var first = here.sentences.starts.filter(function (at) { return at <= start; }).pop();
    var last = here.sentences.ends.find(function (at) { return at >= end; });
    return [first, last === undefined ? here.points.length : last];
  }

  function isBreak(here, at) { return here.points[at] === "\n" && here.points[at + 1] === "\n"; }

  function block(here, start, end) {
    var first = 0;
    var last = here.points.length;
    for (var back = start - 2; back >= 0; back--) if (isBreak(here, back)) { first = back + 2; break; }
    for (var on = end; on < here.points.length - 1; on++) if (isBreak(here, on)) { last = on; break; }
    return [first, last];
  }

  // Whether a word or a number goes on from before an offset to behind it.
  function cuts(here, at) {
    if (at <= 0 || at >= here.points.length) return false;
    if (here.numbers.some(function (span) { return span[0] < at && at < span[1]; })) return true;
    var before = here.points[at - 1];
    var after = here.points[at];
    return !UNSPACED.test(before) && !UNSPACED.test(after) && IN_WORD.test(before) && IN_WORD.test(after);
  }

  function isMark(here, at) { return at < here.points.length && /\p{M}/u.test(here.points[at]); }

  // Every span in which words, in their normal form, stand; they may overlap.
  function find(here, words) {
    var found = [];
    if (!words) return found;
    for (var at = here.plain.indexOf(words); at >= 0; at = here.plain.indexOf(words, at + 1)) {
      var first = here.from[here.plainUnits[at]];
      var last = here.from[here.plainUnits[at + words.length - 1]] + 1;
      found.push([first, last]);
    }
    return found;
  }

  function runsOver(here, start, end) { return block(here, start, start)[1] < end; }

  // The spans in which the words stand as whole words in one paragraph.
  function places(here, exact) {
    return find(here, normal(exact).trim()).filter(function (span) {
      return !isMark(here, span[0]) && !isMark(here, span[1]) && span[1] - span[0] <= MAX_EXACT &&
        !cuts(here, span[0]) && !cuts(here, span[1]) && !runsOver(here, span[0], span[1]);
    });
  }

  function wordEdge(here, at, step, limits) {
    for (var edge = at; edge !== at + step * LONGEST_WORD; edge += step) {
      if (edge <= limits[0] || edge >= limits[1]) return Math.min(Math.max(edge, limits[0]), limits[1]);
      var before = isSpace(here.points[edge - 1]);
      var after = isSpace(here.points[edge]);
      if (before !== after && !(step < 0 ? after : before)) return edge;
    }
    return at;
  }

  function slice(here, start, end) { return here.points.slice(start, end).join(""); }

  // The target for characters [start, end) of a part's text, whose SHA-256 the page knows.
  function target(here, start, end, part, sha256) {
    var limits = block(here, start, end);
    var whole = sentence(here, start, end);
    var reach = CONTEXT;
    var before;
    var after;
    for (;;) {
      before = wordEdge(here, Math.max(limits[0], Math.min(start - reach, Math.max(whole[0], start - MAX_CONTEXT))), -1, limits);
      after = wordEdge(here, Math.min(limits[1], Math.max(end + reach, Math.min(whole[1], end + MAX_CONTEXT))), 1, limits);
      var unique = find(here, normal(slice(here, before, after))).length === 1;
      if (unique || reach >= MAX_CONTEXT || (before === 0 && after === here.points.length)) break;
      if (before === limits[0] && after === limits[1]) {
        limits = block(here, Math.max(limits[0] - 3, 0), Math.min(limits[1] + 3, here.points.length));
      }
      reach += CONTEXT;
    }
    var made = { part: part, exact: slice(here, start, end) };
    if (before < start) made.prefix = slice(here, before, start);
    if (after > end) made.suffix = slice(here, end, after);
    made.start = start;
    made.text_sha256 = sha256;
    return made;
  }

  // A span of characters grown to whole words and numbers, without white space at its ends; null if nothing is left.
  function grown(here, start, end) {
    while (start < end && isSpace(here.points[start])) start++;
    while (end > start && isSpace(here.points[end - 1])) end--;
    if (start === end) return null;
    while (isMark(here, start) || cuts(here, start)) start--;
    while (isMark(here, end) || cuts(here, end)) end++;
    return [start, end];
  }

  // YAML as the archive writes it: text stands plain only where every reader of YAML takes it for the same text.
  var FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]/gu;
  var PLAIN = /^[\p{L}\p{Nl}\p{No}][^\n]*$/u;
  var NOT_PLAIN = /: |:$| #|\s$/u;
  // Python's letters without case take İ, ı and ſ for i and s.
  var RESERVED = /^(?:true|fal[sſ]e|null|ye[sſ]|no|on|off|y|n|nan|[iıİ]nf)$/i;

  function forbidden(text) { FORBIDDEN.lastIndex = 0; return FORBIDDEN.test(text); }

  function scalar(value) {
    if (typeof value !== "string") return JSON.stringify(value);
    if (!RESERVED.test(value) && !NOT_PLAIN.test(value) && !forbidden(value) && PLAIN.test(value)) return value;
    return JSON.stringify(value).replace(FORBIDDEN, function (character) {
      return "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0");
    });
  }

  function isBlock(text, always) {
    return (text.indexOf("\n") >= 0 || (always && text !== "")) && !/\n$/.test(text) && !/^[ \n]/.test(text) &&
      !/ $/m.test(text) && !forbidden(text);
  }

  function isRow(key, items) {
    return key === "cite" && items.every(function (item) { return /^[a-z0-9-]+$/.test(item); });
  }

  function lines(data, indent) {
    var pad = " ".repeat(indent);
    var listed = Array.isArray(data);
    var out = [];
    Object.keys(data).forEach(function (key) {
      var value = data[key];
      var head = listed ? pad + "-" : pad + key + ":";
      if (Array.isArray(value) && !listed && isRow(key, value)) {
        out.push(head + " [" + value.map(scalar).join(", ") + "]");
      } else if (typeof value === "object" && listed) {
        var inner = lines(value, indent + 2);
        out.push(head + " " + inner[0].trimStart());
        out = out.concat(inner.slice(1));
      } else if (typeof value === "object") {
        out.push(head);
        out = out.concat(lines(value, indent + 2));
      } else if (typeof value === "string" && isBlock(value, key === "body")) {
        out.push(head + " |-");
        value.split("\n").forEach(function (line) { out.push(line ? pad + "  " + line : ""); });
      } else {
        out.push(head + " " + scalar(value));
      }
    });
    return out;
  }

  // The file of an annotation, whose keys stand in the order of the record.
  function file(record) {
    return ["# yaml-language-server: $schema=../../schema/annotation.json"].concat(lines(record, 0)).join("\n") + "\n";
  }

  // What somebody typed, as a record may hold it: composed, without what nobody sees and white space at line ends.
  function tidy(typed) {
    return typed.normalize("NFC").replace(/\r\n?/g, "\n").replace(/\t/g, "    ").replace(FORBIDDEN, "")
      .replace(/[^\S\n]+$/gm, "").replace(/^\s+|\s+$/g, "").replace(/\n{3,}/g, "\n\n");
  }

  // A random id: a letter, then seven letters or digits, each as likely as another. Chance comes from the browser's
  // generator for secrets, or there is no id: two people must not get the same one.
  function newId(taken) {
    var LETTERS = "abcdefghijklmnopqrstuvwxyz";
    function draw(from) {
      var limit = 256 - 256 % from.length;
      var byte = new Uint8Array(1);
      do { crypto.getRandomValues(byte); } while (byte[0] >= limit);
      return from[byte[0] % from.length];
    }
    for (;;) {
      var id = draw(LETTERS);
      while (id.length < 8) id += draw(LETTERS + "0123456789");
      if (!taken(id)) return id;
    }
  }

  function now() { return new Date().toISOString().slice(0, 19) + "Z"; }

  // The host's page for a new file. `full`: whether it holds the contents; else they have to be pasted.
  function newFile(host, path, contents) {
    var named = host.newPage + "?" + encodeURIComponent(host.nameKey) + "=" + encodeURIComponent(path);
    var whole = named + "&" + encodeURIComponent(host.contentsKey) + "=" + encodeURIComponent(contents);
    return host.contentsKey && whole.length <= MAX_ADDRESS ? { href: whole, full: true } : { href: named, full: false };
  }

  window.aaAnnotation = {
    read: read, places: places, target: target, grown: grown, block: block, scalar: scalar, lines: lines, file: file,
    tidy: tidy, newId: newId, now: now, newFile: newFile, MAX_EXACT: MAX_EXACT, MAX_ADDRESS: MAX_ADDRESS
  };
})();
