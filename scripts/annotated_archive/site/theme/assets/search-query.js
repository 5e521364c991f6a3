/* The search itself: what was typed, and the names in it. */
(function (own) {
  "use strict";
  var NAMES = 12; // words of a query in which names are looked for
  var NAME = 8; // words of a name at most
  var LETTERS = 3; // a shorter word is found as it is, and begins no other
  var CAPITALS = 4; // letters of a form all in capitals that may be a word as well
  var TYPED = 100; // letters of a name that is being typed
  // Words in nearly every English text. Their places fill the index; they are left out where there are others.
  var COMMON = new Set(("a an and are as at be by for from has have in is it its of on or that the this to was were " +
    "which with").split(" "));
  var json = own.json, kept = own.kept;

  // ---- Names

  var FOLDED = {
    "ə": "e", "ǝ": "e", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "\u055a": "", "\u055b": "", "\u055c": "", "\u055e": "", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", "ʹ": "", "ʿ": "", "ʾ": ""
  };
  var FOLDING = new RegExp("[" + Object.keys(FOLDED).join("") + "]", "g");

  // The same steps as search/folding.py takes.
  function folded(text) {
    return text.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
      .replace(FOLDING, function (sign) { return FOLDED[sign]; })
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  // A text folded, and if it is in other letters than Latin ones also as it would be written in those.
  function spellings(text) {
    var letters = own.manifest.names.letters, plain = folded(text);
    var latin = folded(Array.from(text.normalize("NFC").toLowerCase(), function (letter) {
      return Object.hasOwn(letters, letter) ? letters[letter] : letter;
    }).join(""));
    return latin && latin !== plain ? [plain, latin] : [plain];
  }

  // In the order of code points, as Python sorts.
  function before(one, other) {
    for (var at = 0; at < one.length && at < other.length; at++) {
      var a = one.charCodeAt(at), b = other.charCodeAt(at);
      if (a === b) continue;
      var high = a >= 0xd800 && a < 0xe000;
      return high === (b >= 0xd800 && b < 0xe000) ? a < b : !high;
    }
    return one.length < other.length;
  }

  function shard(number) {
    return json(own.manifest.names.folder + "/" + number);
  }

  // The numbers of the shards in which forms that are, or begin with, a text can stand.
  function shards(text, beginning) {
    var firsts = own.manifest.names.first, found = [];
    for (var at = 0; at < firsts.length; at++) {
      var ends = at + 1 < firsts.length && before(firsts[at + 1], text);
      var begins = before(text, firsts[at]) && !(beginning && firsts[at].startsWith(text));
      if (!ends && !begins) found.push(at);
    }
    return found;
  }

  function sameForm(part, text) {
    var low = 0, high = part.forms.length, found = [];
    while (low < high) {
      var middle = (low + high) >> 1;
      if (before(part.forms[middle][0], text)) low = middle + 1;
      else high = middle;
    }
    for (; low < part.forms.length && part.forms[low][0] === text; low++) found.push(part.forms[low]);
    return found;
  }

  // The entities that a text names: [id, kind, type, name, page, where] each. Those are only guessed of which no form
  // is so, but one would be written so in Latin letters. `whole`: it is all that was typed.
  async function named(typed, whole) {
    var found = { sure: [], guessed: [] };
    for (var text of spellings(typed)) {
      if (!text) continue;
      (await Promise.all(shards(text, false).map(shard))).forEach(function (part) {
        sameForm(part, text).forEach(function (entry) {
          if (!meant(entry[1], typed, whole)) return;
          (folded(entry[1]) === text ? found.sure : found.guessed).push(part.entities[entry[2]]);
        });
      });
      if (found.sure.length || found.guessed.length) break;
    }
    return found;
  }

  // Few letters all in capitals are often a word too: "us" is not the US, but where nothing else is asked for.
  function meant(form, typed, whole) {
    return whole || !capitals(form) || (form.match(/\p{L}/gu) || []).length > CAPITALS || capitals(typed);
  }

  function capitals(text) {
    return text === text.toUpperCase() && text !== text.toLowerCase();
  }

  // Whether a text is one slip (a letter left out, too many, wrong, or two changed about) from how a form begins; the
  // number is 0 where it is so from the whole form, and -1 where it is not.
  function slip(text, form) {
    var at = 0, best = -1;
    while (at < text.length && text[at] === form[at]) at++;
    function rest(mine, its) {
      if (!form.startsWith(text.slice(mine), its)) return;
      var more = form.length - its - (text.length - mine);
      if (more >= 0 && (best < 0 || more < best)) best = more;
    }
    if (at < text.length) rest(at + 1, at); // too many
    if (at < text.length && at < form.length) rest(at + 1, at + 1);
    if (at < form.length) rest(at, at + 1);
    if (at + 1 < text.length && text[at] === form[at + 1] && text[at + 1] === form[at]) rest(at + 2, at + 2);
    return best;
  }

  // The forms of an entity, by what they are folded, as far as they are at hand.
  async function forms(entity) {
    var found = new Map([[folded(entity[3]), entity[3]]]);
    for (var name of kept.keys()) {
      if (!name.startsWith(own.manifest.names.folder + "/")) continue;
      var part = await json(name);
      part.forms.forEach(function (entry) {
        var key = folded(entry[1]); // a form may be looked up under other letters too
        if (part.entities[entry[2]][0] === entity[0] && !found.has(key)) found.set(key, entry[1]);
      });
    }
    return found;
  }

  // How a form answers what was typed, [like, off]: 0 the same, 1 begins so, 2 a later word begins so, 3 and 4 the same
  // but for one slip; null if not.
  function likeness(text, form, slips) {
    if (form.startsWith(text)) return [form.length === text.length ? 0 : 1, 0];
    if (form.includes(" " + text)) return [2, 0];
    if (!slips || text.length <= LETTERS) return null;
    for (var at = 0, like = 3; at >= 0; at = form.indexOf(" ", at) + 1 || -1, like = 4) {
      var off = slip(text, form.slice(at));
      if (off >= 0) return [like, off];
    }
    return null;
  }

  function ranked(parts, texts, slips) {
    var best = new Map();
    parts.forEach(function (part) {
      part.forms.forEach(function (entry) {
        texts.forEach(function (text, latin) {
          var like = likeness(text, entry[0], slips);
          if (!like) return;
          var entity = part.entities[entry[2]];
          var found = { like: like[0], latin: latin, off: like[1], fold: entry[0], form: entry[1], of: entity };
          var other = best.get(entity[0]);
          if (!other || nearer(found, other) < 0) best.set(entity[0], found);
        });
      });
    });
    return Array.from(best.values()).sort(nearer);
  }

  function nearer(one, other) {
    return one.like - other.like || one.latin - other.latin || one.off - other.off ||
      one.fold.length - other.fold.length || order(one.fold, other.fold) || order(one.of[0], other.of[0]);
  }

  function order(one, other) {
    return one === other ? 0 : before(one, other) ? -1 : 1;
  }

  function typing(text) {
    return spellings(Array.from(text.slice(0, 8 * TYPED)).slice(0, TYPED).join("")).filter(Boolean);
  }

  // Names that begin so, from the first shards where such stand.
  async function begun(typed) {
    var near = new Set();
    typed.forEach(function (text) { shards(text, true).slice(0, 3).forEach(function (at) { near.add(at); }); });
    return ranked(await Promise.all(Array.from(near, shard)), typed, false);
  }

  // All other shards are read only where those have too little to say, and if asked. Where all that was typed is no
  // name, its last words may be: `from` is where they begin.
  async function suggested(text, limit, all) {
    var typed = typing(text), from = 0;
    if (!typed.length) return [];
    var found = await begun(typed);
    if (all && found.length < Math.min(limit, 3) && typed[0].length >= LETTERS) {
      var parts = await Promise.all(own.manifest.names.first.map(function (_, number) { return shard(number); }));
      found = ranked(parts, typed, true);
    }
    for (var word of found.length ? [] : Array.from(text.matchAll(/\S+/g)).slice(1).slice(-NAME)) {
      from = word.index;
      typed = typing(text.slice(from)).filter(function (one) { return one.length >= LETTERS; });
      found = (await begun(typed)).filter(function (one) { return one.like < 2; });
      if (found.length) break;
    }
    return found.slice(0, limit).map(function (one) {
      var of = one.of, form = one.form;
      return { id: of[0], kind: of[1], type: of[2], name: of[3], form: form, href: of[4], where: of[5], from: from };
    });
  }

  // ---- What was typed

  var QUOTE = '["“”„‟«»]', INSIDE = '[^"“”„‟«»]*', OUTSIDE = '[^\\s"“”„‟«»]+';
  var PARTS = new RegExp("([-\u2212]?)" + QUOTE + "(" + INSIDE + ")" + QUOTE + "|" + OUTSIDE, "gu");

  // A query in clauses: {text, phrase, not}. A quote that nothing closes counts for nothing, nor do signs alone.
  function clauses(query) {
    var found = [];
    var plain = query.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ").normalize("NFC");
    for (var part of plain.matchAll(PARTS)) {
      var phrase = part[2] !== undefined;
      var not = phrase ? part[1] !== "" : /^[-\u2212]/.test(part[0]);
      var text = (phrase ? part[2] : part[0].replace(/^[-\u2212]+/, "")).trim();
      if (/[^\p{P}\s]/u.test(text)) found.push({ text: text, phrase: phrase, not: not });
    }
    return found;
  }

  // Words side by side that name an entity become one clause: the longest name first.
  async function withNames(found) {
    var grouped = [], looked = 0;
    for (var at = 0; at < found.length; at++) {
      var name = null;
      if (!found[at].phrase && looked++ < NAMES) {
        var upto = at + 1, most = found[at].not ? upto : Math.min(found.length, at + NAME);
        while (upto < most && !found[upto].phrase && !found[upto].not) upto++;
        for (; upto > at && !name; upto--) {
          var words = found.slice(at, upto);
          var typed = words.map(function (word) { return word.text; }).join(" ");
          var names = await named(typed, words.length === found.length);
          if (names.sure.length || names.guessed.length) {
            name = { typed: typed, words: words, not: found[at].not, entities: names.sure, guessed: names.guessed };
          }
        }
      }
      grouped.push(name || { typed: found[at].text, words: [found[at]], not: found[at].not, entities: [], guessed: [] });
      if (name) at += name.words.length - 1;
    }
    var told = grouped.filter(function (clause) { return !common(clause); });
    return told.some(function (clause) { return !clause.not; }) ? told : grouped;
  }

  function common(clause) {
    var word = clause.words[0];
    return clause.words.length === 1 && !clause.entities.length && !clause.not && !word.phrase && COMMON.has(word.text.toLowerCase());
  }

  own.LETTERS = LETTERS;
  own.folded = folded;
  own.spellings = spellings;
  own.order = order;
  own.forms = forms;
  own.suggested = suggested;
  own.clauses = clauses;
  own.withNames = withNames;
})(self.aaEngine = self.aaEngine || {});
