/* The search itself: a result as it is shown, a sentence with the words that were found. */
(function (own) {
  "use strict";
  var WINDOW = 45; // words of an excerpt at most
  var FIND = 12; // words that a result's address carries
  var LETTERS = own.LETTERS, json = own.json, volumes = own.volumes, values = own.values, folded = own.folded;

  async function text(match) {
    var firsts = match.volume.table.packs, low = 0, high = firsts.length;
    while (high - low > 1) {
      var middle = (low + high) >> 1;
      if (firsts[middle] <= match.row) low = middle;
      else high = middle;
    }
    return (await json(match.volume.is.data + "/" + low))[match.row - firsts[low]];
  }

  function split(passage) {
    return passage ? passage.split(" ") : [];
  }

  // Whether a word can be what was found for a text: a place that was counted otherwise marks nothing.
  function likely(word, text) {
    word = folded(word || "").replace(/ /g, "");
    return text.split(/\s+/).some(function (one) {
      return word.includes(folded(one).replace(/ /g, "").slice(0, LETTERS));
    });
  }

  // The place in a document of a word of the index, where each passage begins with one that nobody wrote; `starts` has
  // the first words of passages. Of such a word itself, -1.
  function placed(at, starts) {
    var before = 0;
    while (before < starts.length && starts[before] + before < at) before++;
    return starts[before] + before === at ? -1 : at - before;
  }

  // Which words of a document are hits: word number → the clauses that it belongs to. `all` are its words.
  function hits(match, doc, all, starts, asked, state) {
    var number = volumes.indexOf(match.volume), found = new Map();
    function hit(at, clause) {
      if (!found.has(at)) found.set(at, new Set());
      found.get(at).add(clause);
    }
    function mentions(local, clause) {
      doc.m.forEach(function (mention) {
        if (mention[2] === local) for (var at = 0; at < mention[1]; at++) hit(mention[0] + at, clause);
      });
    }
    var wanted = asked.filter(function (clause) { return !clause.not; });
    wanted.forEach(function (clause, which) {
      clause.words.forEach(function (word) {
        var list = word.places[number];
        if (list && list.at[match.row]) list.at[match.row].forEach(function (place) {
          var at = placed(place, starts);
          if (likely(all[at], word.text)) hit(at, which);
        });
      });
      clause.entities.forEach(function (entity) {
        var local = match.volume.values.indexOf(values.get(entity[1] + "\0" + entity[0]));
        if (local >= 0) mentions(local, which);
      });
    });
    if (!wanted.length) own.chosen(match.volume, state).forEach(mentions);
    return found;
  }

  var segmenters = new Map();

  function segmenter(language) {
    if (!segmenters.has(language)) {
      var made = null;
      try {
        made = new Intl.Segmenter(language, { granularity: "sentence" });
      } catch (_) { // no Segmenter, or no language of that name
        if (self.Intl && Intl.Segmenter) made = new Intl.Segmenter("en", { granularity: "sentence" });
      }
      segmenters.set(language, made);
    }
    return segmenters.get(language);
  }

  // A full stop after these, or after a letter by itself, ends no sentence.
  var SHORT = "\\p{Lu}|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|St|No|Prof|Rev|vs|U\\.S|U\\.N|U\\.K";
  var ABBREVIATION = new RegExp('(?:^|[\\s("“])(?:' + SHORT + ")\\.\\s*$", "u");

  // Sentences of a passage as [first word, word after the last].
  function sentences(passage, language) {
    var split = segmenter(language), all = passage.split(" ").length;
    if (!split) return [[0, all]];
    var found = [], from = 0, at = 0, open = "";
    for (var part of split.segment(passage)) {
      open += part.segment;
      at = part.index + part.segment.length;
      if (ABBREVIATION.test(open)) continue;
      var upto = at >= passage.length ? all : passage.slice(0, at).split(" ").length - (/\s$/.test(open) ? 1 : 0);
      if (upto > from) found.push([from, upto]);
      from = Math.max(from, upto);
      open = "";
    }
    if (from < all) found.push([from, all]);
    return found;
  }

  function several(found, from, upto) {
    var clauses = new Set(), count = 0;
    for (var at = from; at < upto; at++) {
      if (!found.has(at)) continue;
      count++;
      found.get(at).forEach(function (clause) { clauses.add(clause); });
    }
    return clauses.size ? clauses.size + count / (count + 1) / 2 : 0;
  }

  // Of [from, upto) ranges the first with the most clauses, then the most hits.
  function best(ranges, found) {
    var most = -1, which = null;
    ranges.forEach(function (range) {
      var has = several(found, range[0], range[1]);
      if (has > most) {
        most = has;
        which = range;
      }
    });
    return which;
  }

  // At most so many words around the hits that stand closest.
  function windowed(range, found) {
    if (range[1] - range[0] <= WINDOW) return range;
    var windows = [];
    for (var at = range[0]; at < range[1]; at++) {
      if (!found.has(at)) continue;
      var from = Math.max(range[0], Math.min(at - 10, range[1] - WINDOW));
      windows.push([from, from + WINDOW]);
    }
    return best(windows, found) || [range[0], range[0] + WINDOW];
  }

  // Words [from, upto) as runs of {text, mark}, the words' own punctuation outside the marks; `after` says which
  // correction follows a word.
  function runs(words, offset, from, upto, found, after) {
    var made = [];
    function add(text, mark) {
      var last = made[made.length - 1];
      if (text && last && last.mark === mark && !last.correction) last.text += text;
      else if (text) made.push({ text: text, mark: mark });
    }
    for (var at = from; at < upto; at++) {
      var word = words[at - offset], mark = found.has(at);
      var bare = mark && /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su.exec(word);
      var joined = mark && found.has(at - 1) && made.length && made[made.length - 1].mark;
      if (at > from) add(" ", joined && (!bare[1] || !bare[2]) ? 1 : 0);
      if (bare && bare[2]) {
        add(bare[1], 0);
        add(bare[2], 1);
        add(bare[3], 0);
      } else {
        add(word, mark ? 1 : 0);
      }
      (after.get(at) || []).forEach(function (correction, which) {
        if (which || !made.length) made.push({ text: "", mark: 0 });
        made[made.length - 1].correction = correction;
      });
    }
    return made;
  }

  function result(match, doc, asked, state) {
    var kind = own.manifest.kinds[match.volume.table.kind[match.row]];
    var title = split(doc.t), offset = title.length, all = title.slice();
    var passages = doc.p.map(function (passage) {
      var words = split(passage[1]), range = [offset, offset + words.length];
      words.forEach(function (word) { all.push(word); });
      offset += words.length;
      range.words = words;
      range.passage = passage;
      return range;
    });
    var starts = passages.map(function (range) { return range[0]; });
    var found = hits(match, doc, all, starts, asked, state), fixes = corrections(doc);
    var passage = best(passages.filter(function (range) { return range.words.length; }), found);
    var made = { kind: kind, title: runs(title, 0, 0, title.length, found, following(fixes, 0, title.length)).map(function (run) {
      return run.correction ? [run.text, run.mark, run.correction] : [run.text, run.mark];
    }), byline: doc.b, date: doc.d, lang: doc.l, excerpt: [], more: 0, href: doc.u };
    if (passage) {
      made.excerpt = excerpt(passage, doc, found, fixes);
      var here = made.excerpt.filter(function (run) { return run.mark; }).length;
      made.more = Math.max(0, marked(found, title.length, offset) - here);
    }
    made.href += address(passage && several(found, passage[0], passage[1]) ? passage.passage[0] || doc.f : doc.f,
      made.excerpt);
    return made;
  }

  // The corrections of a document: [first word, word after the last, {number, href}].
  function corrections(doc) {
    return doc.c.map(function (one) {
      return [one[0], one[0] + one[1], { number: one[2], href: doc.u + "#" + one[3] }];
    });
  }

  // Those of them that stand among words [from, upto), by the last of these words that they are about.
  function following(fixes, from, upto) {
    var after = new Map();
    fixes.forEach(function (fix) {
      var last = Math.min(fix[1], upto) - 1;
      if (last >= from && fix[0] < upto) after.set(last, (after.get(last) || []).concat(fix[2]));
    });
    return after;
  }

  function excerpt(passage, doc, found, fixes) {
    var ranges = sentences(passage.passage[1], doc.l).map(function (range) {
      return [range[0] + passage[0], range[1] + passage[0]];
    });
    var sentence = best(ranges, found), shown = windowed(sentence, found);
    var made = runs(passage.words, passage[0], shown[0], shown[1], found, following(fixes, shown[0], shown[1]));
    if (shown[0] > sentence[0]) made.unshift({ text: "… ", mark: 0 });
    if (shown[1] < sentence[1]) made.push({ text: " …", mark: 0 });
    return made;
  }

  // How many runs of hits there are.
  function marked(found, from, upto) {
    var count = 0;
    for (var at = from; at < upto; at++) if (found.has(at) && !found.has(at - 1)) count++;
    return count;
  }

  // The address of a passage on its page, with the words to be marked there: in the fragment, which no server reads.
  function address(fragment, shown) {
    var words = new Set();
    shown.forEach(function (run) { if (run.mark) run.text.split(" ").forEach(function (word) { words.add(word); }); });
    var find = Array.from(words).slice(0, FIND).map(encodeURIComponent).join("+");
    if (!find) return fragment ? "#" + fragment : "";
    return "#at=" + encodeURIComponent(fragment) + "&find=" + find;
  }

  own.text = text;
  own.result = result;
})(self.aaEngine = self.aaEngine || {});
