"""The system's Firefox with the policy for files that readers have, driven over WebDriver BiDi.

Playwright brings a Firefox of its own, and any automated Firefox lets files read their neighbours: what works there
says nothing about a reader who opened a folder. So the Firefox of the system is started as a reader would start it,
and talked to over the protocol that it speaks itself. It reaches this machine only.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

PATIENCE = 30
"""Seconds to wait for the browser, and for one answer of it: many times what a busy machine needs."""
WIDE = {"width": 1440, "height": 900}

# The first two keep the policy for files what it is for readers; a program that drives Firefox relaxes it otherwise.
# With a proxy that is none and no look-ups, every other machine is out of reach, for Firefox's own errands too; most of
# the rest spares it trying.
SETTINGS: dict[str, bool | int | str] = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.failover_direct": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disabled": True,
    "network.prefetch-next": False,
    "network.trr.mode": 5,
    "app.normandy.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    # Keys and clicks count from the first moment of a page, not only once a person could have meant them.
    "dom.input_events.security.minNumTicks": 0,
    "dom.input_events.security.minTimeElapsedInMS": 0,
}

# The keys that are no character, as WebDriver writes them.
KEYS = {
    "Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009", "Alt": "\ue00a",
    "Escape": "\ue00c", "PageUp": "\ue00e", "PageDown": "\ue00f", "End": "\ue010", "Home": "\ue011",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Delete": "\ue017",
    "Meta": "\ue03d",
}  # fmt: skip


# A file that is missing is no event of the protocol and no error of the console, so the page itself tells.
MISSING = """() => addEventListener("error", event => {
  const target = event.target;
  if (target !== window) console.error("not loaded: " + (target.getAttribute("src") || target.getAttribute("href")));
}, true)"""


class FirefoxError(AssertionError):
    """Firefox answered with an error, or a page's script threw one."""


@contextlib.contextmanager
def launched(program: str, folder: Path) -> Iterator[str]:
    """The address at which `program` listens; its new profile lies in `folder`. It is ended whatever happens.

    Raises FirefoxError when it does not come up.
    """
    profile, log = folder / "profile", folder / "log.txt"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in SETTINGS.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("wb") as out:
        # A group of its own, so that its helper processes end with it.
        process = subprocess.Popen(
            [*command, "about:blank"], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            env={**os.environ, **home, "MOZ_CRASHREPORTER_DISABLE": "1", "MOZ_DATA_REPORTING": "0"},
        )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while not (found := re.search(rb"WebDriver BiDi listening on (ws://\S+)\n", log.read_bytes())):
            if process.poll() is not None or time.monotonic() > until:
                raise FirefoxError(f"Firefox did not start: {log.read_text('utf-8', 'replace')}")
            time.sleep(0.05)
        yield found[1].decode("ascii")
    finally:
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


