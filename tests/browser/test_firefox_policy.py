"""The Firefox of the tests holds files apart as a reader's does: without that, what it shows would mean nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotated_archive.search.coding import script

if TYPE_CHECKING:
    from firefox import FirefoxPage

pytestmark = pytest.mark.browser
pytest_plugins = ("firefox",)

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Իմ էջ</title>
<script>
  window.ran = [];
  window.aaData = function (name, size, units) { window.data = [name, size, units]; };
  addEventListener("keydown", function (e) { ran.push(e.ctrlKey ? "Control " + e.key : e.key); });
</script>
<script src="classic.js"></script>
<script type="module" src="module.js"></script>
<p><input id="field"> <button onclick="ran.push('clicked')">B</button></p>
"""

# What a script of search data stands for, as the page's scripts read it (search/coding.py).
BYTES = """(async () => {
  await new Promise((done, failed) => {
    const tag = document.createElement("script");
    [tag.src, tag.onload, tag.onerror] = ["data.js", done, failed];
    document.head.append(tag);
  });
  const [name, size, units] = data, out = new Uint16Array((size + 1) >> 1);
  const special = [0, 1, 10, 13, 34, 92, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff];
  for (let i = 0, j = 0; i < units.length; i++) {
    let unit = units.charCodeAt(i);
    if (unit === 1) {
      unit = units.charCodeAt(++i);
      unit = unit < 0x4010 ? special[unit - 0x4000] : unit - 0x4010 + 0xd800;
    }
    out[j++] = unit;
  }
  return [name, Array.from(new Uint8Array(out.buffer, 0, size))];
})()"""

WORKER = """new Promise((done, failed) => {
  const source = "onmessage = e => postMessage(e.data * 2)";
  const worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  worker.onmessage = e => done(e.data);
  worker.onerror = failed;
  worker.postMessage(21);
})"""


def every_unit() -> bytes:
    """Every UTF-16 code unit once in order and once shuffled, and an odd byte at the end."""
    units = [unit.to_bytes(2, "little") for unit in range(0x10000)]
    shuffled = sorted(units, key=lambda unit: hashlib.sha256(unit).digest())
    return b"".join(units + shuffled) + b"\r"


@pytest.fixture
def opened(firefox_page: FirefoxPage, tmp_path: Path) -> FirefoxPage:
    """A page opened from a folder whose name has spaces and letters of another script."""
    folder = tmp_path / "իմ արխիվ 2022 %20#?"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "other.html").write_text("<title>Other</title>", "utf-8")
    (folder / "classic.js").write_text('ran.push("classic");\n', "utf-8")
    (folder / "module.js").write_text('ran.push("module");\n', "utf-8")
    (folder / "data.js").write_bytes(script("some/name", every_unit()))
    firefox_page.goto((folder / "page.html").as_uri())
    return firefox_page


def test_a_file_may_not_read_its_neighbours(opened: FirefoxPage) -> None:
    assert opened.eval("document.title") == "Իմ էջ"
    refused = 'fetch("classic.js").then(() => "read", error => error.name)'
    assert opened.eval(refused) == "TypeError"
    asked = """new Promise(done => {
      const request = new XMLHttpRequest();
      [request.onload, request.onerror] = [() => done("read"), () => done("refused")];
      request.open("GET", "classic.js");
      request.send();
    })"""
    assert opened.eval(asked) == "refused"
    frame = """new Promise(done => {
      const frame = document.createElement("iframe");
      frame.onload = () => done(frame.contentDocument === null ? "closed" : "open");
      frame.src = "other.html";
      document.body.append(frame);
    })"""
    assert opened.eval(frame) == "closed"


def test_scripts_that_are_modules_or_workers_of_their_own_are_refused(opened: FirefoxPage) -> None:
    assert opened.eval("ran") == ["classic"]
    assert opened.eval('import("./module.js").then(() => "read", error => error.name)') == "TypeError"
    worker = """new Promise(done => {
      try { new Worker("classic.js").onerror = () => done("refused"); } catch (error) { done(error.name); }
    })"""
    assert opened.eval(worker) in ("refused", "SecurityError")


def test_a_worker_made_from_a_blob_runs(opened: FirefoxPage) -> None:
    assert opened.eval(WORKER) == 42


def test_a_script_of_data_hands_over_its_bytes(opened: FirefoxPage) -> None:
    assert opened.eval(BYTES) == ["some/name", list(every_unit())]


def test_the_driver_types_clicks_and_hears(opened: FirefoxPage) -> None:
    opened.type("#field", "Գորիս é")
    assert opened.eval("document.querySelector('#field').value") == "Գորիս é"
    opened.eval("ran.splice(0)")
    opened.press("Control+q")
    opened.press("+")
    opened.press("ArrowDown")
    opened.click("button")
    assert opened.eval("ran") == ["Control Control", "Control q", "+", "ArrowDown", "clicked"]
    opened.eval("void (location.hash = '#ա')")
    opened.wait("decodeURIComponent(location.hash) === '#ա'")
    opened.back()
    opened.wait("location.hash === ''")
    with pytest.raises(AssertionError, match="no such thing"):
        opened.eval('(() => { throw new Error("no such thing") })()')


def test_the_driver_hears_whatever_goes_wrong(opened: FirefoxPage) -> None:
    before = len(opened.console)
    opened.eval("""new Promise(done => {
      console.error("said", 1);
      console.log("not an error");
      document.body.append(Object.assign(document.createElement("script"), {src: "none.js", onerror: () => done()}));
    })""")
    opened.eval("void Promise.reject(new Error('promised'))")
    opened.eval("new Promise(done => setTimeout(() => { done(); throw new Error('late'); }))")
    opened.eval(WORKER.replace("postMessage(e.data * 2)", "{ postMessage(1); throw new Error('inside'); }"))
    opened.eval(WORKER)
    assert opened.console[before:] == [
        "error: said 1", "error: not loaded: none.js", "error: Error: promised", "error: Error: late",
        "error: Error: inside",
    ]  # fmt: skip


def test_no_other_machine_is_reached(opened: FirefoxPage) -> None:
    asked = 'fetch("http://site.example/", {mode: "no-cors"}).then(() => "read", error => error.name)'
    assert opened.eval(asked) == "TypeError"
    assert opened.requests == ["http://site.example/"]
