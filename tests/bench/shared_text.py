"""What the search for shared text finds, and what it costs.

    python tests/bench/shared_text.py SHARED

Bodies of Reuters-21578 (SHARED/corpora/reuters-dev) that are identical are counted here by themselves, and must all be
found as copies. Then 100,000 texts are made up, with words as frequent as in a language, and quotations, rewritten
copies, copies and a standing phrase put into them at known places; the last two are to be found as groups. The
same quotations, and then texts that have no more than the phrase in common, are looked for by MinHash with
locality-sensitive hashing (`rensa`) where that package is installed.

Of the speeches of the General Debate (SHARED/corpora/ungdc.tar.xz) it is measured what remembering costs: when nothing
is known, when nothing changed, when one text did. Each is a process of its own, and its time is told with and without
that of starting it.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotated_archive.records.text import digest
from annotated_archive.reuse import shared
from annotated_archive.reuse.remembered import remembered

TEXTS, WORDS = 100_000, 300
QUOTATIONS, QUOTED = 2_000, 30
REWRITTEN = 1_000
COPIES = 1_000
PHRASE, PHRASED = 25, 20_000


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print what the block costs."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {time.perf_counter() - wall:.1f} s, processor {time.process_time() - cpu:.1f} s, peak {peak} MB")


def reuters(folder: Path) -> dict[str, str]:
    """The bodies by number."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.sgm.gz")):
        with gzip.open(path, "rt", encoding="latin-1") as file:
            for found in re.finditer(r'<REUTERS[^>]*NEWID="(\d+)".*?</REUTERS>', file.read(), re.S):
                if body := re.search(r"<BODY>(.*?)</BODY>", found[0], re.S):
                    texts[found[1].zfill(6)] = html.unescape(body[1])
    return texts


def real(folder: Path) -> None:
    """Identical bodies of Reuters-21578, against those found."""
    texts = reuters(folder)
    bodies: dict[str, set[str]] = defaultdict(set)
    for name, body in texts.items():
        bodies[body].add(name)
    identical = [names for names in bodies.values() if len(names) > 1]
    with measured(f"{len(texts):,} bodies of Reuters-21578"):
        result = shared(texts)
    together: dict[str, set[str]] = defaultdict(set)
    for one in result.pairs:
        if one.share == 1:
            together[one.article].add(one.other)
    for group in result.groups:
        first = group.carriers[0].article
        together[first].update(one.article for one in group.carriers if one.words == group.words)
    hit = sum(any(names - {first} <= together[first] for first in names) for names in identical)
    print(
        f"  groups of identical bodies: {len(identical)}, found {hit}; pairs that share a passage:"
        f" {len(result.pairs):,}, groups: {len(result.groups):,}, of"
        f" {min(len(one.carriers) for one in result.groups)} to {max(len(one.carriers) for one in result.groups)}"
    )


