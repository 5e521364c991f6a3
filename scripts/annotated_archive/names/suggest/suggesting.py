"""Suggestions: the candidates ranked, so that real names come first, each with what an editor needs to decide.

Before all stand those that are likely other spellings of known names: they are the region's own, and the quickest to
decide, though one report alone may hold them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotated_archive.names.forms import forms_of, is_usable, key, not_phrases, spellings
from annotated_archive.names.matcher import Ambiguity, Matcher, Mention
from annotated_archive.names.mentions import article_mentions
from annotated_archive.names.suggest import contexts, gazetteer
from annotated_archive.names.suggest.counting import Counted, Text, Use, count, small
from annotated_archive.names.suggest.demonyms import Demonyms
from annotated_archive.names.suggest.dismissals import Dismissals
from annotated_archive.names.suggest.lexicon import Lexicon
from annotated_archive.names.suggest.likely import Likeness, base_in, likeness
from annotated_archive.names.suggest.runs import spaced
from annotated_archive.names.suggest.sentences import sentence
from annotated_archive.names.suggest.spelling import Spellings, Variant
from annotated_archive.names.suggest.uncased import uncased
from annotated_archive.records.authority import Place
from annotated_archive.store import Archive

LIMIT = 50
SENTENCES = 3
ARTICLES = 10
_WEIGHED = 1000
"""How many candidates are weighed by their contexts, at least: the most frequent."""
_COMPARED = 10_000
"""How many candidates are compared with the known names: the most frequent."""

_LONG = 7
"""Letters of a first word of sentences that may be a name for its likeness alone."""
_ENDS = frozenset(["", *".,;:!?)’'”»\"–—/\n։،؛…"])
_POSSESSIVE = re.compile(r"['’]s\b")
_COMPANYS = re.compile(r"['’]s (?:Corp|Inc|Co|Ltd)\b")
_OFTEN = 0.2
"""How many of its uses end a phrase, of a noun."""


@dataclass(frozen=True)
class Quotation:
    """A sentence of an article with the name in it, at [start, end) of the sentence."""

    article: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Suggestion:
    """A name that the archive does not know.

    `uses` counts it in `articles` articles, of which `ids` are the first; `kinds` says in what company it was found
    (in up to 40 of its uses), `language` in what language most often. `likely`: it is probably a spelling of the first
    of the `variants`. `base` is the form without an ending that the language adds; empty where none is to be seen.
    `score` only orders.
    """

    form: str
    uses: int
    articles: int
    ids: tuple[str, ...]
    language: str
    kinds: dict[str, int]
    sentences: tuple[Quotation, ...]
    likely: bool
    base: str
    variants: tuple[Variant, ...]
    gazetteer: tuple[gazetteer.Entry, ...]
    score: float


def suggest(
    archive: Archive,
    dismissed: Dismissals,
    limit: int = LIMIT,
    tick: Callable[[int], None] = lambda done: None,
) -> list[Suggestion]:
    """The names that the archive does not know, the likeliest first.

    Likely spellings of known names come before the others, and are at most half of the `limit` where there are enough
    others. `tick` is told after each article how many are done.
    """
    texts = [Text(a.record.id, a.record.language, a.body) for a in archive.articles.values() if a.body]
    lexicon = Lexicon(text.body for text in texts)
    names = _Names(archive)
    found = count(texts, lexicon, names.spans, tick)
    for one in uncased(texts, names.spans, names.variants):
        found.setdefault(one.form, one)
    kept = [one for one in found.values() if not names.known(one.form) and not dismissed.covers(one)]
    kept.sort(key=lambda one: (-_frequency(one), one.form))
    alike = {one.form: likeness(one.form, _language(one), names.variants) for one in kept[:_COMPARED]}
    spelled = _spelled(kept, alike, texts)
    likely = {one.form for _, one, _ in spelled}
    others = _ranked([one for one in kept if one.form not in likely], texts, limit)
    spelled = spelled[: max((limit + 1) // 2, limit - len(others))]
    ranked = [*spelled, *others[: limit - len(spelled)]]
    near = [
        (file.record.location.lat, file.record.location.lon)
        for file in archive.entities.values()
        if isinstance(file.record, Place) and file.record.location
    ]
    places = gazetteer.proposals((one.form for _, one, _ in ranked[len(spelled) :]), near)
    words = lexicon.words()
    return [
        Suggestion(
            one.form, one.uses, one.articles,
            tuple(dict.fromkeys(texts[use.text].id for use in one.first))[:ARTICLES],
            language := _language(one), kinds, _sentences(one.first, texts),
            one.form in likely, (like := alike.get(one.form, Likeness())).base or base_in(one.form, language, words),
            like.variants, tuple(places.get(one.form, ())), round(score, 3),
        )
        for score, one, kinds in ranked
    ]  # fmt: skip


class _Names:
    """What the archive knows: its matcher, its forms and how they sound."""

    def __init__(self, archive: Archive) -> None:
        entities = [file.record for file in archive.entities.values()]
        self._archive = archive
        self._matcher = Matcher(entities)
        self._forms = {form.text for entity in entities for form in forms_of(entity)}
        self._forms |= {key(text).casefold() for entity in entities for text, _ in spellings(entity)}
        self._forms |= {phrase for entity in entities for phrase in not_phrases(entity)}
        self._demonyms = Demonyms(entities)
        self.variants = Spellings(entities)

    def spans(self, text: Text) -> Sequence[tuple[int, int]]:
        """What the matcher finds in an article, decided or not."""
        mentions = article_mentions(self._matcher, self._archive, self._archive.articles[text.id])
        known: list[Mention | Ambiguity] = [*mentions.body, *mentions.ambiguous]
        return sorted((found.start, found.end) for found in known)

    def known(self, form: str) -> bool:
        """Whether a form is written in an authority file, in whatever case, or is made from a country's name there.

        Neither is one proposed that could not be searched for.
        """
        plain = key(form)
        written = plain in self._forms or plain.casefold() in self._forms
        return written or self._demonyms.has(form) or not is_usable(form)


_Ranked = tuple[float, Counted, dict[str, int]]


def _spelled(found: Sequence[Counted], alike: Mapping[str, Likeness], texts: Sequence[Text]) -> list[_Ranked]:
    """Those that are likely spellings of known names, with score and contexts, the highest first."""
    scored = [
        (_frequency(one) * (like.variants[0].alike / 100) ** 4, one, _kinds(one.first, texts))
        for one in found
        if (like := alike.get(one.form)) and like.likely and (one.sure or len(one.form) >= _LONG)
    ]
    return sorted(scored, key=lambda item: (-item[0], item[1].form))


def _language(one: Counted) -> str:
    """In what language a form was found most often."""
    return min(one.languages, key=lambda name: (-one.languages[name], name))


def _ranked(found: Sequence[Counted], texts: Sequence[Text], limit: int) -> list[_Ranked]:
    """The candidates, most frequent first, with their scores and contexts, the highest first."""
    rough = found[: max(_WEIGHED, 10 * limit)]
    written_small = small((one.form for one in rough), (text.body for text in texts))
    scored = []
    for one in (_owned(one, texts) for one in rough):
        kinds = _kinds(one.first, texts)
        if not (one.sure or kinds or " " in one.form):
            continue  # nothing but the first word of sentences
        share = one.uses / (one.uses + written_small[one.form])
        scored.append((_frequency(one) * _company(one, kinds) * _noun(one, texts) * share**2, one, kinds))
    return sorted(scored, key=lambda item: (-item[0], item[1].form))


def _owned(one: Counted, texts: Sequence[Text]) -> Counted:
    """A name with the 's that it owns: two joined by “and” that always have it, or one before “Corp”."""
    after = [texts[use.text].body[use.end : use.end + 8] for use in one.first]
    pair = re.search(r" (?:and|&) ", one.form) and len(after) > 1 and all(map(_POSSESSIVE.match, after))
    if not (pair or any(map(_COMPANYS.match, after))):
        return one
    uses = zip(one.first, after, strict=True)
    first = [replace(use, end=use.end + 2) for use, text in uses if _POSSESSIVE.match(text)]
    return replace(one, form=spaced(texts[first[0].text].body[first[0].start : first[0].end]), first=first)


