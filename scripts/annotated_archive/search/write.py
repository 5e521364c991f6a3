"""Writes all files of the search, from an archive's documents and names."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path
from shutil import rmtree
from typing import Any

from annotated_archive.graph.tracing import Traced
from annotated_archive.search import pagefind
from annotated_archive.search.cache import Cache, link
from annotated_archive.search.coding import script
from annotated_archive.search.document import KINDS, Document, Name, Named
from annotated_archive.search.documents import Job
from annotated_archive.search.gathered import ASK, LIST, Gathered, Since, gathered, nothing
from annotated_archive.search.packs import gzipped, packs, row, written
from annotated_archive.search.pagefind import Runtime, SearchError
from annotated_archive.search.shards import letters, shards, shown
from annotated_archive.search.spool import pages, spooled, taken
from annotated_archive.search.tables import Table
from annotated_archive.search.volumes import Volume, volumes
from annotated_archive.search.weights import HALF, INSIDE, WEIGHTS

FORMAT = 5
"""The version of the files: data of another version is neither read nor kept."""
_NOTE = "note.json"
_PROGRAM = "program"
ENGINE = (
    "search-files.js", "search-query.js", "search-index.js", "search-matching.js", "search-results.js",
    "search-engine.js",
)  # fmt: skip
"""Our scripts of the program that searches, in the order in which it is put together."""
_ASSETS = "site/theme/assets"
Prepared = tuple[Iterable[Job], Iterable[Name], Iterable[Named]]
"""What a search is made of: what makes its documents, all names, and what they name."""


def write(
    documents: Iterable[Document], names: Iterable[Name], named: Iterable[Named], to: Path, cache: Path, jobs: int = 2
) -> None:
    """Write the search as the folder `to`, in place of what was there.

    What was made before of the same texts is taken from the folder `cache`; `jobs` volumes are made at a time. Raises
    SearchError.
    """

    def make(kept: Cache, to: Path) -> None:
        _make(lambda work: (spooled(documents, work / "documents"), nothing), names, named, to, kept, jobs)

    _write(make, to, cache)


def follow(
    prepare: Callable[[], Prepared], graph: Traced, version: str, state: str, to: Path, cache: Path, since: Since = ASK,
    jobs: int = 2,
) -> None:
    """The same for documents that are made by jobs from `graph`: what has not changed is not gathered again either.

    `version` is that of all else that makes documents, and `state` says all that the search is made of: where it is
    as it was the last time, so is the search, and nothing is asked of `prepare`. `since` tells what cannot have
    changed. Raises SearchError.
    """

    def make(kept: Cache, to: Path) -> None:
        found, names, named = prepare()
        _make(lambda _: gathered(found, graph, kept, version, since), names, named, to, kept, jobs, since.names)

    _write(make, to, cache, f"s-{_hash(written([FORMAT, state, _engine()]))}")


def _write(make: Callable[[Cache, Path], None], to: Path, cache: Path, name: str = "") -> None:
    """Write the search as `make` does, which is kept as `name`; without a name, to make it anew each time."""
    try:
        with Cache(cache) as kept:
            if not name:
                with kept.work() as work:
                    new = Path(work)
                    make(kept, new)
                    _lay(new, kept, to)
                return
            if not (kept.holds(name) and _whole(kept.folder / name, kept)):
                kept.drop(name)
            _lay(kept.have(name, lambda new: make(kept, new)), kept, to)
            kept.used.update(_noted(kept.folder / name)["used"])
    except OSError as error:
        raise SearchError(f"the search index could not be written: {error}") from error


def _whole(folder: Path, kept: Cache) -> bool:
    """Whether all is there that a search is made of which was kept."""
    return all(kept.holds(name) for name in _noted(folder)["used"] if name != LIST)


def _lay(folder: Path, kept: Cache, to: Path) -> None:
    """Lay a search that was made where it is to be read, in place of what is there."""
    if to.exists():
        rmtree(to)
    to.mkdir(parents=True)
    _link(folder, to)
    for name in _noted(folder)["folders"]:
        (to / name).mkdir()
        _link(kept.folder / name, to / name)


def _link(folder: Path, to: Path) -> None:
    with os.scandir(folder) as files:
        for file in files:
            if file.name.endswith(".js"):
                link(file.path, f"{to}{os.sep}{file.name}")


def _make(
    gather: Callable[[Path], Gathered], names: Iterable[Name], named: Iterable[Named], to: Path, kept: Cache,
    jobs: int, state: str = "",
) -> None:  # fmt: skip
    """Make what is missing, and write what a page reads first to the folder `to`, with a note of all the rest."""
    entities = {entity.id: entity for entity in named}
    with kept.work() as work:
        entries, remember = gather(Path(work))
        found = volumes(entries)
        with ThreadPoolExecutor(jobs) as pool:
            making = [pool.submit(_volume, volume, entities, kept) for volume in found]
            remember()
            listed = [one.result() for one in making]
    shelf = _names(names, entities, kept, state)
    runtimes = {language: _runtime(language, kept) for language in [v.language for v in found] or ["und"]}
    about = _put_runtimes(list(runtimes.values()), to)
    for volume in listed:
        volume["wasm"] = runtimes[volume["language"]].wasm
    ours = {"format": FORMAT, "pagefind": pagefind.VERSION, "kinds": KINDS, "volumes": listed, "names": shelf}
    order = {"weights": [WEIGHTS[kind] for kind in KINDS], "half": HALF, "inside": INSIDE}
    _put(to, "manifest", gzipped(ours | order | about))
    folders = [*(volume[part] for volume in listed for part in ("index", "data")), shelf["folder"]]
    used = [name for name in sorted(kept.used) if not name.startswith("s-")]
    _note(to, {"folders": folders, "used": used})


def _volume(volume: Volume, named: Mapping[str, Named], kept: Cache) -> dict[str, Any]:
    """A volume as the manifest lists it; its index and its data are made where the cache has none."""
    hashed = volume.index_hash(str(FORMAT), pagefind.VERSION)
    index = kept.have(f"i-{hashed}", lambda new: _index(new, volume, kept))
    about = _noted(index)
    data = kept.have(f"d-{volume.data_hash(named, hashed)}", lambda new: _data(new, volume, about["words"], named))
    return {
        "index": index.name, "data": data.name, "language": volume.language, "meta": about["meta"],
        "pages": len(volume.entries), **_noted(data),
    }  # fmt: skip


def _index(new: Path, volume: Volume, kept: Cache) -> None:
    """Fill a folder with a volume's index."""
    with kept.work() as work:
        made = pagefind.index(pages(volume.entries), volume.language, Path(work))
    name, meta = made.meta
    _put(new, "meta", meta, new.name)
    for number, data in enumerate(made.parts):
        _put(new, str(number), data, new.name)
    _note(new, {"meta": name, "words": [made.words.get(number, 0) for number in range(len(volume.entries))]})


