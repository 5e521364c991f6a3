"""Records that publish what may not be published, one rule of the check each."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from typing import Any

from bad_files import BODY, MANIFEST, Case, case

from annotated_archive.records import yamlio
from language import Files, article, manifest, sha256, withheld

TEXT = "Quiet words, which nobody else may print, were spoken in the valley.\n\nNobody knows who heard them."
SECOND = "archive/articles/second.md"
PRIVATE = "private/originals/manifest-sha256.txt"


def note(identifier: str, *targets: dict[str, Any], folder: str = "archive", **fields: Any) -> Files:
    """A note on the article `second`, in the public record or in the private one."""
    record = {
        "id": identifier, "kind": "note", "article": "second", "targets": list(targets), "body": "Something.",
        "author": {"name": "A reader"}, "created": "2022-09-14T10:00:00Z", "license": "CC-BY-4.0", "status": "open",
    } | fields  # fmt: skip
    return {f"{folder}/annotations/second/{identifier}.yml": yamlio.write(record)}


def quoting(words: str, **more: Any) -> dict[str, Any]:
    """A target on words of the text, which says where they stand."""
    return {"part": "body", "exact": words, "start": TEXT.index(words), **more}


def rights() -> list[Case]:
    """What is said of withheld texts, and what is quoted of them."""
    kept = {"path": "second.txt", "sha256": sha256(TEXT), "capture": "unknown"}
    return [
        case(
            "RIGHTS-TEXT",
            withheld("second", TEXT, text=None),
            f"{SECOND}:16:12: RIGHTS-TEXT a withheld text whose checksum is not given. Give the SHA-256 and the length of the canonical text as `text: {{sha256, characters}}`.",
        ),
        case(
            "RIGHTS-FULL",
            article("second", TEXT, text={"sha256": sha256(TEXT), "characters": len(TEXT)}),
            f"{SECOND}:17:3: RIGHTS-FULL the checksum of a withheld text, beside a text published in full. Remove `text`, or withhold the article with `archive withhold`.",
        ),
        case(
            "RIGHTS-HASH",
            {**withheld("second", TEXT), "private/texts/second.txt": f"{TEXT}.\n"},
            f"""
            {SECOND}:18:11: RIGHTS-HASH this is not the checksum and length of private/texts/second.txt. Undo the edit of that file: quotations are checked against the text that was withheld.
            private/texts/second.txt:1:1: LEDGER-REBUILD body and ledger do not rebuild the original: they give other bytes. Undo the edit: a slip is noted beside the words, the text stays.
            """,
        ),
        case(
            "RIGHTS-LEDGER",
            {
                **withheld("second", TEXT),
                "archive/ledgers/second.yml": withheld("second", TEXT)["private/ledgers/second.yml"],
            },
            "archive/ledgers/second.yml:1:1: RIGHTS-LEDGER the ledger of a withheld text, which holds words of it. Move it to private/ledgers/.",
        ),
        case(
            "RIGHTS-ORIGINAL",
            {
                **article("second", "", original={**kept, "kept": "archive"}),
                "archive/originals/second.txt": TEXT,
                MANIFEST: manifest({"first.txt": BODY, "second.txt": TEXT}),
            },
            f"{SECOND}:10:9: RIGHTS-ORIGINAL the original of a withheld text, not marked `kept: private`. Move it to private/originals/, with its line of the manifest, and write `kept: private`.",
        ),
        case(
            "RIGHTS-ORIGINAL",
            {
                **withheld("second", TEXT),
                "archive/originals/another-name.txt": TEXT,
                MANIFEST: manifest({"another-name.txt": TEXT, "first.txt": BODY}),
            },
            f"{SECOND}:10:9: RIGHTS-ORIGINAL an original that is kept private, which is also archive/originals/another-name.txt. Move it to private/originals/, with its line of the manifest.",
        ),
        case(
            "RIGHTS-QUOTE",
            {
                **withheld("second", TEXT),
                **note("noteaaaa", quoting("spoken in the valley")),
                **note("notebbbb", {"part": "title", "exact": "Second"}),
                **note("notecccc", quoting("Quiet words"), folder="private"),
            },
            "archive/annotations/second/noteaaaa.yml:6:12: RIGHTS-QUOTE words of a text of which only the record may be published. Move the file to private/annotations/second/, or make it an annotation of the article as a whole.",
        ),
        case(
            "RIGHTS-QUOTE",
            withheld("second", TEXT, mentions=[{"exact": "valley", "prefix": "spoken in the ", "id": None}]),
            f"{SECOND}:21:5: RIGHTS-QUOTE a decision that quotes a text of which only the record may be published. Give the name alone, or remove the decision.",
        ),
        case(
            "RIGHTS-SHARE",
            {
                **withheld("second", TEXT, "excerpt", 0.2),
                **note("noteaaaa", quoting("spoken in the valley", prefix="were ")),
            },
            f"{SECOND}:16:12: RIGHTS-SHARE annotations publish 25 of 98 characters; `share` allows 19. Shorten `exact`, `prefix` and `suffix`, or move annotations to private/annotations/second/.",
        ),
        case(
            "RIGHTS-COPY",
            {
                **withheld("second", TEXT),
                **note("noteaaaa", {}, body=f"They wrote: {TEXT.split('. ')[0].upper()}"),
                **note("notebbbb", {}, body="Quiet words, which nobody else may print, were spoken."),
                "docs/page.md": "# A page\n\nQuiet *words*, which nobody else may print, were spoken\nin the valley.\n",
            },
            """
            archive/annotations/second/noteaaaa.yml:6:7: RIGHTS-COPY 12 words in a row of “second”, whose text is withheld. Say it in your own words, or make it the words that an annotation is about.
            docs/page.md:1:1: RIGHTS-COPY 12 words in a row of “second”, whose text is withheld. Say it in your own words, or make it the words that an annotation is about.
            """,
        ),
        case(
            "RIGHTS-HIDDEN",
            {
                **withheld("second", TEXT),
                **note("noteaaaa", quoting("spoken in the valley"), folder="private"),
                **note("notebbbb", {"annotation": "noteaaaa"}),
            },
            "archive/annotations/second/notebbbb.yml:5:17: RIGHTS-HIDDEN “noteaaaa” is kept private. Move this file to private/annotations/ too, or refer to another annotation.",
        ),
        case(
            "RIGHTS-STRAY",
            {
                "private/texts/gone.txt": "Words.\n",
                "private/ledgers/first.yml": withheld("first", "Shells fell on Goris.")["private/ledgers/first.yml"],
                "private/originals/gone.txt": "Words.",
                PRIVATE: manifest({"gone.txt": "Words."}),
            },
            f"""
            private/ledgers/first.yml:1:1: RIGHTS-STRAY it belongs to no article that is withheld. Remove it, or mend the article's record.
            {PRIVATE}:1:1: RIGHTS-STRAY no article has “gone.txt” as an original that is kept private. Remove it, or mend the article's record.
            private/texts/gone.txt:1:1: RIGHTS-STRAY it belongs to no article that is withheld. Remove it, or mend the article's record.
            """,
        ),
    ]  # fmt: skip
