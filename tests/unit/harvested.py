"""Web archives written for the tests of harvests, and an archive whose subject they are screened for."""

from __future__ import annotations

from pathlib import Path

from annotated_archive.harvest import Harvest, Known, Result, Subject, merge, plan, run_chunk, subject_of
from annotated_archive.harvest.scoring import GRADES
from annotated_archive.store import load
from captures import answer, warc
from language import Files, actor, archive, event, place

ABOUT = (
    "Shells fell on Goris in the night, the ministry in Yerevan said on Tuesday, and soldiers were killed near Jermuk.",
    "A man in Goris, who had spent the hours in a cellar with his neighbours, did not want to give his name to anyone.",
    "Officials in Goris said that the road to Jermuk was closed, and that nobody knew when it would be opened again.",
)
OTHER = (
    "The town council has decided to repair the old bridge over the river before the winter comes, said the mayor.",
    "Work is to begin in October, and those who drive to work will have to take the long way round for three weeks.",
    "The bridge was built in 1911, and every spring since then somebody has said that it would not last much longer.",
)
GERMAN = (
    "In der Nacht fielen Granaten auf Goris, sagte das Ministerium am Dienstag, bei Jermuk wurden Soldaten getötet.",
    "Ein Mann, der die Stunden mit seinen Nachbarn im Keller verbracht hatte, wollte seinen Namen nicht nennen lassen.",
    "Die Straße nach Jermuk sei gesperrt, hieß es aus Goris, und niemand wisse, wann sie wieder geöffnet werden könne.",
)


def subject_files() -> Files:
    """The authority of an archive about fighting at Goris, and an outlet of it."""
    return {
        **place("armenia", type="country", name="Armenia"),
        **place("russia", type="country", name="Russia"),
        **place("goris", within="armenia", name="Goris"),
        **place("jermuk", within="armenia", name="Jermuk"),
        **actor("the-ministry", side="armenia", name="Ministry of Defence", weak=["the ministry"]),
        **actor("herald", type="outlet", name="The Herald", domains=["herald.example"]),
        **event("shelling", places=["goris"], name="Shelling of Goris"),
    }


def subject(folder: Path, *outlets: str, languages: tuple[str, ...] = (), threshold: str = "touches") -> Subject:
    """The subject of that archive, written below `folder`."""
    made = archive(folder, subject_files()) if not (folder / "an-archive").exists() else None
    root = made.root if made else folder / "an-archive"
    return subject_of(load(root), outlets or ("any",), languages, GRADES[threshold])


def news(title: str, *texts: str, language: str = "en") -> bytes:
    """A page with an article, as news sites make them."""
    told = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{told}</article></body></html>"
    ).encode()


def about(number: int) -> bytes:
    """One of many pages about the subject, with words of its own."""
    own = (
        f"In house {number} of street {number * 7}, {number * 11} people were waiting for the {number * 13} bus, "
        f"and dog {number * 17} of neighbour {number * 19} was not seen again before evening {number * 23} had come."
    )
    return news(f"Shells fall on Goris in night {number}", own, *(f"{text} {number}" for text in ABOUT), own[::-1])


def many(count: int) -> bytes:
    """A web archive, packed by records, in which every second page is about the subject."""
    return warc(
        *(
            answer(f"https://herald.example/{n}", about(n) if n % 2 else news(f"Bridge {n} is mended", *OTHER))
            for n in range(count)
        ),
        packed=True,
    )


def written(folder: Path, data: bytes, name: str = "news.warc.gz") -> str:
    """The name of a file with this content."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def screened(file: str, about: Subject, size: int = 64_000_000) -> Result:
    """What came of a file that is one chunk."""
    (chunk,) = plan([file], size).chunks
    result = run_chunk(chunk, about)
    assert isinstance(result, Result)
    assert sum(number for _, number in result.counts) == result.records
    return result


def harvested(file: str, about: Subject, size: int = 64_000_000) -> Harvest:
    """What came of a file, in one process, against an archive without texts."""
    return merge([run_chunk(chunk, about) for chunk in plan([file], size).chunks], Known({}, {}))