def _data(new: Path, volume: Volume, counts: Sequence[int], named: Mapping[str, Named]) -> None:
    """Fill a folder with a volume's table and packs; `counts` has the number of each document's words in the index."""
    table = Table(named)

    def rows() -> Iterator[dict[str, Any]]:
        for document, words in zip(taken(volume.entries), counts, strict=True):
            table.add(document)
            yield row(document, table, counted=words == _words(document))

    firsts = []
    for number, (first, pack) in enumerate(packs(rows())):
        firsts.append(first)
        _put(new, str(number), pack, new.name)
    _put(new, "table", gzipped(table.written(firsts)), new.name)
    _put(new, "names", gzipped(table.entities()), new.name)
    known = [day for _, first, last, _ in table.rows for day in (first, last) if day is not None]
    _note(new, {"from": min(known, default=None), "to": max(known, default=None)})


def _words(document: Document) -> int:
    """How many words a document has in the index."""
    return sum(document.lengths) + len(document.passages)


def _names(names: Iterable[Name], named: Mapping[str, Named], kept: Cache, state: str) -> dict[str, Any]:
    """The names as the manifest lists them; while `state` is the same, and not empty, nobody asks for `names` again."""

    def make(new: Path) -> None:
        _note(new, {"folder": _shelf(names, named, kept).name})

    if not state:
        folder = _shelf(names, named, kept)
    else:
        known = f"x-{_hash(written([FORMAT, state]))}"
        name = _noted(kept.have(known, make))["folder"]
        if not kept.holds(name):
            kept.drop(known)
            kept.have(known, make)
        kept.used.add(name)
        folder = kept.folder / name
    return {"folder": folder.name, "entities": len(named), "letters": letters(), **_noted(folder)}


def _shelf(names: Iterable[Name], named: Mapping[str, Named], kept: Cache) -> Path:
    """The folder of the names, by what they are."""
    forms = sorted({(name.key, name.form, name.entity) for name in names})
    everything = written([FORMAT, forms, [shown(entity) for _, entity in sorted(named.items())]])

    def make(new: Path) -> None:
        firsts = []
        for number, (first, shard) in enumerate(shards(forms, named)):
            firsts.append(first)
            _put(new, str(number), gzipped(shard), new.name)
        _note(new, {"first": firsts})

    return kept.have(f"n-{_hash(everything)}", make)


def _runtime(language: str, kept: Cache) -> Runtime:
    """What reads the indexes of a language, as it was made the first time."""

    def make(new: Path) -> None:
        with kept.work() as work:
            made = pagefind.runtime(language, Path(work))
        (new / _PROGRAM).write_bytes(made.program)
        _note(new, {"script": made.script, "wasm": made.wasm, "characters": made.include_characters})

    folder = kept.have(f"r-{_hash(written([FORMAT, pagefind.VERSION, language]))}", make)
    about = _noted(folder)
    return Runtime(about["script"], about["wasm"], (folder / _PROGRAM).read_bytes(), about["characters"])


def _put_runtimes(runtimes: Sequence[Runtime], to: Path) -> dict[str, Any]:
    """Write what reads the indexes, and say how the manifest calls it."""
    wasm = {}
    for runtime in runtimes:
        name = wasm[runtime.wasm] = f"wasm.{runtime.wasm}-{_hash(runtime.program)}"
        _put(to, name, runtime.program)
    source = "\n".join([runtimes[0].script, _engine()]).encode()
    engine = f"engine-{_hash(source)}"
    _put(to, engine, zlib.compress(source, 9, 31))
    return {"engine": engine, "wasm": wasm, "include_characters": runtimes[0].include_characters}


def _engine() -> str:
    """Our part of the program that searches."""
    assets = resources.files("annotated_archive").joinpath(_ASSETS)
    return "\n".join(assets.joinpath(name).read_text("utf-8") for name in ENGINE)


def _put(folder: Path, name: str, data: bytes, below: str = "") -> None:
    """Write a script of search data into a folder, which is `below` on the site."""
    with open(f"{folder}{os.sep}{name}.js", "wb") as file:
        file.write(script(f"{below}/{name}" if below else name, data))


def _note(folder: Path, about: dict[str, Any]) -> None:
    """Write down beside cached files what the manifest says of them; a note is not laid on the site."""
    (folder / _NOTE).write_bytes(written(about))


def _noted(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / _NOTE).read_bytes())
    return found


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()
