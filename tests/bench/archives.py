"""Writes archives to measure on, of as many articles as one likes, with a realistic spread of names and annotations.

At 10,000 articles: 200 places, 2,000 actors, 300 treaties, 100 events, and 20,000 annotations (notes, corrections,
claims, questions, links and replies), each on exact words. Entities grow with the root of the number of articles, all
else with the number. What is written follows from the arguments alone, to the byte, and passes `archive check`.

`python tests/bench/archives.py FOLDER ARTICLES [SHARED]`: of the speeches in SHARED (`all` for every one), or of
generated texts where it is not given.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotated_archive.records import text, yamlio
from bench.cast import FOLDERS, Cast, cast_of_made, cast_of_speeches
from bench.texts import Told, falling, made, speeches

PER_ARTICLE = 2
"""Annotations for each article."""
KINDS = {"note": 62, "correction": 12, "claim": 14, "question": 5, "link": 3, "reply": 4}
_SENTENCE = re.compile(r"(?<=[.!?] )[^.!?\n]{40,220}(?=[.!?](?: |$))")
_FIGURE = re.compile(r"(?<![\w.,])(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{1,4})(?![\w%]|[.,]\d)")
_STATEMENT = "The rights in this text belong to its author."
_SAID = (
    "Another report of the same days gives this differently; see the work cited.",
    "What is meant here was agreed some years before, and was not yet in force.",
    "The speaker had said the opposite a year before, in the same place.",
    "This is the first time that these words stand in a text of this archive.",
    "A figure that others give too; none of them says how it was counted.",
)
CONFIGURATION = """\
site_name: An archive to measure on
site_description: Texts to measure the building of a site on.
docs_dir: docs
site_dir: site
use_directory_urls: false
nav:
  - Home: index.md
  - Articles: articles/index.md
  - Places: places/index.md
  - Actors: actors/index.md
  - Treaties: treaties/index.md
  - Events: events/index.md
  - Timeline: timeline.md
  - What was said: said/index.md
  - Annotations: annotations/index.md
validation:
  links:
    anchors: ignore
theme:
  name: material
plugins:
  - annotated-archive
markdown_extensions:
  - footnotes
  - tables
  - toc:
      permalink: false
extra:
  archive:
    contact: contact@archive.example
    as_of: 22 November 2026
    sides: {sides}
"""
HOME = """\
---
title: An archive to measure on
description: Texts to measure the building of a site on.
---