def made_up() -> tuple[dict[str, str], set[frozenset[str]], set[frozenset[str]], str]:
    """Texts by name, the pairs that share a quotation, the pairs of rewritten copies, and the standing phrase."""
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(50_000)]
    weights = [1 / (number + 2) for number in range(len(vocabulary))]

    pool = chance.choices(vocabulary, weights, k=4_000_000)

    def drawn(count: int) -> list[str]:
        made: list[str] = []
        while len(made) < count:  # short pieces: longer ones would be shared by chance
            at = chance.randrange(len(pool) - 4)
            made += pool[at : at + 4]
        return made[:count]

    texts = [drawn(chance.randrange(WORDS // 2, WORDS * 3 // 2)) for _ in range(TEXTS)]
    order = list(range(TEXTS))
    chance.shuffle(order)
    quoting, rewriting = set(), set()
    for _ in range(QUOTATIONS):
        quotation, one, other = drawn(QUOTED), order.pop(), order.pop()
        for number in (one, other):
            at = chance.randrange(len(texts[number]))
            texts[number][at:at] = quotation
        quoting.add(frozenset((f"{one:06}", f"{other:06}")))
    for _ in range(REWRITTEN):
        one, other = order.pop(), order.pop()
        texts[other] = [word if chance.random() > 0.03 else "changed" for word in texts[one]]
        rewriting.add(frozenset((f"{one:06}", f"{other:06}")))
    copied = order.pop()
    for _ in range(COPIES - 1):
        texts[order.pop()] = texts[copied]
    phrase = drawn(PHRASE)
    for _ in range(PHRASED):
        texts[order.pop()] += phrase
    made = {f"{number:06}": " ".join(text) for number, text in enumerate(texts)}
    return made, quoting, rewriting, " ".join(phrase)


def synthetic() -> None:
    """Texts that were made up, with what is to be found in them."""
    texts, quoting, rewriting, phrase = made_up()
    print(f"{len(texts):,} texts made up, {sum(text.count(' ') + 1 for text in texts.values()):,} words")
    print(f"  peak memory before: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    with measured("  found in"):
        result = shared(texts)
    pairs = {frozenset((one.article, one.other)) for one in result.pairs}
    other = len(pairs - quoting - rewriting)
    groups = [(one.words, one.whole, len(one.carriers)) for one in result.groups]
    print(f"  quotations of {QUOTED} words: {len(quoting & pairs):,} of {len(quoting):,}")
    print(f"  rewritten copies: {len(rewriting & pairs):,} of {len(rewriting):,}; other pairs: {other}")
    print(f"  planted: {COPIES:,} copies of a text, and a phrase of {PHRASE} words in {PHRASED:,} texts")
    print(f"  groups, as (words, texts with all of them, texts): {groups}")
    minhash({name: texts[name] for pair in sorted(quoting, key=sorted)[:1000] for name in sorted(pair)}, quoting)
    standing = {name: text for name, text in texts.items() if text.endswith(phrase)}
    minhash(dict(sorted(standing.items())[:2000]), set())


def minhash(texts: dict[str, str], quoting: set[frozenset[str]]) -> None:
    """The same quotations by MinHash, as low as its threshold goes."""
    try:
        from rensa import RMinHash, RMinHashLSH
    except ImportError:
        return
    wanted = {pair for pair in quoting if pair <= texts.keys()}
    for permutations, bands in ((128, 64), (256, 128), (256, 256)):
        with measured(f"  rensa, {permutations} permutations in {bands} bands, {len(texts):,} texts"):
            index = RMinHashLSH(threshold=0.02, num_perm=permutations, num_bands=bands)
            hashes = []
            for number, text in enumerate(texts.values()):
                words = text.split()
                made = RMinHash(num_perm=permutations, seed=1)
                made.update([" ".join(words[at : at + 5]) for at in range(len(words) - 4)])
                hashes.append(made)
                index.insert(number, made)
            names = list(texts)
            near = {frozenset((names[n], names[m])) for n, one in enumerate(hashes) for m in index.query(one) if m != n}
        print(f"    quotations: {len(wanted & near):,} of {len(wanted):,} among {len(near):,} pairs")


def again(given: Path) -> None:
    """The speeches, remembered in turn as they are, as they are, with one that changed, and anew."""
    from bench.costs import run
    from bench.texts import speeches

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {f"{told.key}.txt": "\n\n".join(told.blocks) for told in speeches(given)}
        (folder / "texts").mkdir()
        for one, text in texts.items():
            (folder / "texts" / one).write_text(text, "utf-8")
        digests = {one: digest(text) for one, text in texts.items()}
        print(f"{len(texts):,} speeches, {sum(map(len, texts.values())):,} characters")

        def measure(what: str, cache: str) -> str:
            (folder / "digests.json").write_text(json.dumps(digests))
            command = [sys.executable, str(Path(__file__).resolve()), "--remember", str(folder), str(folder / cache)]
            ran = run(command, folder, folder / "log")
            seconds, said = ran.out.split(maxsplit=1)
            size = sum(file.stat().st_size for file in (folder / cache).iterdir()) // 1_000_000
            print(f"  {what}: {seconds} s; with its start {ran.cost}; {size} MB kept")
            return said

        measure("nothing is known", "kept")
        measure("nothing changed", "kept")
        changed, other = list(texts)[len(texts) // 2 : len(texts) // 2 + 2]
        text = f"{texts[changed]}\n\n{texts[other][:900]}"
        (folder / "texts" / changed).write_text(text, "utf-8")
        digests[changed] = digest(text)
        after = measure("one text changed", "kept")
        print(f"  anew it is {'the same' if measure('nothing is known', 'clean') == after else 'NOT THE SAME'}")


def remember(folder: Path, cache: Path) -> None:
    """Print how many seconds it takes to remember the texts of a folder, and what stands for all that they share."""
    digests = json.loads((folder / "digests.json").read_text())
    begin = time.perf_counter()
    sharing = remembered(digests, lambda one: (folder / "texts" / one).read_text("utf-8"), cache)
    print(f"{time.perf_counter() - begin:.2f}", digest("".join(sharing.digest(one) for one in sorted(digests))))


if __name__ == "__main__":
    if sys.argv[1] == "--remember":
        remember(Path(sys.argv[2]), Path(sys.argv[3]))
        sys.exit()
    corpora = Path(sys.argv[1]) / "corpora"
    if (corpora / "reuters-dev").is_dir():
        real(corpora / "reuters-dev")
    if (corpora / "ungdc.tar.xz").is_file():
        again(Path(sys.argv[1]))
    synthetic()
