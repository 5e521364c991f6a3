/* What the search page shows where nothing was found, or where the search cannot be loaded: ways on. */
(function () {
  "use strict";
  var box = window.aaSearchBox, facets = window.aaSearchFacets;
  if (!box || !facets) return;
  var make = box.make, number = box.number;
  var changed = facets.changed, link = facets.link, learn = facets.learn, toggled = facets.toggled;
  var ENDS = { from: "from", to: "until" };
  var WORD = /[^\p{P}\s]/u; // what the search takes for a word holds such a sign

  // `elsewhere` of an answer is how much the words would find if nothing were chosen.
  function draw(answer, state) {
    var made = make("div", "aa-nothing");
    if (state.q && !WORD.test(state.q)) {
      made.append(make("p", "aa-nothing__head", "Type a word, “a phrase” or a name"), onward(false));
      return made;
    }
    var elsewhere = answer.elsewhere > 0;
    var many = /\s/.test(state.q.trim()) ? "all of this: " : "";
    var what = (elsewhere ? "Nothing that is chosen holds " : "Nothing here holds ") + many;
    var head = make("p", "aa-nothing__head", state.q ? what : "Nothing fits all that is chosen");
    if (state.q) head.append(make("q", "", state.q));
    made.append(head);
    if (elsewhere || (!state.q && facets.words().length > 1)) {
      var ways = make("ul", "aa-nothing__ways");
      answer.without.forEach(function (way) {
        var item = make("li");
        var end = ENDS[way.facet];
        learn(way.facet, way.value, way.label);
        item.append(link("Without " + (end ? "“" + end + " " + way.value + "”" : facets.named(way.facet, way.value)),
          end ? changed(emptied(way.facet)) : toggled(way.facet, way.value)));
        item.append(" ", make("span", "aa-count", number(way.total, "result", "results")));
        ways.append(item);
      });
      if (elsewhere && facets.words().length > 1) {
        var all = make("li");
        var much = number(answer.elsewhere, "result", "results");
        all.append(link("Without any of these", facets.freed()), " ", make("span", "aa-count", much));
        ways.append(all);
      }
      made.append(ways);
    }
    made.append.apply(made, near(answer));
    if (!elsewhere) made.append(onward(Boolean(state.q)));
    return made;
  }

  function near(answer) {
    if (!answer.near || !answer.near.length) return [];
    var close = make("ul", "aa-nothing__near");
    answer.near.forEach(function (entity) {
      var item = make("li", "aa-" + entity.kind);
      var to = make("a", "", entity.name);
      to.href = entity.href;
      var about = [entity.form !== entity.name && entity.form, entity.type, entity.where].filter(Boolean).join(" · ");
      var line = make("p", "aa-hit__by", about + " · ");
      learn(entity.kind, entity.id, entity.name);
      var next = {};
      next[entity.kind] = [entity.id];
      line.append(link("what mentions it", next));
      item.append(make("span", "aa-sign"), to, line);
      close.append(item);
    });
    return [make("p", "aa-label", "Names that are close"), close];
  }

  // That a word stands nowhere and words that begin so were found in its place, and the names that are close to it.
  function instead(answer) {
    var made = make("div", "aa-nothing aa-instead");
    answer.instead.forEach(function (one) {
      var words = "No text holds “" + one.typed + "”; these hold words that begin with “" + one.held + "”.";
      made.append(make("p", "aa-note", words));
    });
    made.append.apply(made, near(answer));
    return made;
  }

  // Where to go from where there is nothing; `words`: they were searched for.
  function onward(words) {
    var made = make("div", "aa-onward");
    if (words) made.append(make("p", "", "That a word does not occur here does not mean that nobody said it."));
    var line = make("p");
    line.append(make("code", "", "“two words”"), " finds them one after the other, ", make("code", "", "word -other"),
      " the first without the second.");
    made.append(line, make("p", "aa-label", "Look it up"));
    made.append(lists());
    return made;
  }

  // The ways to all that can be searched, as they stand on the page before a search.
  function lists() {
    var made = document.querySelector(".aa-finder__lists ul").cloneNode(true);
    made.className = "aa-onward__lists";
    return made;
  }

  function emptied(facet) {
    var change = {};
    change[facet] = "";
    return change;
  }

  window.aaSearchNothing = { draw: draw, instead: instead, lists: lists };
})();
