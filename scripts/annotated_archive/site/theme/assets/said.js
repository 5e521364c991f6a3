// What had been reported by a moment: figures told later are set back, and the figure that stood then is marked.
(function () {
  "use strict";
  var control = document.querySelector(".aa-asof");
  if (!control) return;
  var range = control.querySelector("input");
  var output = control.querySelector("output");
  var moments = Array.prototype.map.call(control.querySelectorAll("li"), function (item) {
    return { at: item.getAttribute("data-at"), words: item.textContent };
  });
  var rows = Array.prototype.slice.call(document.querySelectorAll("tr.figure"));
  var KEY = "as-of=";

  function all(selector, run) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), run);
  }

  // What has no moment was told at a time that nobody recorded: it is later than every moment.
  function later(element, at) {
    var own = element.getAttribute("data-at");
    return at !== "" && (!own || own > at);
  }

  // `at` is a moment such as 2022-09-13T20:00; empty for all that is known.
  function show(at) {
    var told = 0;
    rows.forEach(function (row) {
      var until = row.getAttribute("data-until");
      var after = later(row, at);
      var stood = !!at && !after && (!until || until > at);
      row.classList.toggle("later", after);
      row.classList.toggle("standing", stood);
      row.querySelector(".state").textContent =
        !at ? "" : after ? "reported later" : stood ? "standing then" : "replaced by then";
      told += !after;
    });
    all(".aa-moved .point, .aa-moved .step", function (mark) { mark.classList.toggle("later", later(mark, at)); });
    all(".aa-moved > svg", function (chart) {
      var now = chart.querySelector(".now");
      var x = null;
      Array.prototype.forEach.call(chart.querySelectorAll(".tick"), function (tick) {
        if (at && !later(tick, at)) x = tick.getAttribute("data-x");
      });
      now.setAttribute("visibility", x === null ? "hidden" : "visible");
      if (x !== null) now.setAttribute("transform", "translate(" + x + " 0)");
    });
    var index = 0;
    while (index < moments.length && (!at || moments[index].at <= at)) index += 1;
    range.value = at ? Math.max(index - 1, 0) : moments.length;
    var listed = at && moments.filter(function (moment) { return moment.at === at; })[0];
    var name = !at ? "everything reported so far" : listed ? listed.words : at.replace("T", ", ");
    range.setAttribute("aria-valuetext", name);
    output.textContent = at ? name + ": " + told + " of " + rows.length + " figures had been reported" : name;
    control.classList.toggle("on", !!at);
    control.querySelector("[data-step='-1']").disabled = at && +range.value === 0;
    control.querySelector("[data-step='1']").disabled = !at;
  }

  function chosen() {
    var moment = moments[+range.value];
    return moment ? moment.at : "";
  }

  function fromAddress() {
    var hash = location.hash.slice(1).replace(/%3A/gi, ":");
    var at = hash.indexOf(KEY) === 0 ? hash.slice(KEY.length) : "";
    // A day alone means its end; seconds and a zone are not part of a moment here, which is in local time.
    var parts = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d)?$/.exec(at);
    show(parts ? parts[1] + (parts[2] || "T23:59") : "");
    if (!parts && at && at !== "all") output.textContent += " (the address names no moment that this page can read)";
  }

  function go() {
    location.hash = KEY + (chosen() || "all");
  }

  range.addEventListener("input", function () { show(chosen()); });
  range.addEventListener("change", go);
  control.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    range.value = button.classList.contains("all") ? moments.length : +range.value + +button.getAttribute("data-step");
    go();
  });
  window.addEventListener("hashchange", fromAddress);
  control.hidden = false;
  fromAddress();
})();
