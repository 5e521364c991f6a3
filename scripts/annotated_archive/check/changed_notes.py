"""What a change does to annotations, in words: added, withdrawn, disputed, removed, changed, deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from annotated_archive.check.markdown import code, listed
from annotated_archive.records.annotation import Annotation
from annotated_archive.records.claim import Claim

Find = Callable[[str], Annotation | None]
_NEVER = "An id is never changed: its address rests on it."
Changed = tuple[str, Annotation | None, Annotation | None]
"""Path, the annotation as it was, and as it is; None: there is none."""
_VERBS = {"open": "reopens", "disputed": "disputes", "withdrawn": "withdraws", "removed": "removes"}


@dataclass
class Notes:
    """What happened to the annotations: points by the article or work, warnings, and what was done to how many.

    `same` holds the ids of those that say what they said, written another way.
    """

    points: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    warnings: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)


def told(changes: list[Changed], find: Find, leaning: Callable[[str], list[str]]) -> Notes:
    """Tell the changes.

    `find` gives the annotation of an id as it is now, wherever it lies; `leaning` the ids of those that name an id.
    """
    notes = Notes()
    moved = dict(_moved(changes))
    for path, old, new in changes:
        one = new or old
        if one is None or path in moved.values():
            continue
        home = one.article or one.work or ""
        if path in moved:
            notes.warnings.append(
                f"{_thing(one)} {code(one.id)} was given another id or place: {code(moved[path], 200)}. {_NEVER}"
            )
            notes.done.append(("moves", _thing(one)))
        elif new is None:
            notes.warnings.append(
                f"{_thing(one)} {code(one.id)} {_about(one)} in {code(home)} was deleted. It should be withdrawn, or "
                "removed if it does harm, with a reason: its address stays, and readers see why."
                + (f" These rest on it: {listed(others)}." if (others := leaning(one.id)) else "")
            )
            notes.done.append(("deletes", _thing(one)))
        elif old is None:
            notes.points[home].append(
                f"new {_thing(new)} {code(new.id)} by {_author(new)} {_about(new)}{_claimed(new, find)}"
            )
            notes.done.append(("adds", _thing(new)))
        else:
            _change(notes, home, old, new, find)
    return notes


def _change(notes: Notes, home: str, old: Annotation, new: Annotation, find: Find) -> None:
    """One annotation that is still there, and not as it was."""
    if old.id != new.id:
        notes.warnings.append(f"{_thing(new)} {code(old.id)} now has the id {code(new.id)}. {_NEVER}")
    keys = [key for key in type(new).model_fields if getattr(old, key) != getattr(new, key)]
    if not keys:
        notes.same.append(new.id)
        return
    verb = _VERBS[new.status] if "status" in keys else "changes"
    why = f": {code(new.reason, 200)}" if "status" in keys and new.reason else ""
    what = f" ({listed(keys)})" if verb == "changes" else ""
    said = _claimed(new, find) if "claim" in keys or "relations" in keys else ""
    by = f" by {_author(new)}" if new.author else ""
    notes.points[home].append(
        f"{verb} {_thing(new)} {code(new.id)}{by}{what} {_about(new)}{why}{said}"
    )
    notes.done.append((verb, _thing(new)))
    if verb == "withdraws":
        notes.warnings.append(f"{_thing(new)} {code(new.id)} is withdrawn: is it its author, {_author(old)}, who asks?")
    if verb == "removes":
        # The name is not repeated: it may be what did the harm.
        notes.warnings.append(f"{_thing(new)} {code(new.id)} is removed, with all that it said: is that for harm?")
    if old.author and new.author and old.author != new.author:
        # The names are not repeated: a change of name may be made for somebody's safety.
        notes.warnings.append(f"the author of {_thing(new)} {code(new.id)} is not the one named before.")


def _moved(changes: list[Changed]) -> Iterator[tuple[str, str]]:
    """Files that are gone, with the new file that says the same under another id or in another folder."""
    fresh = {_content(new): path for path, old, new in changes if old is None and new is not None}
    for path, old, new in changes:
        if old is not None and new is None and (home := fresh.pop(_content(old), None)):
            yield path, home


def _content(one: Annotation) -> str:
    return one.model_dump_json(exclude={"id", "article", "work"})


def _thing(one: Annotation) -> str:
    return "reply" if one.parent else one.kind


def _author(one: Annotation) -> str:
    return code(one.author.name, 60) if one.author else "nobody"


def _about(one: Annotation) -> str:
    """The words that the annotation is about."""
    if one.parent:
        return f"to {code(one.parent)}"
    quoted = [target.exact for target in one.targets if target.exact]
    if not quoted:
        return "on the work as a whole" if one.work else "on the article as a whole"
    return f"on {code(quoted[0])}" + (f" and {len(quoted) - 1} more" if len(quoted) > 1 else "")


def _claimed(one: Annotation, find: Find) -> str:
    """What a claim says, and what it updates, repeats, confirms or disputes."""
    if one.claim is None:
        return ""
    shown = any(target.exact for target in one.targets)
    said = [f"{_figure(one.claim, shown)}, said by {code(one.claim.claimant)}, as of {code(one.claim.as_of)}"]
    for relation in one.relations:
        other = find(relation.claim)
        earlier = other.claim if other and relation.type == "updates" else None
        words = f" ({_value(earlier)} → {_value(one.claim)})" if earlier else ""
        said.append(f"{relation.type} {code(relation.claim)}{words}")
    return ": " + "; ".join(said)


def _figure(claim: Claim, shown: bool) -> str:
    """Figure or answer; the words of an answer only where they do not stand beside it (`shown`)."""
    if claim.position:
        return f"{'' if shown else f'{_value(claim)} '}in answer to {code(claim.position.question)}"
    who = code(claim.subject.side) if claim.subject and claim.subject.side else "all sides"
    category = f", {claim.subject.category}" if claim.subject and claim.subject.category else ""
    return f"{_value(claim)} ({claim.measure}{category}) of {who}"


def _value(claim: Claim) -> str:
    words = claim.value.as_written if claim.value else claim.position.as_quoted if claim.position else ""
    return code(words, 60)
