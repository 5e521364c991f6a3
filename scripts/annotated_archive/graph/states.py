"""What says the present state of what a graph holds: digests of files where possible, values where that is finer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b

from annotated_archive.graph import Graph
from annotated_archive.records.authority import Authority, Entity
from annotated_archive.store import AnnotationFile, ArticleFile, DocFile, EntityFile, LedgerFile

PROSE = frozenset({"facts", "summary", "summary_cite"})
"""Of an entity what no name is taken from."""
LONG = PROSE | {"names"}
"""Of an entity what says more than what it is."""


class States:
    """The states of what is put together from several files. What they are is known by `repr`."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._orders: dict[str, str] = {}

    def of(self, value: object) -> object:
        """What stands for a value: for a file's record, or for what a file holds, the digest of the file."""
        match value:
            case ArticleFile():
                digests = self._graph.archive.digests
                return digests.get(value.path), digests.get(value.text_file)
            case EntityFile() | LedgerFile() | AnnotationFile() | DocFile():
                return self._graph.archive.digests.get(value.path)
            case Authority():
                return self.of(self._graph.archive.entities.get(value.id))
            case list() | tuple():
                return [self.of(one) for one in value]
            case dict():
                return [(self.of(name), self.of(one)) for name, one in value.items()]
        return value

    def annotations(self, article: str) -> object:
        """Where the words of annotations stand is told by them, their replies, the article and its ledger."""
        archive = self._graph.archive
        files = archive.annotations_of.get(article, ())
        texts = [archive.articles.get(article), archive.ledgers.get(article)] if files else []
        return self.of([*texts, *files])

    def annotation(self, identifier: str) -> object:
        """An annotation with its number and place, and the replies to it, but without what others say."""
        file = self._graph.archive.annotations.get(identifier)
        return self._order(file.article or "") if file else "", self._with_replies([file] if file else [])

    def replies(self, annotation: str) -> object:
        """The replies to an annotation in their order."""
        return self.of(self._graph.replies(annotation))

    def corrections(self, article: str) -> object:
        """The corrections of an article with their numbers and places, but without what others say."""
        if article not in self.corrected:
            return ()
        files = self._graph.archive.annotations_of.get(article, ())
        found = [file for file in files if file.kind == "correction" and not file.parent]
        return self._order(article), self._with_replies(found)

    @cached_property
    def corrected(self) -> frozenset[str]:
        """The articles that have corrections, whatever became of these."""
        files = self._graph.archive.annotations.values()
        return frozenset(file.article for file in files if file.kind == "correction" and file.article)

    def _with_replies(self, files: Iterable[AnnotationFile]) -> object:
        return self.of([(file, self._graph.replies(file.record.id)) for file in files])

    def _order(self, article: str) -> str:
        """Changes when the place or the number of any annotation of an article may: by the words and the times of
        them all, its own text, and its ledger."""
        if article not in self._orders:
            archive = self._graph.archive
            files = (file for file in archive.annotations_of.get(article, ()) if not file.parent)
            told = [(file.record.id, file.record.created, file.record.targets) for file in files]
            texts = self.of([archive.articles.get(article), archive.ledgers.get(article)])
            self._orders[article] = hashed((texts, told))
        return self._orders[article]

    @property
    def forms(self) -> dict[str, dict[str, object]]:
        """All that the matcher may know of entities."""
        return {one.id: _without(one, PROSE) for one in self._graph.entities.values()}

    def outline(self, entity: str) -> object:
        """What an entity is."""
        known = self._graph.entities.get(entity)
        return _without(known, LONG) if known else None

    @cached_property
    def outlines(self) -> Mapping[str, Entity]:
        """The entities as far as `outline` tells of them."""
        return _Outlines(self._graph.entities)


class _Outlines(Mapping[str, Entity]):
    """Entities without what says more than what they are: each is made once."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._known: dict[str, Entity] = {}

    def __getitem__(self, identifier: str) -> Entity:
        if identifier not in self._known:
            less: dict[str, object] = {"facts": [], "summary": None, "summary_cite": [], "names": []}
            self._known[identifier] = self._entities[identifier].model_copy(update=less)
        return self._known[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._entities

    def __iter__(self) -> Iterator[str]:
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)


def _without(entity: Entity, left_out: Collection[str]) -> dict[str, object]:
    return {name: value for name, value in entity if name not in left_out}


def hashed(state: object) -> str:
    """The digest of a state."""
    return blake2b(repr(state).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
