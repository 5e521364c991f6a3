/* The search itself: the volumes of the index, in which Pagefind finds where a word stands. */
(function (own) {
  "use strict";
  var SPAN = 5; // years over which a date may reach to be counted under each
  var KEPT = 24; // words whose places are remembered
  var EXACT = 0.88; // the least share of its weight with which Pagefind scores a word found whole, not as a beginning
  var DAY = 864e5;
  var LETTERS = own.LETTERS, file = own.file, json = own.json;

  var STALE = { stale: true };
  var volumes = [];
  var values = new Map(); // by facet and id: {facet, id, name, rows: how many documents name it}
  var opened = null, named = null;

  // Pagefind asks for its files as if they lay under /pf/VOLUME/. It goes on without a part that did not come, so that
  // the failure is kept beside the volume.
  self.fetch = function (address) {
    var path = /\/pf\/(\d+)\/([^?]*)/.exec(String(address));
    var volume = volumes[path[1]], of = volume.is, what = path[2], name;
    if (what === "pagefind-entry.json") {
      var languages = {};
      languages[of.language] = { hash: of.meta, wasm: of.wasm, page_count: of.pages };
      var entry = { version: own.manifest.pagefind, languages: languages };
      entry.include_characters = own.manifest.include_characters;
      return Promise.resolve({ ok: true, json: function () { return Promise.resolve(entry); } });
    }
    var chunk = /^index\/(.*)\.pf_index$/.exec(what);
    name = chunk ? of.index + "/" + chunk[1] : /pf_meta$/.test(what) ? of.index + "/meta" : own.manifest.wasm[of.wasm];
    // Pagefind leaves as it is what is no longer compressed, and would take four times as long for it.
    return own.inflated(name, "arrayBuffer").then(function (data) {
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
    var made = new Function(own.script + "\nreturn { Instance: PagefindInstance, backend: wasm_bindgen };")();
    overhear(made.backend);
    return made;
  }

  function open() {
    if (!opened) opened = opening();
    return opened;
  }

  async function opening() {
    own.manifest.volumes.forEach(function (is) { volumes.push({ is: is, chunks: [], words: [], failed: null }); });
    // All files at once; the promises are those for which Pagefind asks below.
    volumes.forEach(function (volume) {
      [volume.is.index + "/meta", own.manifest.wasm[volume.is.wasm]].forEach(file);
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

  function value(id, facet, name) {
    var key = facet + "\0" + id;
    if (!values.has(key)) values.set(key, { facet: facet, id: id, name: name, rows: 0 });
    return values.get(key);
  }

  // Which entities documents name. Most searches find without it; facets and names need it.
  function names() {
    if (!named) {
      named = Promise.all(volumes.map(async function (volume) {
        var read = await json(volume.is.data + "/names");
        volume.values = read.values.map(function (one) { return value(one[0], one[1], one[2]); });
        volume.entities = read.entities;
        volume.nested = read.nested;
        volume.own = new Map();
        for (var pair = 0; pair < read.own.length; pair += 2) volume.own.set(read.own[pair], read.own[pair + 1]);
        read.entities.forEach(function (list) {
          for (var at = 0; at < list.length; at += 2) volume.values[list[at]].rows++;
        });
      })).then(function () { own.named = true; });
      named.catch(function () {}); // whoever asked is told
    }
    return named;
  }

  function columns(volume, table) {
    volume.table = table;
    volume.rows = table.kind.length;
    volume.sources = table.sources.map(function (source) { return value(source[0], "source", source[1]); });
    volume.years = table.from.map(function (from, row) {
      var to = table.to[row];
      if (from === null || to === null) return null;
      var years = [year(from), year(to)];
      return years[1] - years[0] < SPAN ? years : null;
    });
  }

  // ---- The places of words

  // As search/telling.py writes the words of the index.
  var JOIN = "\ua4f8";
  var STATES = /(?<![0-9A-Za-z.])(?:U\.S|US)(?:\.(?![0-9A-Za-z])|(?![0-9A-Za-z.]))(?:['’]s(?![0-9A-Za-z]))?/g;
  var THOUSANDS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
  var DECIMAL = /(?<![0-9])(?<![0-9][.,:·])([0-9]+)[.,:·]([0-9]+)(?![0-9]|[.,:·][0-9])/g;
  var BETWEEN = /(?<=[0-9])[!-/:-@\[-`{-~°·×\u2010-\u2027\u2030-\u205e\u2212]+(?=[0-9])/g;

  function toldApart(text) {
    return text.replace(STATES, "U" + JOIN + "S").replace(THOUSANDS, "").replace(DECIMAL, "$1" + JOIN + "$2")
      .replace(BETWEEN, "-" + JOIN + JOIN + "-");
  }

  function term(word) {
    var text = toldApart(word.text);
    return word.phrase || Array.from(text).length < LETTERS ? '"' + text + '"' : text;
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
  // nowhere as it is may be the beginning of others; `held` is then what those have of it.
  async function places(word, stale) {
    var query = term(word), found = [];
    for (var number = 0; number < volumes.length; number++) found.push(await within(volumes[number], query, stale));
    if (found.some(function (one) { return one.exact; })) {
      return found.map(function (one) { return one.exact; });
    }
    var held = "";
    var others = found.map(function (one, number) {
      var has = one.begun ? begun(volumes[number], one.term) : "";
      if (has.length > held.length) held = has;
      return has ? one.begun : null;
    });
    others.held = held;
    return others;
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
    var asIs = query[0] === '"' || /[0-9]/.test(query); // a number begins no other
    var begun = exact || asIs ? null : gathered(volume, said.results, false);
    return { exact: exact, begun: begun, term: said.term };
  }

  function gathered(volume, results, exact) {
    var found = { score: new Float32Array(volume.rows), at: [], any: false };
    results.forEach(function (result) {
      var row = Number(result.p), at = []; // a page is called by its row
      if (row >= volume.rows) return;
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

  // Where no word begins with what was typed, Pagefind finds the longest word with which that begins: "warn" for
  // "warni", which is on its way to be "warning", but also "k" for "kedabek", which nobody typed. The words in the
  // parts that it read say which it was: what was found is the text, or the longest word with which it begins, or "".
  function begun(volume, text) {
    while (volume.words.length < volume.chunks.length) volume.words.push(words(volume.chunks[volume.words.length]));
    var found = "";
    for (var list of volume.words) {
      for (var word of list) {
        if (word.startsWith(text)) return text;
        if (word.length > found.length && text.startsWith(word) && ending(word, text)) found = word;
      }
    }
    return found;
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

  own.toldApart = toldApart;
  own.volumes = volumes;
  own.values = values;
  own.open = open;
  own.names = names;
  own.preload = preload;
  own.places = places;
  own.STALE = STALE;
})(self.aaEngine = self.aaEngine || {});
