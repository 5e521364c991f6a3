/* The search itself: questions, and their answers. */
(function (own) {
  "use strict";
  var QUERY = 400; // characters of a query that are searched for
  var STALE = own.STALE, values = own.values, folded = own.folded;
  var newest = new Map(); // of each size, as the box and the page of results ask

  // Who does not ask for the `whole` answer gets results as soon as there are any: without the facets of entities and
  // names from afar, if these are still to be read.
  async function search(n, state, size, whole) {
    var began = performance.now();
    newest.set(size, n);
    function stale() { return newest.get(size) !== n; }
    var letters = Array.from(state.q), cut = letters.length > QUERY;
    var typed = own.clauses(letters.slice(0, QUERY).join(""));
    var names = own.withNames(typed);
    names.catch(function () {});
    await own.open();
    var asked = await names;
    var words = Array.prototype.concat.apply([], asked.map(function (clause) { return clause.words; }));
    if (stale()) throw STALE;
    var chosen = own.ENTITIES.some(function (facet) { return state[facet].length; });
    var named = asked.some(function (clause) { return clause.entities.length; });
    if (whole || chosen || named) own.names();
    await own.preload(words);
    for (var at = 0; at < words.length; at++) words[at].places = await own.places(words[at], stale);
    var instead = settled(asked);
    named = asked.some(function (clause) { return clause.entities.length; });
    if (whole || chosen || named) await own.names();
    var found = asked.length || !letters.length ? own.matches(asked, state) : [];
    var counted = own.faceted(found, state), total = counted.passed.length;
    own.ownFirst(counted.passed, asked);
    var page = Math.max(1, Math.min(state.page, Math.ceil(total / size)));
    var shown = own.sorted(counted.passed, state.sort).slice((page - 1) * size, page * size);
    var docs = await Promise.all(shown.map(own.text));
    var near = found.length && !instead.length ? [] : await close(found.length ? instead : asked, whole);
    if (stale()) throw STALE;
    return {
      total: total,
      state: Object.assign({}, state, { page: page }),
      cut: cut,
      results: shown.map(function (match, number) { return own.result(match, docs[number], asked, state); }),
      facets: own.listed(counted.counts, state),
      expanded: await expanded(asked),
      instead: instead.map(function (clause) { return { typed: clause.typed, held: clause.words[0].places.held }; }),
      near: near,
      without: total ? [] : own.without(found, state),
      whole: Boolean(found.length && !instead.length ? own.named : whole),
      read: own.read,
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
        var forms = await own.forms(entity);
        forms.delete(typed);
        var others = Array.from(forms.values());
        found.push({ id: entity[0], kind: entity[1], name: entity[3], typed: clause.typed, forms: others });
      }
    }
    return found;
  }

  // A guessed name counts where no text has the letters that were typed. Answered are the clauses for which the
  // beginnings of other words were found in their place.
  function settled(asked) {
    asked.forEach(function (clause) {
      var stands = clause.words.every(function (word) { return !word.places.held && word.places.some(Boolean); });
      if (!stands) clause.entities = clause.entities.concat(clause.guessed);
    });
    return asked.filter(function (clause) {
      return !clause.not && !clause.entities.length && clause.words.length === 1 && clause.words[0].places.held;
    });
  }

  // Names close to what was typed: to all of it, else to each of its words.
  async function close(asked, all) {
    var wanted = asked.filter(function (clause) { return !clause.not; });
    var whole = wanted.map(function (clause) { return clause.typed; }).join(" ");
    var found = await own.suggested(whole, 5, all);
    for (var clause of found.length ? [] : wanted) {
      if (!clause.entities.length) found = found.concat(await own.suggested(clause.typed, 3, all));
    }
    return found.slice(0, 5);
  }

  function answer(n, work) {
    work.then(function (made) { postMessage(Object.assign({ n: n }, made)); }, function (error) {
      if (error === STALE) postMessage({ n: n, stale: true });
      else {
        error = error || {};
        postMessage({ n: n, failed: String(error.message || error), missing: error.missing, damaged: error.damaged });
      }
    });
  }

  self.onmessage = function (event) {
    var told = event.data;
    if (told.file) own.arrived(told.file, told.size, told.text);
    else if (told.missing) own.missing(told.missing);
    else if (told.do === "open") {
      own.manifest = told.manifest;
      own.script = told.script;
      own.open().catch(function () {}); // whoever searches is told
      answer(told.n, Promise.resolve({}));
    } else if (told.do === "search") answer(told.n, search(told.n, told.state, told.size, told.whole));
    else if (told.do === "suggest") {
      answer(told.n, own.suggested(told.text, told.limit, true).then(function (names) { return { names: names }; }));
    }
  };
})(self.aaEngine = self.aaEngine || {});
