/* The search itself: which documents match, which of them pass the facets, and their order. */
(function (own) {
  "use strict";
  var ENTITIES = ["place", "actor", "treaty", "event"]; // chosen values of these must all be there
  var FACETS = ["kind"].concat(ENTITIES, ["source", "year"]);
  var VALUES = 500; // values of a facet that are answered
  var DAY = 864e5;
  var volumes = own.volumes, values = own.values, folded = own.folded, order = own.order;

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
      var local = volume.values.indexOf(values.get(entity[1] + "\0" + entity[0]));
      if (local >= 0) byEntity(volume, local, score);
    });
    return score;
  }

  // A form inside the longer name of another ("Goris" in "Goris Brigade") is found, and counts for less.
  function byEntity(volume, local, score) {
    volume.entities.forEach(function (list, row) {
      var times = mentioned(list, local) + mentioned(volume.nested[row], local) * own.manifest.inside;
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
        for (var at = 0; at < wanted.length && wanted[at][row]; at++) {
          sum += wanted[at][row] / (wanted[at][row] + own.manifest.half);
        }
        if (at < wanted.length) continue;
        var weighs = own.manifest.weights[volume.table.kind[row]];
        found.push({ volume: volume, row: row, score: sum * weighs, first: 0 });
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
      var among = facet === "source" ? volume.sources : volume.values;
      return state[facet].map(function (id) { return among.indexOf(values.get(facet + "\0" + id)); });
    }
    return {
      kind: state.kind.map(function (kind) { return own.manifest.kinds.indexOf(kind); }),
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
    function lacks(local) { return local < 0 || !mentioned(match.volume.entities[row], local); }
    if (wish.entities.some(lacks)) return null;
    if (wish.kind.length && wish.kind.indexOf(table.kind[row]) < 0) fails.push("kind");
    var source = table.source[row];
    if (wish.source.length && (source < 0 || wish.source.indexOf(source) < 0)) fails.push("source");
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
      if (!fails || fails === "kind") count("kind", own.manifest.kinds[table.kind[row]]);
      var source = match.volume.sources[table.source[row]], years = match.volume.years[row], at;
      if ((!fails || fails === "source") && source) count("source", source.id);
      if ((!fails || fails === "year") && years) for (at = years[0]; at <= years[1]; at++) count("year", String(at));
      if (fails) return;
      passed.push(match);
      var list = own.named ? match.volume.entities[row] : [];
      for (at = 0; at < list.length; at += 2) {
        var value = match.volume.values[list[at]];
        count(value.facet, value.id);
      }
    });
    return { passed: passed, counts: counts };
  }

  function label(facet, id) {
    var value = values.get(facet + "\0" + id);
    return value ? value.name : id;
  }

  // [value, label, count], the chosen among them even where nothing is left of them. Entities are left out until it is
  // known who names them.
  function listed(counts, state) {
    var found = {};
    FACETS.forEach(function (facet) {
      if (!own.named && ENTITIES.indexOf(facet) >= 0) return;
      state[facet].forEach(function (id) { if (!counts[facet].has(id)) counts[facet].set(id, 0); });
      var list = Array.from(counts[facet], function (one) { return [one[0], label(facet, one[0]), one[1]]; });
      list.sort(function (one, other) {
        if (facet === "kind") return own.manifest.kinds.indexOf(one[0]) - own.manifest.kinds.indexOf(other[0]);
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
      return first || (by === "relevance" ? other.first - one.first : 0) || other.score - one.score ||
        later(one, other) || places.get(one.volume) - places.get(other.volume) || one.row - other.row;
    });
  }

  // Where a name alone was typed, the page of what it names comes first.
  function ownFirst(found, asked) {
    var wanted = asked.filter(function (clause) { return !clause.not; });
    if (wanted.length !== 1) return;
    wanted[0].entities.forEach(function (entity) {
      var value = values.get(entity[1] + "\0" + entity[0]);
      volumes.forEach(function (volume) {
        var row = volume.own.get(volume.values.indexOf(value));
        found.forEach(function (match) { if (match.volume === volume && match.row === row) match.first = 1; });
      });
    });
  }

  own.ENTITIES = ENTITIES;
  own.matches = matches;
  own.chosen = chosen;
  own.faceted = faceted;
  own.listed = listed;
  own.without = without;
  own.sorted = sorted;
  own.ownFirst = ownFirst;
})(self.aaEngine = self.aaEngine || {});
