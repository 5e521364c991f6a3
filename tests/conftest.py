"""What every test shares: no way out to the network, a hypothesis profile, and the texts that are not ours to keep."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("language")

# The same examples each time: a pull request fails for what it changes. `HYPOTHESIS_PROFILE=explore` looks further.
settings.register_profile("repeat", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, database=None, max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


class NetworkRefused(AssertionError):
    """A test tried to reach another machine."""


def _is_here(host: object) -> bool:
    """Whether `host` is this machine itself."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let sockets reach this machine only."""

    def guarded(original: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                raise NetworkRefused(f"tests use no network: refused to connect to {address!r}")
            return original(self, address)

        return connect

    def guarded_lookup(host: Any, *args: Any, **options: Any) -> Any:
        if not _is_here(host):
            raise NetworkRefused(f"tests use no network: refused to look up {host!r}")
        return lookup(host, *args, **options)

    lookup = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts to measure on, which are not part of the repository."""
    folder = Path(os.environ.get("ARCHIVE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "corpora").is_dir():
        pytest.skip(f"the texts to measure on are not here ({folder}); ARCHIVE_SHARED names their folder")
    return folder


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no thread ran beside a test: what drives a browser may have left some in this process."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
