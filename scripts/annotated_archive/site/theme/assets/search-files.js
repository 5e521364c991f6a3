/* The search itself, in a worker: its files. Pagefind's script stands before this one, and the scripts search-query.js,
   search-index.js, search-matching.js, search-results.js and search-engine.js behind it, all in one file. Where an
   archive has volumes in several languages, Pagefind's is run once more for each of its programs: this comment parts it
   from ours. Here the page, which alone may load scripts from a folder, is asked for files. */
(function (own) {
  "use strict";
  var SPECIAL = [0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff];
  var asked = new Map();
  own.read = 0; // bytes

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
    own.read += 2 * text.length;
    if (asked.has(name)) asked.get(name).ok(bytes(text, size));
  }

  function missing(name) {
    if (asked.has(name)) asked.get(name).no(new Unread(name, false));
  }

  // Of a file that did not come, or came damaged. The page finds the words.
  function Unread(name, damaged) {
    this.missing = name;
    this.damaged = damaged;
    this.message = "A file of the search could not be read: " + name;
  }

  // What a compressed file holds, "json" or an "arrayBuffer".
  function inflated(name, as) {
    return file(name).then(function (data) {
      asked.delete(name);
      var plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(plain)[as]().catch(function () { throw new Unread(name, true); });
    });
  }

  var kept = new Map(); // by name, the promise of a file of JSON

  function json(name) {
    if (!kept.has(name)) kept.set(name, inflated(name, "json"));
    return kept.get(name);
  }

  own.kept = kept;
  own.file = file;
  own.bytes = bytes;
  own.arrived = arrived;
  own.missing = missing;
  own.inflated = inflated;
  own.json = json;
})(self.aaEngine = self.aaEngine || {});
