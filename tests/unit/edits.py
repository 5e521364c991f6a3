"""Edits of an archive, at random: of every kind of file, such as people make them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotated_archive.records import yamlio
from language import ArchiveText, Files, actor, article, event, place, sha256, treaty, withheld, works

WORDS = (
    "Shells fell on Goris.", "The office said nothing of Sotk.", "At least 49 soldiers were killed near Tegh.",
    "The old treaty was signed in Goris and Sotk.", "Nobody knows.", "In Velm, the raid went on; the office denied it.",
)  # fmt: skip
FIRST = "\n\n".join(WORDS[:4])
PLACES = ("goris", "sotk", "tegh", "velm")
CONFIG = """
    === mkdocs.yml
    site_name: Test archive
    use_directory_urls: false
    nav:
      - Home: index.md
      - Places: places/index.md
      - About: about.md
    not_in_nav: /notes/
    theme:
      name: material
    plugins:
      - annotated-archive
    markdown_extensions: [footnotes, tables]
    extra:
      archive:
        contact: objections@archive.example
        sides: [goris, sotk]

    === docs/index.md
    # Test archive

    News of Goris.[^a-work]

    === docs/about.md
    # How it works

    Read about Tegh, or [of Sotk](places/sotk.md).
"""


def body(dice: random.Random) -> str:
    return "\n\n".join(dice.choice(WORDS) for _ in range(dice.randint(1, 4)))


def note(dice: random.Random, where: str, identifier: str, text: str = "", **fields: Any) -> Files:
    """An annotation of an article with this text, or of a work: mostly one that the check takes."""
    words = [word for word in ("Goris", "49 soldiers", "Sotk", "Nobody knows") if text.count(word) == 1]
    exact = dice.choice([*words, ""])
    kind = "claim" if exact == "49 soldiers" or where == "a-work" else dice.choice(("note", "question"))
    record: dict[str, Any] = {"id": identifier, "kind": fields.pop("kind", kind)}
    record |= {"work": where} if where == "a-work" else {"article": where}
    record["targets"] = [{"part": "body", **({"exact": exact} if exact else {})}]
    if record["kind"] == "claim":
        record["claim"] = {
            "event": "the-raid", "measure": "deaths", "subject": {"all": True, "category": "servicemen"},
            "value": {"number": 49, "as_written": "49 soldiers"}, "as_of": f"2022-09-1{dice.randint(3, 9)}",
            "claimant": dice.choice(("office", "goris")), "stance": "third-party",
        }  # fmt: skip
    else:
        record["body"] = f"What a reader thinks of Goris, {dice.randint(1, 9)}."
    record |= {
        "author": {"name": dice.choice(("A reader", "Another"))}, "created": "2022-09-14T10:00:00Z",
        "license": "CC-BY-4.0", "status": "open",
    } | fields  # fmt: skip
    folder = f"_works/{where}" if where == "a-work" else where
    return {f"archive/annotations/{folder}/{identifier}.yml": yamlio.write(record)}


def start(dice: random.Random) -> Files:
    """A small archive."""
    return {
        **place("goris", summary="A town.", summary_cite=["a-work"], type="town"), **place("sotk"), **place("tegh"),
        **actor("office"), **treaty("old-treaty"), **event("the-raid", places=["goris"]), **works("a-work", "b-work"),
        **article("first", FIRST, date="2022-09-13", date_source="page"), **article("second", body(dice)),
        **note(dice, "first", "notefirs", author={"name": "A reader"}),
        "archive/questions.yml": yamlio.write([{"id": "who", "question": "Who?", "event": "the-raid"}]),
    }  # fmt: skip


class Editor:
    """Edits `made` as `dice` fall. An edit may also be one that the check refuses."""

    def __init__(self, made: ArchiveText, dice: random.Random) -> None:
        self.made, self.dice = made, dice
        self.count = 0

    def edit(self) -> str:
        """Make one edit. Returns what it is called."""
        self.count += 1
        kinds: list[Callable[[], None]] = [
            self.rename, self.fact, self.form, self.new_place, self.remove_place, self.annotate, self.annotate,
            self.answer, self.withdraw, self.remove_annotation, self.new_article, self.redate, self.remove_article,
            self.withhold, self.work, self.question, self.event, self.page, self.new_page, self.configure, self.text,
        ]  # fmt: skip
        kind = self.dice.choice(kinds)
        kind()
        return kind.__name__

    def _some(self, pattern: str) -> Path | None:
        found = sorted((self.made.root / "archive").glob(pattern))
        return self.dice.choice(found) if found else None

    def _change(self, pattern: str, **fields: Any) -> None:
        path = self._some(pattern)
        if path is None:
            return
        text = path.read_text("utf-8")
        head, fence, rest = text.removeprefix("---\n").partition("---\n") if text.startswith("---") else (text, "", "")
        record = dict(yamlio.read(head, "").data) | fields
        written = yamlio.write({key: value for key, value in record.items() if value is not None})
        path.write_text(f"---\n{written}{fence}{rest}" if fence else written, "utf-8")

    def rename(self) -> None:
        self._change("authority/*/*.yml", name=f"{self.dice.choice(('Goris', 'Sotk', 'Velm'))} {self.count}")

    def fact(self) -> None:
        self._change("authority/*/*.yml", summary=f"Near Sotk, {self.count}.", summary_cite=["a-work"])

    def form(self) -> None:
        self._change("authority/places/*.yml", forms=[self.dice.choice(("Nobody", "the raid", "Shells"))])

    def new_place(self) -> None:
        self.made.write(place(self.dice.choice(PLACES), within=self.dice.choice((*PLACES, "goris"))))

    def remove_place(self) -> None:
        if path := self._some("authority/places/*.yml"):
            path.unlink()

    def _article(self) -> str:
        path = self._some("articles/*.md")
        return path.stem if path else "first"

    def annotate(self) -> None:
        where = self.dice.choice((self._article(), self._article(), "a-work"))
        path = self.made.root / f"archive/articles/{where}.md"
        text = path.read_text("utf-8").rpartition("---\n")[2] if path.exists() else ""
        self.made.write(note(self.dice, where, self.dice.choice(("notenewa", "notenewb", "notenewc")), text))

    def answer(self) -> None:
        if path := self._some("annotations/*/*.yml"):
            parent, where = path.stem, path.parent.name
            fields = {"targets": [{"annotation": parent}], "kind": "note", "body": f"So it is, {self.count}."}
            self.made.write(note(self.dice, where, self.dice.choice(("noteansa", "noteansb")), **fields))

    def withdraw(self) -> None:
        self._change("annotations/*/*.yml", status="withdrawn", reason="It was wrong.")

    def remove_annotation(self) -> None:
        if path := self._some("annotations/**/*.yml"):
            path.unlink()

    def new_article(self) -> None:
        name = self.dice.choice(("third", "fourth"))
        self._publish(article(name, body(self.dice), date=f"2022-09-{self.dice.randint(10, 20)}", date_source="page"))

    def _publish(self, files: Files) -> None:
        """Write an article, and the list of the originals that are there then."""
        self.made.write({name: data for name, data in files.items() if not name.endswith("manifest-sha256.txt")})
        self._list()

    def _list(self) -> None:
        folder = self.made.root / "archive/originals"
        lines = [f"{sha256(path.read_bytes())}  {path.name}\n" for path in sorted(folder.glob("*.txt"))]
        listed = "".join(line for line in lines if "manifest-sha256" not in line)
        (folder / "manifest-sha256.txt").write_text(listed, "utf-8")

    def redate(self) -> None:
        day, title = f"2022-09-{self.dice.randint(10, 20)}", f"Of Goris, {self.count}"
        self._change("articles/*.md", date=day, date_source="page", title=title)

    def remove_article(self) -> None:
        name = self._article()
        for path in (f"articles/{name}.md", f"ledgers/{name}.yml", f"originals/{name}.txt"):
            (self.made.root / "archive" / path).unlink(missing_ok=True)
        for path in sorted((self.made.root / "archive/annotations" / name).glob("*.yml")):
            path.unlink()
        self._list()

    def withhold(self) -> None:
        name = self._article()
        self.remove_article()
        files = withheld(name, body(self.dice))
        self.made.write({path: data for path, data in files.items() if path.startswith("archive/")})

    def text(self) -> None:
        name = self._article()
        self.remove_article()
        self._publish(article(name, body(self.dice)))

    def work(self) -> None:
        self.made.write(works({"id": "a-work", "title": f"Work {self.count}"}, "b-work"))

    def question(self) -> None:
        record = {"id": "who", "question": f"Who, {self.count}?", "event": "the-raid"}
        self.made.write({"archive/questions.yml": yamlio.write([record])})

    def event(self) -> None:
        self._change("authority/events/*.yml", date=f"2022-09-{self.dice.randint(10, 20)}", places=["sotk"])

    def page(self) -> None:
        words = f"# About\n\nRead about Goris{self.count}, or [this](index.md).\n"
        self.made.write({"docs/about.md": words})

    def new_page(self) -> None:
        path = self.made.root / "docs/notes/more.md"
        if path.exists():
            path.unlink()
        else:
            self.made.write({"docs/notes/more.md": "# More\n\nOf Sotk.\n"})

    def configure(self) -> None:
        text = self.made.file("mkdocs.yml")
        old, new = self.dice.choice((
            ("site_name: Test archive", "site_name: Our archive"), ("[goris, sotk]", "[sotk, goris]"),
            ("objections@", "office@"), ("use_directory", "site_url: https://archive.example/\n    use_directory"),
            ("Places: places", "All places: places"),
        ))  # fmt: skip
        if old in text and "site_url" not in new + text:
            self.made.write({"mkdocs.yml": text.replace(old, new)})
