/* The page's half of the search: starts the worker that searches (assets/search-engine.js), and hands it the files that
   it asks for. They are scripts, the one thing that a page opened from a folder may load. */
(function () {
  "use strict";
  if (window.aaSearch) return;
  var LISTS = ["kind", "place", "actor", "treaty", "event", "source", "year"];
  var SORTS = ["relevance", "date", "-date"];
  var MARK = "/* The search itself"; // where the engine's own script begins, behind Pagefind's
  var MOST = 50; // values of a facet in an address
  var LONG = 1000, VALUE = 200, PAGES = 1e6; // the longest query and value, and the last page, of an address
  var PATIENCE = 60000, SILENCE = 20000; // milliseconds for one file, and for the first word of the worker
  var FORMAT = 5; // of the files, as search/write.py says it
  var SPECIAL = [0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff];
  var holder = document.querySelector("[data-aa-root]");
  var root = (holder && holder.getAttribute("data-aa-root")) || "";
  var web = /^http/.test(location.protocol);

  // The state of a search, and its address ----------------------------------------------------------------------------

  function wellFormed(text) {
    return String(text).replace(/\p{Cs}/gu, "\ufffd");
  }

  function day(text) {
    var parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text || "");
    var date = parts && new Date(text + "T00:00:00Z");
    return date && !isNaN(date) && date.toISOString().slice(0, 10) === text ? text : "";
  }

  // Whatever was given as a state, in the form of one.
  function clean(given) {
    given = given || {};
    var made = { q: wellFormed(given.q || "").slice(0, LONG) };
    LISTS.forEach(function (facet) {
      var values = [].concat(given[facet] || []).map(wellFormed).filter(function (value) {
        return value && value.length <= VALUE && (facet !== "year" || /^-?\d{1,4}$/.test(value));
      });
      made[facet] = Array.from(new Set(values)).slice(0, MOST);
    });
    made.from = day(given.from);
    made.to = day(given.to);
    made.sort = SORTS.indexOf(given.sort) < 0 ? "relevance" : given.sort;
    var page = Number(given.page);
    made.page = page >= 1 && page <= PAGES ? Math.floor(page) : 1;
    return made;
  }

  function decoded(text) {
    text = text.replace(/\+/g, " ");
    try { return decodeURIComponent(text); } catch (error) { return text; } // a percent sign by itself
  }

  function parse(hash) {
    var given = Object.create(null);
    String(hash || "").replace(/^#/, "").split("&").slice(0, 1000).forEach(function (part) {
      var at = part.indexOf("=");
      var key = part.slice(0, Math.max(at, 0)), value = decoded(part.slice(at + 1));
      if (LISTS.indexOf(key) >= 0) (given[key] = given[key] || []).push(value);
      else if (key && !(key in given)) given[key] = value;
    });
    return clean(given);
  }

  function write(given) {
    var state = clean(given), parts = [];
    function put(key, value) {
      if (value) parts.push(key + "=" + encodeURIComponent(value).replace(/%20/g, "+"));
    }
    put("q", state.q);
    LISTS.forEach(function (facet) { state[facet].forEach(function (value) { put(facet, value); }); });
    put("from", state.from);
    put("to", state.to);
    if (state.sort !== "relevance") put("sort", state.sort);
    if (state.page > 1) put("page", String(state.page));
    return "#" + parts.join("&");
  }

  // Files -------------------------------------------------------------------------------------------------------------

  var expected = Object.create(null); // by name, who waits: {done(size, text), gone()}

  window.aaData = function (name, size, text) {
    var wait = expected[name];
    delete expected[name];
    if (wait) wait.done(size, text);
  };

  // Load a file; exactly one of `done` and `gone` is called.
  function load(name, done, gone, fresh) {
    var element = document.createElement("script");
    var timer = setTimeout(lost, PATIENCE);
    function lost() {
      settle();
      if (expected[name] !== wait) return;
      delete expected[name];
      gone();
    }
    function settle() {
      clearTimeout(timer);
      element.remove();
    }
    var wait = expected[name] = { done: done, gone: lost };
    element.onload = lost; // a script that ran has handed over by now
    element.onerror = lost;
    element.src = root + "assets/search/" + name + ".js" + (fresh ? "?" + Date.now() : "");
    document.head.append(element);
  }

  function unread(name, damaged) {
    return Object.assign(new Error(), { missing: name, damaged: damaged });
  }

  // The two files that the page itself must read: the manifest, and the engine.
  function text(name, fresh) {
    return new Promise(function (ok, no) {
      load(name, read, function () { no(unread(name, false)); }, fresh);
      function read(size, units) {
        var data = new Uint16Array((size + 1) >> 1);
        for (var at = 0, to = 0; at < units.length; at++, to++) {
          var unit = units.charCodeAt(at);
          if (unit === 1) {
            unit = units.charCodeAt(++at);
            unit = unit < 0x4010 ? SPECIAL[unit - 0x4000] : unit - 0x4010 + 0xd800;
          }
          data[to] = unit;
        }
        var zipped = new Blob([new Uint8Array(data.buffer, 0, size)]).stream();
        new Response(zipped.pipeThrough(new DecompressionStream("gzip"))).text().then(ok, function () {
          no(unread(name, true));
        });
      }
    });
  }

  // The worker --------------------------------------------------------------------------------------------------------

  var starting = null; // the promise of a worker
  var asked = 0;
  var newest = {}; // question of each size: the box and the page of results ask for different ones

  function start(fresh) {
    if (!window.Worker || !window.WebAssembly || !window.DecompressionStream) {
      return Promise.reject(new Error("This browser is too old for the search of this site."));
    }
    return text("manifest", fresh).then(function (manifest) {
      try { manifest = JSON.parse(manifest); } catch (error) { throw unread("manifest", true); }
      if (manifest.format !== FORMAT) {
        throw new Error("The search of this site is of another version than this page. Load the page again.");
      }
      return text(manifest.engine).then(function (engine) { return worker(manifest, engine); });
    });
  }

  function worker(manifest, engine) {
    var address = URL.createObjectURL(new Blob([engine], { type: "text/javascript" }));
    var made = new Worker(address);
    var waiting = new Map();
    var running = { ask: ask, end: end };
    function ask(what) {
      return new Promise(function (ok, no) {
        what.n = ++asked;
        waiting.set(what.n, { ok: ok, no: no });
        made.postMessage(what);
      });
    }
    function end(error) {
      made.terminate();
      URL.revokeObjectURL(address);
      waiting.forEach(function (wait) { wait.no(error); });
      waiting.clear();
    }
    made.onerror = function (event) {
      event.preventDefault();
      end(new Error("The search stopped: " + (event.message || "its worker could not be started") + "."));
    };
    made.onmessage = function (event) {
      var told = event.data;
      if (told.need) {
        load(told.need, function (size, units) {
          made.postMessage({ file: told.need, size: size, text: units });
        }, function () { made.postMessage({ missing: told.need }); });
        return;
      }
      var wait = waiting.get(told.n);
      waiting.delete(told.n);
      if (!wait || told.stale) return; // a newer question of the same kind is answered in its place
      if (!told.failed) return wait.ok(told);
      var error = new Error(told.failed);
      error.missing = told.missing;
      error.damaged = told.damaged;
      wait.no(error);
    };
    var silence = setTimeout(function () {
      end(new Error("The search does not answer: its program may be damaged. Load the page again."));
    }, SILENCE);
    var script = engine.slice(0, engine.indexOf(MARK));
    return running.ask({ do: "open", manifest: manifest, script: script }).finally(function () {
      clearTimeout(silence);
    }).then(function () { return running; }, function (error) {
      end(error);
      throw error;
    });
  }

  // Nothing is loaded before this. What failed is not kept: the next question starts anew.
  function open(fresh) {
    if (starting) return starting;
    var mine = starting = start(fresh);
    mine.catch(function () { if (starting === mine) starting = null; });
    return mine;
  }

  // A site may be published anew while a page of it is open, and then its old files are gone. On the web the list of
  // them is read once more, past every cache; what fails again is told.
  function ask(what, again) {
    var mine = open(again);
    return mine.then(function (running) {
      return running.ask(Object.assign({}, what)).catch(function (error) {
        if (starting === mine) starting = null;
        running.end(error);
        throw error;
      });
    }).catch(function (error) {
      if (web && !again && error.missing !== undefined) return ask(what, true);
      throw error.missing === undefined ? error : reason(error);
    });
  }

  function reason(error) {
    var what = "A file of the search is " + (error.damaged ? "damaged " : "missing ");
    if (web) return new Error(what + "on this site. Load the page again.");
    var folder = error.damaged ? "in this folder" : "from this folder";
    return new Error(what + folder + ": assets/search/" + error.missing + ".js");
  }

  function rooted(answer) {
    answer.results.forEach(function (result) {
      result.href = root + result.href;
      result.title.concat(result.excerpt).forEach(function (piece) {
        var correction = piece.correction || piece[2];
        if (correction) correction.href = root + correction.href;
      });
    });
    answer.near.forEach(near);
    return answer;
  }

  function near(entity) {
    entity.href = root + entity.href;
  }

  window.aaSearch = {
    // Loads what a search needs, ahead of the first question.
    open: function () { return open(false).then(function () {}); },
    // A question that a newer one of the same size has overtaken is left without an answer. An answer that is not
    // `whole` came sooner, without the facets of entities or names from afar; asked as `whole`, it has them.
    search: function (state, size, whole) {
      size = Math.max(1, Math.min(size || 20, 100));
      var mine = newest[size] = {};
      return ask({ do: "search", state: clean(state), size: size, whole: whole === true }).then(function (answer) {
        return newest[size] === mine ? rooted(answer) : new Promise(function () {});
      });
    },
    suggest: function (text, limit) {
      return ask({ do: "suggest", text: wellFormed(text).slice(0, LONG), limit: limit || 8 }).then(function (answer) {
        answer.names.forEach(near);
        return answer.names;
      });
    },
    parse: parse,
    write: write,
    ready: true,
  };
})();