These texts are here to be measured on. What the authority files and the annotations say of them is invented.
"""


class Writer:
    """Writes one archive into `root`, an empty folder or one that is not there yet."""

    def __init__(self, root: Path, texts: list[Told], cast: Cast) -> None:
        self.root, self.cast = root, cast
        self.works = [f"work-{number}" for number in range(1, len(texts) // 20 + 21)]
        self.texts = {self._id(told): told for told in texts}
        self.dice = random.Random(len(texts))

    def _id(self, told: Told) -> str:
        return f"{told.date}-{told.key}"

    def file(self, path: str, content: str) -> None:
        """Write one file of the archive; its folder must stand."""
        with open(self.root / path, "wb") as out:
            out.write(content.encode("utf-8"))

    def record(self, path: str, data: dict[str, Any] | list[Any]) -> None:
        self.file(path, yamlio.write(data))

    def frame(self) -> None:
        """The folders, and what people write by hand: the configuration and the home page."""
        folders = ("articles", "ledgers", "originals", "annotations", *(f"authority/{one}" for one in FOLDERS.values()))
        for folder in ("docs", *(f"archive/{name}" for name in folders)):
            (self.root / folder).mkdir(parents=True)
        sides = sorted(self.cast.files["place"])[:2]
        self.file("mkdocs.yml", CONFIGURATION.replace("{sides}", json.dumps(sides)))
        self.file("docs/index.md", HOME)

    def articles(self) -> None:
        """Every text with its original, which is the same words, and its ledger, which took nothing out."""
        manifest = []
        for identifier, told in self.texts.items():
            body = text.SEPARATOR.join(told.blocks)
            original = {"path": f"{identifier}.txt", "sha256": text.digest(body)}
            front = {
                "id": identifier, "title": told.title, "date": told.date, "date_source": "page",
                "source": self.cast.outlets[len(manifest) % len(self.cast.outlets)], "author": None, "language": "en",
                "places": [], "actors": [], "treaties": [], "events": [],
                "original": {**original, "captured": None, "capture": "unknown"},
                "rights": {"holder": None, "statement": _STATEMENT, "publish": "full"},
            }  # fmt: skip
            ledger = {"article": identifier, "original": {**original, "encoding": "utf-8", "bom": False}, "spans": []}
            self.file(f"archive/articles/{identifier}.md", f"---\n{yamlio.write(front)}---\n\n{body}\n")
            self.record(f"archive/ledgers/{identifier}.yml", ledger)
            self.file(f"archive/originals/{identifier}.txt", body)
            manifest.append(f"{original['sha256']}  {original['path']}\n")
        self.file("archive/originals/manifest-sha256.txt", "".join(sorted(manifest, key=lambda line: line[66:])))

    def authority(self) -> None:
        """Every entity with a few facts, each of which cites works; the works; and a question on each event."""
        dice, states = self.dice, list(self.cast.files["place"])
        for kind, records in self.cast.files.items():
            for rank, (identifier, bare) in enumerate(records.items()):
                record = {**bare, "summary": f"Named in the texts of this archive: {bare['name']}."}
                record["summary_cite"] = self._cited(2)
                if "names" in bare:
                    record["names"] = [{**name, "cite": self._cited(1)} for name in bare["names"]]
                record |= self._particulars(kind, states)
                others = [one for one in dice.sample(list(records), min(3, len(records))) if one != identifier]
                count = dice.randint(1, 3) + (8 if rank < 20 else 0)
                record["facts"] = [
                    {"text": f"Fact {number} on {bare['name']}: {dice.choice(_SAID)}", "cite": self._cited(2)}
                    for number in range(1, count + 1)
                ]
                self.record(f"archive/authority/{FOLDERS[kind]}/{identifier}.yml", {**record, "related": others})
        self.record("archive/bibliography.yml", [
            {
                "id": work, "type": "webpage", "title": f"A work on these matters, volume {number}",
                "issued": str(1950 + number % 70), "url": f"https://works.example/{number}", "language": "en",
                "alignment": "international", "listed": True,
            }
            for number, work in enumerate(self.works, 1)
        ])  # fmt: skip
        self.record("archive/questions.yml", [
            {"id": f"on-{event}"[:60].strip("-"), "question": f"What was said on {record['name']}?", "event": event}
            for event, record in self.cast.files["event"].items()
        ])  # fmt: skip

    def _particulars(self, kind: str, states: list[str]) -> dict[str, Any]:
        """What only one kind of file says."""
        dice = self.dice
        day = f"{dice.randint(1946, 2020)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        two = dice.sample(states, min(2, len(states)))
        if kind == "place":
            where = {"lat": round(dice.uniform(-55, 65), 4), "lon": round(dice.uniform(-170, 170), 4)}
            return {"location": {**where, "cite": self._cited(1)}}
        if kind == "treaty":
            return {"parties": two, "signed": day, "dates_cite": self._cited(1)}
        if kind == "event":
            return {"date": day, "date_cite": self._cited(1), "places": two}
        return {"side": two[0]} if dice.random() < 0.4 else {}

    def _cited(self, most: int) -> list[str]:
        return sorted(set(self.dice.choices(self.works, k=self.dice.randint(1, most))))

    def link(self) -> None:
        """Let `archive link` write the lists of the articles. Raises CalledProcessError where it fails."""
        command = [sys.executable, "-m", "annotated_archive", "link", "-C", str(self.root)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def annotations(self) -> int:
        """Annotations on the words of the articles: many on a few, none on others. Returns how many."""
        dice, identifiers = self.dice, list(self.texts)
        dice.shuffle(identifiers)
        wanted = PER_ARTICLE * len(identifiers)
        chosen = dice.choices(identifiers, cum_weights=falling(len(identifiers), 0.6), k=wanted)
        roots: dict[str, str] = {}
        claims: dict[str, str] = {}
        for number, identifier in enumerate(sorted(chosen)):
            kind = dice.choices(list(KINDS), weights=list(KINDS.values()))[0]
            name = f"n{number:07}"
            record = self._reply(identifier, roots.get(identifier)) if kind == "reply" else None
            if record is None:
                record = self._on_words(identifier, "note" if kind == "reply" else kind, name, claims)
                roots[identifier] = name
            folder = self.root / "archive/annotations" / identifier
            folder.mkdir(exist_ok=True)
            self.record(f"archive/annotations/{identifier}/{name}.yml", {"id": name, **record, **self._signed()})
        return wanted

    def _signed(self) -> dict[str, Any]:
        day = f"2026-{self.dice.randint(1, 11):02}-{self.dice.randint(1, 21):02}T10:00:00Z"
        author = {"name": f"Reader {int(self.dice.paretovariate(0.8)) % 500}"}
        return {
            "cite": self._cited(1), "author": author, "created": day, "license": "CC-BY-4.0", "status": "open",
        }  # fmt: skip

    def _reply(self, identifier: str, parent: str | None) -> dict[str, Any] | None:
        if parent is None:
            return None
        return {
            "kind": "note", "article": identifier, "targets": [{"annotation": parent}], "body": self.dice.choice(_SAID),
        }  # fmt: skip

    def _on_words(self, identifier: str, kind: str, name: str, claims: dict[str, str]) -> dict[str, Any]:
        """One on a sentence that stands once in the body (of a claim: with a figure), on the title if there is none."""
        body = text.SEPARATOR.join(self.texts[identifier].blocks)
        start = self.dice.randrange(len(body))
        fitting = (one for one in _SENTENCE.finditer(body, start) if body.count(one.group()) == 1)
        words = next(fitting, None)
        if kind == "claim" and words:
            words = next((one for one in fitting if _FIGURE.search(one.group())), words)
        if words is None:
            target: dict[str, Any] = {"part": "title", "exact": (title := self.texts[identifier].title), "start": 0}
            target["text_sha256"] = text.digest(title)
        else:
            target = {"part": "body", "exact": words.group(), "start": words.start(), "text_sha256": text.digest(body)}
        record: dict[str, Any] = {"kind": kind, "article": identifier, "targets": [target]}
        if kind == "claim":
            record |= self._claim(target["exact"], self.texts[identifier].date, name, claims)
        return {**record, "body": f"{self.dice.choice(_SAID)} It is note *{name}*."}

    def _claim(self, exact: str, day: str, name: str, claims: dict[str, str]) -> dict[str, Any]:
        """A figure that stands in these words, or else the words themselves as a position; some dispute another."""
        dice, events, places = self.dice, list(self.cast.files["event"]), list(self.cast.files["place"])
        event = dice.choices(events, cum_weights=falling(len(events)))[0]
        side = dice.choices(places, cum_weights=falling(len(places)))[0]
        claim: dict[str, Any] = {"event": event}
        if figure := _FIGURE.search(exact):
            measure = dice.choice(("deaths", "displaced", "strength"))
            claim |= {"measure": measure, "subject": {"side": side, "category": "people"}}
            claim["value"] = {"number": int(figure.group().replace(",", "")), "as_written": figure.group()}
        else:
            measure = ""
            claim["position"] = {"question": f"on-{event}"[:60].strip("-"), "as_quoted": exact}
        claim |= {"as_of": day, "claimant": side}
        if measure == "deaths":
            claim["stance"] = "own-losses"
        other = claims.get(event)
        claims[event] = name
        if other is None or dice.random() > 0.2:
            return {"claim": claim}
        return {"claim": claim, "relations": [{"type": "disputes", "claim": other}]}


def write(root: Path, articles: int | None, shared: Path | None = None) -> int:
    """Write an archive of so many articles (None: of all speeches) and link it. Returns how many articles it has.

    With `shared` it is made of the speeches, else of generated texts. Raises FileExistsError if `root` holds files.
    """
    if shared is not None:
        texts = speeches(shared, articles)
        cast = cast_of_speeches(texts, len(texts))
    else:
        cast, names = cast_of_made(articles or 0)
        texts = list(made(articles or 0, names))
    writer = Writer(root, texts, cast)
    for step in (writer.frame, writer.articles, writer.authority, writer.link, writer.annotations):
        step()  # annotations last: `archive link` need not read them
    return len(texts)


if __name__ == "__main__":
    folder, size, *given = sys.argv[1:]
    print(write(Path(folder), None if size == "all" else int(size), Path(given[0]) if given else None), "articles")