class Firefox:
    """A running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        """Begin a session over an open connection."""
        self._socket = socket
        self._numbers = itertools.count(1)
        self._events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.ask("script.addPreloadScript", functionDeclaration=MISSING)

    def ask(self, method: str, /, **parameters: Any) -> dict[str, Any]:
        """Give a command and return its result; events that come meanwhile are kept. Raises FirefoxError."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            try:
                message = json.loads(self._socket.recv(timeout=PATIENCE))
            except TimeoutError:
                raise FirefoxError(f"{method}: no answer in {PATIENCE} seconds") from None
            if message["type"] == "event":
                self._events.append(message)
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise FirefoxError(f"{method}: {message['error']}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def events(self, method: str) -> list[dict[str, Any]]:
        """What was heard of one sort since the start, oldest first."""
        self.ask("session.status")  # whatever Firefox said before this answer has been heard now
        return [event["params"] for event in self._events if event["method"] == method]

    def new_page(self) -> FirefoxPage:
        """A window of its own, with its own storage."""
        apart = self.ask("browser.createUserContext")["userContext"]
        context = self.ask("browsingContext.create", type="tab", userContext=apart)["context"]
        self.ask("browsingContext.setViewport", context=context, viewport=WIDE)
        return FirefoxPage(self, context, apart)


@dataclass
class FirefoxPage:
    """A page open in Firefox."""

    firefox: Firefox
    context: str
    apart: str

    def goto(self, url: str) -> None:
        """Open an address and wait until all of it is loaded."""
        self.firefox.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page again."""
        self.firefox.ask("browsingContext.reload", context=self.context, wait="complete")

    def back(self, pages: int = 1) -> None:
        """Press Back so many times; forward when negative. It may take a moment: `wait` for what must be there."""
        self.firefox.ask("browsingContext.traverseHistory", context=self.context, delta=-pages)

    def eval(self, js: str) -> Any:
        """The value of an expression, or of the promise it gives. Raises FirefoxError with what it throws."""
        result = self.firefox.ask(
            "script.evaluate", target={"context": self.context}, awaitPromise=True,
            expression=f"(async () => JSON.stringify(await ({js})))()",
        )  # fmt: skip
        if result["type"] == "exception":
            raise FirefoxError(f"{js}: {result['exceptionDetails']['text']}")
        return json.loads(result["result"].get("value", "null"))

    def wait(self, js: str) -> None:
        """Wait until an expression is true. Raises FirefoxError with the last value or error."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if self.eval(f"Boolean({js})"):
                    return
                last = "it is false"
            except FirefoxError as error:  # while one page gives way to the next there is nothing to ask
                last = str(error)
            if time.monotonic() > until:
                raise FirefoxError(f"not true in {PATIENCE} seconds: {js}: {last}")
            time.sleep(0.05)

    def press(self, keys: str) -> None:
        """Press a key (`Enter`, `a`), or several together (`Control+k`)."""
        held = [KEYS.get(key, key) for key in (keys.split("+") if len(keys) > 1 else [keys])]
        down = [{"type": "keyDown", "value": key} for key in held]
        self._act("key", [*down, *({"type": "keyUp", "value": key} for key in reversed(held))])

    def type(self, selector: str, text: str) -> None:
        """Click into a field and type, key by key."""
        self.click(selector)
        self._act("key", [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")])

    def click(self, selector: str) -> None:
        """Click the middle of the first element that fits, once it can be seen."""
        chosen = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"{chosen} && {chosen}.getClientRects().length > 0")
        node = self.firefox.ask(
            "script.evaluate", target={"context": self.context}, awaitPromise=False,
            expression=f"(e => (e.scrollIntoView({{block: 'center', behavior: 'instant'}}), e))({chosen})",
        )["result"]  # fmt: skip
        origin = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self.firefox.ask("input.performActions", context=self.context, actions=[source])

    @property
    def console(self) -> list[str]:
        """Errors and warnings of the page's console and scripts, oldest first."""
        heard = self.firefox.events("log.entryAdded")
        return [
            f"{entry['level']}: {entry['text']}" for entry in heard
            if entry["level"] in ("error", "warn") and entry["source"].get("context") in (self.context, None)
        ]  # fmt: skip

    @property
    def requests(self) -> list[str]:
        """Every address that the page asked the network for, oldest first. Firefox does not tell of files."""
        heard = self.firefox.events("network.beforeRequestSent")
        return [event["request"]["url"] for event in heard if event["context"] in (self.context, None)]

    def close(self) -> None:
        """Close the window and forget its storage."""
        self.firefox.ask("browser.removeUserContext", userContext=self.apart)


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A Firefox with the policy for files that readers have."""
    program = os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, ("firefox", "firefox-esr"))), None)
    if not program:
        pytest.skip("no Firefox here; FIREFOX names one")
    with (
        launched(program, tmp_path_factory.mktemp("firefox")) as address,
        connect(
            f"{address}/session",
            proxy=None,
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
            # Its thread would draw random numbers while hypothesis draws those of a test, which hypothesis refuses.
            ping_interval=None,
        ) as socket,
    ):
        yield Firefox(socket)


@pytest.fixture
def firefox_page(firefox: Firefox) -> Iterator[FirefoxPage]:
    """A page in Firefox, with storage of its own."""
    page = firefox.new_page()
    yield page
    page.close()
