/* The search itself, in a worker. Pagefind's script stands before this one in the same file; where an archive has
   volumes in several languages, it is run once more for each program of Pagefind's. This line parts the two. */
(function () {
  "use strict";
  var ENTITIES = ["place", "actor", "treaty", "event"]; // chosen values of these must all be there
  var FACETS = ["kind"].concat(ENTITIES, ["source", "year"]);
  var WEIGHTS = { article: 1.5, annotation: 1, claim: 1, background: 1, work: 0.5, page: 0.5 };
  var ENTITY = 1.3; // the weight of an entity's page
  var QUERY = 400; // characters of a query that are searched for
  var NAMES = 12; // words of a query in which names are looked for
  var NAME = 8; // words of a name at most
  var LETTERS = 3; // a shorter word is found as it is, and begins no other
  var WINDOW = 45; // words of an excerpt at most
  var FIND = 12; // words that a result's address carries
  var VALUES = 500; // values of a facet that are answered
  var SPAN = 5; // years over which a date may reach to be counted under each
  var KEPT = 24; // words whose places are remembered
  var EXACT = 0.88; // the least share of its weight with which Pagefind scores a word found whole, not as a beginning
  var DAY = 864e5;
  // Words in nearly every English text. Their places fill the index; they are left out where there are others.
  var COMMON = new Set(("a an and are as at be by for from has have in is it its of on or that the this to was were " +
    "which with").split(" "));

  // ---- Files: asked of the page, which alone may load scripts from a folder

  var SPECIAL = [0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff];
  var asked = new Map();
  var read = 0; // bytes

  function file(name) {
    if (!asked.has(name)) {
      var wait = {};
      wait.done = new Promise(function (ok, no) { wait.ok = ok; wait.no = no; });
      wait.done.catch(function () {}); // whoever asked is told as well
      asked.set(name, wait);
      postMessage({ need: name });
    }
    return asked.get(name).done;
  }

  // What search/coding.py wrote.
  function bytes(text, size) {
    var units = new Uint16Array((size + 1) >> 1);
    for (var at = 0, to = 0; at < text.length; at++, to++) {
      var unit = text.charCodeAt(at);
      if (unit === 1) {
        unit = text.charCodeAt(++at);
        unit = unit < 0x4010 ? SPECIAL[unit - 0x4000] : unit - 0x4010 + 0xd800;
      }
      units[to] = unit;
    }
    return new Uint8Array(units.buffer, 0, size);
  }

  function arrived(name, size, text) {
    read += 2 * text.length;
    if (asked.has(name)) asked.get(name).ok(bytes(text, size));
  }

  function missing(name) {
    if (asked.has(name)) asked.get(name).no(new Missing(name));
  }

  function Missing(name) {
    this.missing = name;
    this.message = "A file of the search could not be read: " + name;
  }

  // The response that holds what a compressed file says.
  function inflated(name) {
    return file(name).then(function (data) {
      asked.delete(name);
      return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip")));
    });
  }

  var kept = new Map(); // by name, the promise of a file of JSON

  function json(name) {
    if (!kept.has(name)) kept.set(name, inflated(name).then(function (response) { return response.json(); }));
    return kept.get(name);
  }

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
    return json(manifest.names.folder + "/" + number);
  }

  // The numbers of the shards in which forms that are, or begin with, a text can stand.
  function shards(text, beginning) {
    var firsts = manifest.names.first, found = [];
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
    for (; low < part.forms.length && part.forms[low][0] === text; low++) found.push(part.entities[part.forms[low][2]]);
    return found;
  }

  // The entities that a text names: [id, kind, type, name, page, where] each.
  async function named(text) {
    if (!text) return [];
    var parts = await Promise.all(shards(text, false).map(shard));
    var found = parts.map(function (part) { return sameForm(part, text); });
    return Array.prototype.concat.apply([], found);
  }

  // Whether a text is one slip (a letter left out, too many, wrong, or two changed about) from how a form begins; the
  // number is 0 where it is so from the whole form.
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

  // How a form answers what was typed: 0 the same, 1 begins so, 2 a later word begins so, 3 but for one slip; -1 not.
  function likeness(text, form, slips) {
    if (form.startsWith(text)) return form.length === text.length ? 0 : 1;
    if (form.includes(" " + text)) return 2;
    return slips && slip(text, form) >= 0 ? 3 : -1;
  }

  function ranked(parts, text, slips) {
    var best = new Map();
    parts.forEach(function (part) {
      part.forms.forEach(function (entry) {
        var like = likeness(text, entry[0], slips);
        if (like < 0) return;
        var entity = part.entities[entry[2]];
        var found = { like: like, off: like === 3 ? slip(text, entry[0]) : 0, fold: entry[0], form: entry[1], of: entity };
        var other = best.get(entity[0]);
        if (!other || nearer(found, other) < 0) best.set(entity[0], found);
      });
    });
    return Array.from(best.values()).sort(nearer);
  }

  function nearer(one, other) {
    return one.like - other.like || one.off - other.off || one.fold.length - other.fold.length ||
      order(one.fold, other.fold) || order(one.of[0], other.of[0]);
  }

  function order(one, other) {
    return one === other ? 0 : before(one, other) ? -1 : 1;
  }

  // First the shards where names that begin so stand; all others only where those have too little to say.
  async function suggested(text, limit) {
    var typed = folded(Array.from(text.slice(0, 4 * QUERY)).slice(0, 100).join(""));
    if (!typed) return [];
    var near = shards(typed, true);
    var found = ranked(await Promise.all(near.slice(0, 3).map(shard)), typed, false);
    if (found.length < Math.min(limit, 3) && typed.length >= LETTERS) {
      var all = await Promise.all(manifest.names.first.map(function (_, number) { return shard(number); }));
      found = ranked(all, typed, typed.length > LETTERS);
    }
    return found.slice(0, limit).map(function (one) {
      var of = one.of;
      return { id: of[0], kind: of[1], type: of[2], name: of[3], form: one.form, href: of[4], where: of[5] };
    });
  }

  // ---- Volumes

  var manifest, script;
  var volumes = [];
  var values = new Map(); // by facet and id: {facet, id, name, rows: how many documents name it}
  var opened = null;

  // Pagefind asks for its files as if they lay under /pf/VOLUME/. It goes on without a part that did not come, so that
  // the failure is kept beside the volume.
  self.fetch = function (address) {
    var path = /\/pf\/(\d+)\/([^?]*)/.exec(String(address));
    var volume = volumes[path[1]], of = volume.is, what = path[2], name;
    if (what === "pagefind-entry.json") {
      var languages = {};
      languages[of.language] = { hash: of.meta, wasm: of.wasm, page_count: of.pages };
      var entry = { version: manifest.pagefind, languages: languages, include_characters: manifest.include_characters };
      return Promise.resolve({ ok: true, json: function () { return Promise.resolve(entry); } });
    }
    var chunk = /^index\/(.*)\.pf_index$/.exec(what);
    name = chunk ? of.index + "/" + chunk[1] : /pf_meta$/.test(what) ? of.index + "/meta" : manifest.wasm[of.wasm];
    // Pagefind leaves as it is what is no longer compressed, and would take four times as long for it.
    return inflated(name).then(function (response) { return response.arrayBuffer(); }).then(function (data) {
      if (chunk) volume.chunks.push(new Uint8Array(data));
      return { ok: true, arrayBuffer: function () { return Promise.resolve(data); } };
    }).catch(function (error) {
      volume.failed = error;
      throw error;
    });
  };

  // Pagefind's own search hands over an object for every result and leaves out how each word was found. What its
  // program said is put aside here, and only the number under which it lies goes through.
  var heard = new Map();
  var hearings = 0;

  function overhear(backend) {
    var search = backend.search;
    backend.search = function (pointer, term) {
      heard.set(++hearings, { term: term, results: JSON.parse(search.apply(null, arguments)).results });
      return '{"results":[],"filtered_counts":{},"total_counts":{},"unfiltered_total":0,"search_keywords":[' +
        hearings + "]}";
    };
    return backend;
  }

  // One run of Pagefind's script for each of its programs: a program stems the words of one language.
  function runtime(first) {
    if (first) return { Instance: PagefindInstance, backend: overhear(wasm_bindgen) };
    var own = new Function(script + "\nreturn { Instance: PagefindInstance, backend: wasm_bindgen };")();
    overhear(own.backend);
    return own;
  }

  function open() {
    if (!opened) opened = opening();
    return opened;
  }

  async function opening() {
    volumes = manifest.volumes.map(function (is) { return { is: is, chunks: [], words: [], failed: null }; });
    // All files at once; the promises are those for which Pagefind asks below.
    volumes.forEach(function (volume) {
      [volume.is.index + "/meta", manifest.wasm[volume.is.wasm]].forEach(file);
      volume.table = json(volume.is.data + "/table");
      volume.table.catch(function () {});
    });
    var runtimes = new Map(), firsts = [], others = [];
    volumes.forEach(function (volume, number) {
      var known = runtimes.has(volume.is.wasm);
      if (!known) runtimes.set(volume.is.wasm, runtime(!runtimes.size));
      var Instance = runtimes.get(volume.is.wasm).Instance;
      volume.instance = new Instance({ basePath: "/pf/" + number + "/", primary: false });
      (known ? others : firsts).push(volume);
    });
    await Promise.all(firsts.map(function (volume) { return begin(volume, true); })); // each brings its program along
    await Promise.all(others.map(function (volume) { return begin(volume, false); }));
    for (var volume of volumes) columns(volume, await volume.table);
  }

  async function begin(volume, program) {
    await volume.instance.init(volume.is.language, { load_wasm: program }).catch(function (error) {
      throw volume.failed || error;
    });
    whole(volume);
  }

  // Dates are days since 1970; what is open at one end has none there.
  function year(day) {
    return new Date(day * DAY).getUTCFullYear();
  }

  function columns(volume, table) {
    volume.table = table;
    volume.rows = table.ids.length;
    volume.row = new Map(table.ids.map(function (id, row) { return [id, row]; }));
    volume.values = table.values.map(function (value) {
      var key = value[1] + "\0" + value[0];
      if (!values.has(key)) values.set(key, { facet: value[1], id: value[0], name: value[2], rows: 0 });
      return values.get(key);
    });
    table.entities.forEach(function (list) {
      for (var at = 0; at < list.length; at += 2) volume.values[list[at]].rows++;
    });
    volume.years = table.from.map(function (from, row) {
      var to = table.to[row];
      if (from === null || to === null) return null;
      var years = [year(from), year(to)];
      return years[1] - years[0] < SPAN ? years : null;
    });
  }

  // ---- What was typed

  var PARTS = /([-\u2212]?)["“”„‟«»]([^"“”„‟«»]*)["“”„‟«»]|[^\s"“”„‟«»]+/gu;

  // A query in clauses: {text, phrase, not}. A quote that nothing closes counts for nothing, nor do signs by themselves.
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
        var upto = at + 1;
        while (!found[at].not && upto < found.length && upto < at + NAME && !found[upto].phrase && !found[upto].not) upto++;
        for (; upto > at && !name; upto--) {
          var words = found.slice(at, upto);
          var typed = words.map(function (word) { return word.text; }).join(" ");
          var entities = await named(folded(typed));
          if (entities.length) name = { typed: typed, words: words, not: found[at].not, entities: entities };
        }
      }
      grouped.push(name || { typed: found[at].text, words: [found[at]], not: found[at].not, entities: [] });
      if (name) at += name.words.length - 1;
    }
    var told = grouped.filter(function (clause) { return !common(clause); });
    return told.some(function (clause) { return !clause.not; }) ? told : grouped;
  }

  function common(clause) {
    var word = clause.words[0];
    return !clause.entities.length && !clause.not && !word.phrase && COMMON.has(word.text.toLowerCase());
  }

  // ---- The places of words

  function term(word) {
    return word.phrase || Array.from(word.text).length < LETTERS ? '"' + word.text + '"' : word.text;
  }

  async function preload(words) {
    await Promise.all(volumes.map(function (volume) {
      return Promise.all(words.map(function (word) { return volume.instance.preload(term(word)); }));
    }));
    volumes.forEach(whole);
  }

  function whole(volume) {
    if (volume.failed) throw volume.failed;
  }

  // Places of a word in all volumes: for each {score: of each row, at: places by row}, or null. A word that stands
  // nowhere as it is may be the beginning of others.
  async function places(word, stale) {
    var query = term(word), found = [];
    for (var number = 0; number < volumes.length; number++) found.push(await within(volumes[number], query, stale));
    if (found.some(function (one) { return one.exact; })) {
      return found.map(function (one) { return one.exact; });
    }
    return found.map(function (one, number) { return one.begun && begun(volumes[number], one.term) ? one.begun : null; });
  }

  async function within(volume, query, stale) {
    if (!volume.known) volume.known = new Map();
    var kept = volume.known.get(query);
    if (!kept) {
      await breath();
      if (stale()) throw STALE;
      kept = await looked(volume, query);
    }
    volume.known.delete(query); // and set again: the last used are last
    volume.known.set(query, kept);
    if (volume.known.size > KEPT) volume.known.delete(volume.known.keys().next().value);
    return kept;
  }

  async function looked(volume, query) {
    var answer = await volume.instance.search(query);
    whole(volume);
    var number = answer.search_keywords && answer.search_keywords[0];
    var said = heard.get(number) || { term: "", results: [] };
    heard.delete(number);
    var exact = gathered(volume, said.results, true);
    return { exact: exact, begun: exact || query[0] === '"' ? null : gathered(volume, said.results, false), term: said.term };
  }

  function gathered(volume, results, exact) {
    var found = { score: new Float32Array(volume.rows), at: [], any: false };
    results.forEach(function (result) {
      var row = volume.row.get(result.p), at = [];
      if (row === undefined) return;
      result.l.forEach(function (place) {
        if (!exact || place.s >= EXACT * place.w * place.w) at.push(place.l);
      });
      if (!at.length) return;
      found.score[row] = Math.max(result.s, 1e-6);
      found.at[row] = at;
      found.any = true;
    });
    return found.any ? found : null;
  }

  // Where no word begins with what was typed, Pagefind finds the longest word with which that begins: "warn" for "warni",
  // which is on its way to be "warning", but also "k" for "kedabek", which nobody typed. The words in the parts that it
  // read say which it was.
  function begun(volume, text) {
    while (volume.words.length < volume.chunks.length) volume.words.push(words(volume.chunks[volume.words.length]));
    return volume.words.some(function (list) {
      return list.some(function (word) { return word.startsWith(text) || (text.startsWith(word) && ending(word, text)); });
    });
  }

  // Whether a text may be a word with what was begun of an ending.
  function ending(word, text) {
    return word.length > LETTERS && text.length - word.length < LETTERS && !/\d/.test(text);
  }

  // The words of a part of the index: CBOR, [[[word, pages, variants], …]].
  function words(data) {
    var at = 12, found = [], decoder = new TextDecoder(); // behind a signature
    function head() {
      var first = data[at++], kind = first >> 5, size = first & 31;
      if (size > 23) {
        for (var more = 1 << (size - 24), size = 0; more; more--) size = size * 256 + data[at++];
      }
      return [kind, size];
    }
    function skip(depth) {
      var is = head();
      if (is[0] === 3) {
        if (depth === 2) found.push(decoder.decode(data.subarray(at, at + is[1])));
        at += is[1];
      } else if (is[0] === 4) {
        while (is[1]--) skip(depth + 1);
      }
    }
    head();
    for (var left = head()[1]; left; left--) skip(1);
    return found;
  }

  function breath() {
    return new Promise(function (ok) {
      var channel = new MessageChannel();
      channel.port1.onmessage = ok;
      channel.port2.postMessage(0);
    });
  }

  // ---- Matching

  // How much it weighs that a document names an entity: more if it does so often, and if few others do.
  function weight(times, value) {
    var all = volumes.reduce(function (sum, volume) { return sum + volume.rows; }, 0);
    return Math.log(1 + (all - value.rows + 0.5) / (value.rows + 0.5)) * times * 2.2 / (times + 1.2);
  }

  // The score of every row for a clause: its words' letters, or the entities that it names under whatever form.
  function scores(clause, number) {
    var volume = volumes[number];
    var score = new Float32Array(volume.rows);
    var lists = clause.words.map(function (word) { return word.places[number]; });
    if (lists.every(Boolean)) {
      for (var row = 0; row < volume.rows; row++) {
        var sum = 0;
        for (var at = 0; at < lists.length && lists[at].score[row]; at++) sum += lists[at].score[row];
        if (at === lists.length) score[row] = sum;
      }
    }
    clause.entities.forEach(function (entity) {
      var value = values.get(entity[1] + "\0" + entity[0]);
      var local = volume.values.indexOf(value);
      if (value && local >= 0) byEntity(volume, local, score);
    });
    return score;
  }

  // A form inside the longer name of another ("Goris" in "Goris Brigade") is found, and counts for half a mention.
  function byEntity(volume, local, score) {
    volume.table.entities.forEach(function (list, row) {
      var times = mentioned(list, local) + mentioned(volume.table.nested[row], local) / 2;
      if (times) score[row] = Math.max(score[row], weight(times, volume.values[local]));
    });
  }

  function mentioned(list, local) {
    for (var at = 0; at < list.length; at += 2) if (list[at] === local) return list[at + 1];
    return 0;
  }

  // Every match of the clauses, whatever facets are chosen: {volume, row, score}.
  function matches(asked, state) {
    var found = [];
    volumes.forEach(function (volume, number) {
      var wanted = [], unwanted = [];
      asked.forEach(function (clause) { (clause.not ? unwanted : wanted).push(scores(clause, number)); });
      var browsed = new Float32Array(volume.rows).fill(1e-6);
      if (!wanted.length) chosen(volume, state).forEach(function (local) { byEntity(volume, local, browsed); });
      for (var row = 0; row < volume.rows; row++) {
        if (unwanted.some(function (score) { return score[row]; })) continue;
        var sum = wanted.length ? 0 : browsed[row];
        for (var at = 0; at < wanted.length && wanted[at][row]; at++) sum += wanted[at][row];
        if (at < wanted.length) continue;
        var kind = manifest.kinds[volume.table.kind[row]];
        found.push({ volume: volume, row: row, score: sum * (WEIGHTS[kind] || ENTITY), first: 0 });
      }
    });
    return found;
  }

  // The chosen entities that a volume knows, as numbers of its values.
  function chosen(volume, state) {
    var found = [];
    ENTITIES.forEach(function (facet) {
      state[facet].forEach(function (id) {
        var local = volume.values.indexOf(values.get(facet + "\0" + id));
        if (local >= 0) found.push(local);
      });
    });
    return found;
  }

  // ---- Facets

  // For each volume what of the state its rows are asked for.
  function wishes(volume, state) {
    function numbers(facet) {
      return state[facet].map(function (id) { return volume.values.indexOf(values.get(facet + "\0" + id)); });
    }
    return {
      kind: state.kind.map(function (kind) { return manifest.kinds.indexOf(kind); }),
      source: numbers("source"),
      year: state.year.map(Number),
      entities: Array.prototype.concat.apply([], ENTITIES.map(numbers)),
      from: state.from ? Date.parse(state.from) / DAY : null,
      to: state.to ? Date.parse(state.to) / DAY : null
    };
  }

  function inYears(years, wanted) {
    return years !== null && wanted.some(function (one) { return years[0] <= one && one <= years[1]; });
  }

  // Null where a match is out of the question; else the facet by which alone it fails, or "" where it passes.
  function failing(match, wish) {
    var table = match.volume.table, row = match.row, fails = [];
    var from = table.from[row], to = table.to[row];
    if (wish.from !== null || wish.to !== null) {
      if (from === null && to === null) return null;
      if (wish.from !== null && to !== null && to < wish.from) return null;
      if (wish.to !== null && from !== null && from > wish.to) return null;
    }
    if (wish.entities.some(function (local) { return local < 0 || !mentioned(table.entities[row], local); })) return null;
    if (wish.kind.length && wish.kind.indexOf(table.kind[row]) < 0) fails.push("kind");
    if (wish.source.length && (table.source[row] < 0 || wish.source.indexOf(table.source[row]) < 0)) fails.push("source");
    if (wish.year.length && !inYears(match.volume.years[row], wish.year)) fails.push("year");
    return fails.length > 1 ? null : fails[0] || "";
  }

  // The matches that pass, and how many there are of each value. Values of kind, source and year may be joined: theirs
  // are counted as if the facet had no choice; entities are counted in what is there.
  function faceted(found, state) {
    var counts = {}, passed = [], asked = new Map();
    FACETS.forEach(function (facet) { counts[facet] = new Map(); });
    volumes.forEach(function (volume) { asked.set(volume, wishes(volume, state)); });
    function count(facet, value) { counts[facet].set(value, (counts[facet].get(value) || 0) + 1); }
    found.forEach(function (match) {
      var table = match.volume.table, row = match.row;
      var fails = failing(match, asked.get(match.volume));
      if (fails === null) return;
      if (!fails || fails === "kind") count("kind", manifest.kinds[table.kind[row]]);
      if ((!fails || fails === "source") && table.source[row] >= 0) count("source", match.volume.values[table.source[row]].id);
      var years = match.volume.years[row];
      if ((!fails || fails === "year") && years) for (var at = years[0]; at <= years[1]; at++) count("year", String(at));
      if (fails) return;
      passed.push(match);
      var list = table.entities[row];
      for (at = 0; at < list.length; at += 2) count(match.volume.values[list[at]].facet, match.volume.values[list[at]].id);
    });
    return { passed: passed, counts: counts };
  }

  function label(facet, id) {
    var value = values.get(facet + "\0" + id);
    return value ? value.name : id;
  }

  // [value, label, count], the chosen among them even where nothing is left of them.
  function listed(counts, state) {
    var found = {};
    FACETS.forEach(function (facet) {
      state[facet].forEach(function (id) { if (!counts[facet].has(id)) counts[facet].set(id, 0); });
      var list = Array.from(counts[facet], function (one) { return [one[0], label(facet, one[0]), one[1]]; });
      list.sort(function (one, other) {
        if (facet === "kind") return manifest.kinds.indexOf(one[0]) - manifest.kinds.indexOf(other[0]);
        if (facet === "year") return one[0] - other[0];
        return other[2] - one[2] || order(folded(one[1]), folded(other[1])) || order(one[0], other[0]);
      });
      found[facet] = facet === "kind" || facet === "year" ? list : list.filter(function (one, at) {
        return at < VALUES || state[facet].indexOf(one[0]) >= 0;
      });
    });
    return found;
  }

  // What would be found without each choice.
  function without(found, state) {
    var offers = [];
    function offer(facet, value, name, change) {
      var total = faceted(found, Object.assign({}, state, change)).passed.length;
      if (total) offers.push({ facet: facet, value: value, label: name, total: total });
    }
    FACETS.forEach(function (facet) {
      state[facet].forEach(function (id) {
        var change = {};
        change[facet] = state[facet].filter(function (other) { return other !== id; });
        offer(facet, id, label(facet, id), change);
      });
    });
    ["from", "to"].forEach(function (end) {
      var change = {};
      change[end] = "";
      if (state[end]) offer(end, state[end], state[end], change);
    });
    return offers;
  }

  // ---- Order

  // Undated last; ties by date, the newest first, then by place in the index.
  function sorted(found, by) {
    function day(match) { return match.volume.table.from[match.row]; }
    function later(one, other) {
      var a = day(one), b = day(other);
      return a === b ? 0 : a === null ? 1 : b === null ? -1 : b - a;
    }
    function earlier(one, other) {
      return day(one) === null || day(other) === null ? later(one, other) : later(other, one);
    }
    var places = new Map(volumes.map(function (volume, number) { return [volume, number]; }));
    return found.sort(function (one, other) {
      var first = by === "date" ? earlier(one, other) : by === "-date" ? later(one, other) : 0;
      return first || (by === "relevance" ? other.first - one.first : 0) || other.score - one.score || later(one, other) ||
        places.get(one.volume) - places.get(other.volume) || one.row - other.row;
    });
  }

  // Where a name alone was typed, the page of what it names comes first. The index does not say which row that is: it
  // is among those of its kind that name it most often.
  async function ownFirst(found, asked) {
    var wanted = asked.filter(function (clause) { return !clause.not; });
    if (wanted.length !== 1) return;
    await Promise.all(wanted[0].entities.map(async function (entity) {
      var value = values.get(entity[1] + "\0" + entity[0]);
      var likely = found.filter(function (match) {
        match.times = mentioned(match.volume.table.entities[match.row], match.volume.values.indexOf(value));
        return match.times && manifest.kinds[match.volume.table.kind[match.row]] === entity[1];
      }).sort(function (one, other) { return other.times - one.times; }).slice(0, 5);
      (await Promise.all(likely.map(text))).forEach(function (doc, at) {
        if (doc.u === entity[4]) likely[at].first = 1;
      });
    }));
  }

  // ---- Results

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
    return text.split(/\s+/).some(function (one) { return word.includes(folded(one).replace(/ /g, "").slice(0, LETTERS)); });
  }

  // Which words of a document are hits: word number → the clauses that it belongs to. `all` are its words.
  function hits(match, doc, all, asked, state) {
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
        if (list && list.at[match.row]) list.at[match.row].forEach(function (at) {
          if (likely(all[at], word.text)) hit(at, which);
        });
      });
      clause.entities.forEach(function (entity) {
        var local = match.volume.values.indexOf(values.get(entity[1] + "\0" + entity[0]));
        if (local >= 0) mentions(local, which);
      });
    });
    if (!wanted.length) chosen(match.volume, state).forEach(mentions);
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
  var ABBREVIATION = /(?:^|[\s("“])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|St|No|Prof|Rev|vs|U\.S|U\.N|U\.K)\.\s*$/u;

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
    var kind = manifest.kinds[match.volume.table.kind[match.row]];
    var title = split(doc.t), offset = title.length, all = title.slice();
    var passages = doc.p.map(function (passage) {
      var words = split(passage[1]), range = [offset, offset + words.length];
      words.forEach(function (word) { all.push(word); });
      offset += words.length;
      range.words = words;
      range.passage = passage;
      return range;
    });
    var found = hits(match, doc, all, asked, state);
    var passage = best(passages.filter(function (range) { return range.words.length; }), found);
    var made = { kind: kind, title: runs(title, 0, 0, title.length, found, new Map()).map(function (run) {
      return [run.text, run.mark];
    }), byline: doc.b, date: doc.d, lang: doc.l, excerpt: [], more: 0, href: doc.u };
    if (passage) {
      made.excerpt = excerpt(passage, doc, found);
      made.more = Math.max(0, marked(found, title.length, offset) - made.excerpt.filter(function (run) { return run.mark; }).length);
    }
    made.href += address(passage && several(found, passage[0], passage[1]) ? passage.passage[0] || doc.f : doc.f,
      ENTITIES.indexOf(kind) < 0 ? made.excerpt : []);
    return made;
  }

  function excerpt(passage, doc, found) {
    var ranges = sentences(passage.passage[1], doc.l).map(function (range) {
      return [range[0] + passage[0], range[1] + passage[0]];
    });
    var sentence = best(ranges, found), shown = windowed(sentence, found), after = new Map();
    doc.c.forEach(function (correction) {
      var last = Math.min(correction[0] + correction[1], shown[1]) - 1;
      if (last < shown[0] || correction[0] >= shown[1]) return;
      after.set(last, (after.get(last) || []).concat({ number: correction[2], href: doc.u + "#" + correction[3] }));
    });
    var made = runs(passage.words, passage[0], shown[0], shown[1], found, after);
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

  // ---- Answers

  var STALE = { stale: true };
  var newest = new Map(); // of each size, as the box and the page of results ask

  async function search(n, state, size) {
    var began = performance.now();
    newest.set(size, n);
    function stale() { return newest.get(size) !== n; }
    var letters = Array.from(state.q), cut = letters.length > QUERY;
    var typed = clauses(letters.slice(0, QUERY).join(""));
    var names = withNames(typed);
    names.catch(function () {});
    await open();
    var asked = await names;
    var words = Array.prototype.concat.apply([], asked.map(function (clause) { return clause.words; }));
    if (stale()) throw STALE;
    await preload(words);
    for (var at = 0; at < words.length; at++) words[at].places = await places(words[at], stale);
    var found = asked.length || !letters.length ? matches(asked, state) : [];
    var counted = faceted(found, state), total = counted.passed.length;
    await ownFirst(counted.passed, asked);
    var page = Math.max(1, Math.min(state.page, Math.ceil(total / size)));
    var shown = sorted(counted.passed, state.sort).slice((page - 1) * size, page * size);
    var docs = await Promise.all(shown.map(text));
    var near = total ? [] : await close(asked);
    if (stale()) throw STALE;
    return {
      total: total,
      state: Object.assign({}, state, { page: page }),
      cut: cut,
      results: shown.map(function (match, number) { return result(match, docs[number], asked, state); }),
      facets: listed(counted.counts, state),
      expanded: await expanded(asked),
      near: near,
      without: total ? [] : without(found, state),
      read: read,
      took: Math.round(performance.now() - began)
    };
  }

  // Names that were searched in all their forms, with those that are at hand.
  async function expanded(asked) {
    var found = [];
    for (var clause of asked) {
      if (clause.not) continue;
      var typed = folded(clause.typed);
      for (var entity of clause.entities) {
        if (!values.has(entity[1] + "\0" + entity[0])) continue;
        var forms = new Map([[folded(entity[3]), entity[3]]]);
        for (var name of kept.keys()) {
          if (!name.startsWith(manifest.names.folder + "/")) continue;
          var part = await json(name);
          part.forms.forEach(function (entry) {
            var key = folded(entry[1]); // a form may be looked up under other letters too
            if (part.entities[entry[2]][0] === entity[0] && !forms.has(key)) forms.set(key, entry[1]);
          });
        }
        forms.delete(typed);
        found.push({ id: entity[0], kind: entity[1], name: entity[3], typed: clause.typed, forms: Array.from(forms.values()) });
      }
    }
    return found;
  }

  // Names close to what was typed: to all of it, else to each of its words.
  async function close(asked) {
    var wanted = asked.filter(function (clause) { return !clause.not; });
    var whole = wanted.map(function (clause) { return clause.typed; }).join(" ");
    var found = await suggested(whole, 5);
    for (var clause of found.length ? [] : wanted) {
      if (!clause.entities.length) found = found.concat(await suggested(clause.typed, 3));
    }
    return found.slice(0, 5);
  }

  function answer(n, work) {
    work.then(function (made) { postMessage(Object.assign({ n: n }, made)); }, function (error) {
      if (error === STALE) postMessage({ n: n, stale: true });
      else postMessage({ n: n, failed: String(error && error.message || error), missing: error && error.missing });
    });
  }

  self.onmessage = function (event) {
    var told = event.data;
    if (told.file) arrived(told.file, told.size, told.text);
    else if (told.missing) missing(told.missing);
    else if (told.do === "open") {
      manifest = told.manifest;
      script = told.script;
      open().catch(function () {}); // whoever searches is told
      answer(told.n, Promise.resolve({}));
    } else if (told.do === "search") answer(told.n, search(told.n, told.state, told.size));
    else if (told.do === "suggest") {
      answer(told.n, suggested(told.text, told.limit).then(function (names) { return { names: names }; }));
    }
  };
  self.aaEngine = { bytes: bytes, folded: folded }; // a test holds them against what Python does
})();
