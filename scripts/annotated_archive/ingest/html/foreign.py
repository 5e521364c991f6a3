"""What stands among an article's blocks and is not its text: other posts, teasers, lists of links. Or may be: said."""

from __future__ import annotations

from annotated_archive.ingest.html.blocks import Block, words
from annotated_archive.ingest.reading import Doubt
from annotated_archive.records.diagnostic import one_line

# So many blocks in a row that are nothing but links are a list of other texts.
_LIST = 3
_NOTHING_BUT = 0.95
# A passage of so many characters does not stand twice in a text by chance; a question or a refrain may.
_TWICE = 80
# So many words of a teaser's end stand in the text that it is cut from.
_TEASER = 8
_SHORT = 30


def foreign(blocks: list[Block], kept: list[bool]) -> dict[int, str]:
    """The kept blocks (by number) that are surely not the article's text, each with the rule that says so."""
    numbers = [number for number, keep in enumerate(kept) if keep]
    found = dict.fromkeys(_further(blocks, numbers), "further-article")
    found |= dict.fromkeys(_listed(blocks, numbers), "links")
    found |= dict.fromkeys(_teasers(blocks, numbers), "teaser")
    return found if len(found) < len(numbers) else {}


def doubtful(blocks: list[Block], kept: list[bool]) -> tuple[Doubt, ...]:
    """What of the kept blocks an editor should look at: passages that stand twice, and blocks made of links."""
    theirs = [block for block, keep in zip(blocks, kept, strict=True) if keep]
    first: dict[str, int] = {}
    places = [first.setdefault(block.text, place) for place, block in enumerate(theirs)]
    twice = [theirs[at] for place, at in enumerate(places) if at < place and len(theirs[at].text) >= _TWICE]
    linked = [block for block in theirs if len(block.text) >= _SHORT and 2 * block.links >= len(block.text)]
    doubts = []
    for found, one, several in (
        (twice, "a passage stands twice in the text", "passages stand twice in the text"),
        (linked, "a block is for the most part links", "blocks are for the most part links"),
    ):
        if found:
            what = one if len(found) == 1 else f"{len(found)} {several}"
            message = f"{what}: {one_line(found[0].text, 60)}{' is the first' if len(found) > 1 else ''}"
            doubts.append(Doubt("INGEST-LOOK", message, "See whether it belongs to the article."))
    return tuple(doubts)


def _further(blocks: list[Block], numbers: list[int]) -> list[int]:
    """The blocks in another `article` than the page's headline, where that one has paragraphs: posts of a blog."""
    posts = {block.post for block in blocks if block.tag == "h1" and block.post and block.rule is None}
    if len(posts) != 1 or not any(blocks[n].post in posts and len(blocks[n].text) >= _TWICE for n in numbers):
        return []
    return [number for number in numbers if blocks[number].post not in posts | {0}]


def _listed(blocks: list[Block], numbers: list[int]) -> list[int]:
    """The blocks of a list of links, none of which has words of its own."""
    found: list[int] = []
    run: list[int] = []
    for number in [*numbers, -1]:
        if number >= 0 and blocks[number].links >= _NOTHING_BUT * len(blocks[number].text):
            run.append(number)
            continue
        found += run if len(run) >= _LIST else []
        run = []
    return found


def _teasers(blocks: list[Block], numbers: list[int]) -> list[int]:
    """The blocks that break off with three dots, and whose end stands in a later one: the lead, shortened."""
    found = []
    for place, number in enumerate(numbers):
        text = blocks[number].text
        end = list(words(text))[-_TEASER:]
        if not text.rstrip("]) ").endswith(("…", "...")) or len(end) < _TEASER:
            continue
        wanted = f" {' '.join(end)} "
        later = (" ".join(words(blocks[other].text)) for other in numbers[place + 1 :])
        if any(wanted in f" {other} " for other in later):
            found.append(number)
    return found