def _frequency(one: Counted) -> float:
    """How often and in how many articles a form stands, on a scale of doublings; sure capitals count."""
    sure = 1.0 if one.sure else 0.3
    return sure * (math.log2(1 + one.uses) + math.log2(1 + one.articles))


def _company(one: Counted, kinds: dict[str, int]) -> float:
    """What the contexts add: each kind a half, and more the larger the share of uses that stand in any."""
    share = min(1.0, sum(kinds.values()) / len(one.first))
    words = 0.25 if " " in one.form else 0.0
    return 1 + 0.5 * min(3, len(kinds)) * share + words


def _noun(one: Counted, texts: Sequence[Text]) -> float:
    """Less than 1 for a word that hardly ever ends a phrase: most of those, as “Palestinian”, are adjectives."""
    ends = sum(texts[use.text].body[use.end : use.end + 1] in _ENDS for use in one.first)
    return 0.5 + 0.5 * min(1.0, ends / len(one.first) / _OFTEN)


def _kinds(uses: Sequence[Use], texts: Sequence[Text]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for use in uses:
        kinds = contexts.kinds(texts[use.text].body, use.start, use.end)
        counts.update(kinds | {contexts.TITLE} if use.titled else kinds)
    return contexts.ranked(counts)


def _sentences(uses: Sequence[Use], texts: Sequence[Text]) -> tuple[Quotation, ...]:
    """Sentences with the name, from as many articles as there are."""
    first: dict[int, Use] = {}
    for use in uses:
        first.setdefault(use.text, use)
    chosen = [*first.values(), *(use for use in uses if use not in first.values())][:SENTENCES]
    quoted = []
    for use in chosen:
        start, end = sentence(texts[use.text].body, use.start, use.end, texts[use.text].language)
        text = texts[use.text].body[start:end]
        quoted.append(Quotation(texts[use.text].id, text, use.start - start, use.end - start))
    return tuple(dict.fromkeys(quoted))
