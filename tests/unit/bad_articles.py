"""Bad files, one rule of the check each: originals and ledgers, names, annotations, and pages written by hand."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

import textwrap

from bad_files import BASE, BODY, DOC, FIRST, GORIS, KAPAN, LEDGER, MANIFEST, Case, case, first

from language import article, place, plain, sha256


def originals() -> list[Case]:
    """Originals, the manifest and ledgers."""
    good = f"{sha256(BODY)}  first.txt\n"
    return [
        case(
            "MANIFEST-LINE",
            {
                MANIFEST: f"{sha256('')} one-space.txt\n{good}{sha256('')}  ../../outside.txt\n{good}{'0' * 63}g  x.txt\n{sha256('')}  {'x' * 300}\n"
            },
            f"""
            {MANIFEST}:1:1: MANIFEST-LINE not `sha256  path inside the folder`: “e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 one-space.txt”. Write it as `sha256sum` does, each path once.
            {MANIFEST}:3:1: MANIFEST-LINE not `sha256  path inside the folder`: “e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ../../outside.…”. Write it as `sha256sum` does, each path once.
            {MANIFEST}:4:1: MANIFEST-LINE not `sha256  path inside the folder`: “{sha256(BODY)}  first.txt”. Write it as `sha256sum` does, each path once.
            {MANIFEST}:5:1: MANIFEST-LINE not `sha256  path inside the folder`: “{"0" * 63}g  x.txt”. Write it as `sha256sum` does, each path once.
            {MANIFEST}:6:1: MANIFEST-LINE not `sha256  path inside the folder`: “e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  xxxxxxxxxxxxxx…”. Write it as `sha256sum` does, each path once.
            """,
        ),
        case(
            "ORIGINAL-MISSING",
            {MANIFEST: f"not a line\n{good}{sha256('')}  gone.txt\n"},
            f"""
            {MANIFEST}:1:1: MANIFEST-LINE not `sha256  path inside the folder`: “not a line”. Write it as `sha256sum` does, each path once.
            {MANIFEST}:3:1: ORIGINAL-MISSING there is no file “gone.txt”. Restore it.
            """,
        ),
        case(
            "ORIGINAL-MISSING",
            first(BODY, original={"path": "other.txt", "sha256": sha256(BODY), "capture": "unknown"}),
            f"""
            {FIRST}:11:9: ORIGINAL-MISSING the manifest does not name “other.txt”. Mend the path.
            """,
        ),
        case(
            "ORIGINAL-UNLISTED",
            {"archive/originals/second/page.txt": "A capture.\n", MANIFEST: good},
            "archive/originals/second/page.txt:1:1: ORIGINAL-UNLISTED the manifest does not name this file. Take it in with `archive ingest`, or remove it.",
        ),
        case(
            "ORIGINAL-HASH",
            {"archive/originals/first.txt": "Shells fell on Kapan.", MANIFEST: good},
            f"{MANIFEST}:1:1: ORIGINAL-HASH “first.txt” has the checksum {sha256('Shells fell on Kapan.')[:12]}…, not {sha256(BODY)[:12]}…. Restore the file as it was taken in.",
        ),
        case(
            "ORIGINAL-HASH",
            {FIRST: str(first(BODY)[FIRST]).replace(sha256(BODY), sha256("other"))},
            f"""
            {FIRST}:12:11: ORIGINAL-HASH not the checksum in the manifest. Take the original in again.
            {FIRST}:19:1: LEDGER-REBUILD body and ledger do not rebuild the original: they give other bytes. Undo the edit: a slip is noted beside the words, the text stays.
            {LEDGER}:3:3: LEDGER-REBUILD the ledger is of another original than its article. Restore the ledger.
            """,
        ),
        case(
            "LEDGER-MISSING",
            {LEDGER: None},
            f"{FIRST}:11:9: LEDGER-MISSING there is no archive/ledgers/first.yml. Restore the ledger.",
        ),
        case(
            "LEDGER-MISSING",
            {"archive/ledgers/second.yml": str(article("second", "x")["archive/ledgers/second.yml"])},
            "archive/ledgers/second.yml:1:10: LEDGER-MISSING there is no article “second”. Take the original in again, or remove the ledger.",
        ),
        case(
            "LEDGER-REBUILD",
            {FIRST: str(BASE[FIRST]).replace("Shells fell", "Bombs fell")},
            f"{FIRST}:19:1: LEDGER-REBUILD body and ledger do not rebuild the original: they give other bytes. Undo the edit: a slip is noted beside the words, the text stays.",
        ),
        case(
            "LEDGER-REBUILD",
            {
                LEDGER: str(BASE[LEDGER]).replace("spans: []\n", "")
                + 'spans:\n  - {start: 0, end: 2, rule: headline, reason: a test, text: abc, replacement: ""}\n'
            },
            f"{FIRST}:19:1: LEDGER-REBUILD body and ledger do not rebuild the original: span 1: 0–2 overlaps another or does not fit its text. Undo the edit: a slip is noted beside the words, the text stays.",
        ),
        case(
            "LEDGER-REBUILD",
            {LEDGER: str(BASE[LEDGER]).replace(sha256(BODY), sha256("other")).replace("first.txt", "second.txt")},
            f"{LEDGER}:3:3: LEDGER-REBUILD the ledger is of another original than its article. Restore the ledger.",
        ),
    ]


def names() -> list[Case]:
    """Names, decisions and the lists they lead to."""
    return [
        case(
            "LINK-STALE",
            first("Shells fell on Goris.", places=[]),
            f"{FIRST}:5:1: LINK-STALE `places` is not what the text mentions. Run `archive link`.",
        ),
        case(
            "LINK-STALE",
            {FIRST: str(first("Shells fell on Goris.")[FIRST]).replace("places:\n  - goris\n", "")},
            f"{FIRST}:2:1: LINK-STALE `places` is not what the text mentions. Run `archive link`.",
        ),
        case(
            "FORM-AMBIGUOUS",
            """
            === archive/authority/places/goris-district.yml
            id: goris-district
            kind: place
            type: district
            name: Goris district
            forms:
              - Gorus
              - goris
              - goris
            """,
            f"""
            {FIRST}:5:1: LINK-STALE `places` is not what the text mentions. Run `archive link`.
            {FIRST}:19:16: MENTION-AMBIGUOUS “Goris” may be goris or goris-district. Decide it under `mentions`, or write a rule under `context` in one of their files.
            archive/authority/places/goris-district.yml:7:5: FORM-AMBIGUOUS “goris” is a form of goris too. Put it under `weak` in one of them, say under `context` when it is this one, or take it out.
            {GORIS}:4:7: FORM-AMBIGUOUS “Goris” is a form of goris-district too. Put it under `weak` in one of them, say under `context` when it is this one, or take it out.
            """,
        ),
        case(
            "CONTEXT-FORM",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: town
            name: Kapan
            context:
              - forms: [Kapan, Qafan]
                language: en
            """,
            f"""
            {KAPAN}:6:13: CONTEXT-FORM “Kapan” is a full form and links without a rule. Put it under `weak` as well, or take the rule out.
            {KAPAN}:6:20: CONTEXT-FORM “Qafan” is no form of kapan. Add it to `forms`, or to `weak` if it means this one only where a rule says so.
            """,
        ),
        case(
            "FORM-UNUSABLE",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: town
            name: Kapan
            forms:
              - ""
              - K
              - .*
              - (Kapan
            weak:
              - "…"
            """,
            f"""
            {KAPAN}:6:5: FORM-UNUSABLE “” cannot be searched for. Give two characters or more, with a letter or digit at each end.
            {KAPAN}:7:5: FORM-UNUSABLE “K” cannot be searched for. Give two characters or more, with a letter or digit at each end.
            {KAPAN}:8:5: FORM-UNUSABLE “.*” cannot be searched for. Give two characters or more, with a letter or digit at each end.
            {KAPAN}:9:5: FORM-UNUSABLE “(Kapan” cannot be searched for. Give two characters or more, with a letter or digit at each end.
            {KAPAN}:11:5: FORM-UNUSABLE “…” cannot be searched for. Give two characters or more, with a letter or digit at each end.
            """,
        ),
        case(
            "MENTION-LOST",
            first(
                "Goris and Goris again.",
                mentions=[
                    {"exact": "Goris", "id": None},
                    {"exact": "Kapan", "id": None},
                    {"exact": "again", "id": None},
                ],
            ),
            f"""
            {FIRST}:18:5: MENTION-LOST “Goris” with its context stands 2 times in the text. Mend `exact`, or add `prefix` and `suffix` until it stands once.
            {FIRST}:20:5: MENTION-LOST “Kapan” with its context stands 0 times in the text. Mend `exact`, or add `prefix` and `suffix` until it stands once.
            """,
        ),
        case(
            "MENTION-OVERLAP",
            first(
                "Shells fell on Goris town.",
                mentions=[{"exact": "Goris town", "id": "goris"}, {"exact": "Goris", "id": None}],
            ),
            f"{FIRST}:20:5: MENTION-OVERLAP “Goris” shares words with another decision. Keep one of the two.",
        ),
        case(
            "MENTION-AMBIGUOUS",
            {
                **place("goris-valley", name="Goris valley", weak=["the settlement"]),
                **place("goris", name="Goris", weak=["the settlement"]),
                **first(
                    "Shells fell on Goris and in Goris valley.\n\nIn the settlement no one was hurt.",
                    places=["goris", "goris-valley"],
                ),
            },
            f"{FIRST}:22:4: MENTION-AMBIGUOUS “the settlement” may be goris or goris-valley. Decide it under `mentions`, or write a rule under `context` in one of their files.",
        ),
    ]


NOTE = "archive/annotations/first/k3f9q2x7.yml"


def note(targets: str, **change: str) -> dict[str, str | bytes | None]:
    """An annotation of `first`."""
    fields = {"id": "k3f9q2x7", "kind": "note", "article": "first", **change}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return {
        NOTE: f"{head}targets:\n{textwrap.indent(plain(targets), '  ')}body: A note.\ncite:\n  - a-work\n"
        'author: {name: A reader}\ncreated: "2026-11-22T10:00:00Z"\nlicense: CC-BY-4.0\nstatus: open\n'
    }


def annotations() -> list[Case]:
    """Annotations and the words they are about."""
    return [
        case(
            "SCHEMA",
            note("- {exact: Goris, part: lede}"),
            f"{NOTE}:5:26: SCHEMA “targets.0.part”: input should be 'body', 'title' or 'ledger'. Use one of the listed words.",
        ),
        case(
            "FILE-STRAY",
            {"archive/annotations/note.yml": "id: note\n"},
            "archive/annotations/note.yml:1:1: FILE-STRAY only folders belong in archive/annotations. Move it away.",
        ),
        case(
            "NOTE-ARTICLE",
            note("- exact: Goris", article="second"),
            f"{NOTE}:3:10: NOTE-ARTICLE no article “second”. Mend the id.",
        ),
        case(
            "NOTE-ARTICLE",
            {**note("- exact: Text", article="second"), **article("second", "Text.")},
            f"{NOTE}:3:10: NOTE-ARTICLE “second” in the folder “first”. Move the file to archive/annotations/second.",
        ),
        case(
            "NOTE-BODY",
            {NOTE: str(note("- exact: Goris")[NOTE]).replace("body: A note.", f"body: '{'1. ' * 11}one'")},
            f"{NOTE}:6:7: NOTE-BODY the text holds lists or quotations more than 10 deep. Write it more simply.",
        ),
        case(
            "NOTE-UNPLACED",
            note("- exact: Goris\n- part: title\n  exact: Goris"),
            f"{NOTE}:7:12: NOTE-UNPLACED the words are not there. Copy them from the article again, with a few words of context in `prefix` and `suffix`.",
        ),
        case(
            "NOTE-UNPLACED",
            {**first("Shells fell on Goris, and again on Goris."), **note("- exact: on Goris")},
            f"{NOTE}:5:12: NOTE-UNPLACED the words stand 2 times with the same context. Copy them from the article again, with a few words of context in `prefix` and `suffix`.",
        ),
        case(
            "NOTE-UNPLACED",
            {
                **first("Their army fired on Goris at dawn."),
                **note(f"- exact: fired on Goris\n  text_sha256: {sha256('Our army fired on Goris at dawn.')}"),
            },
            f"{NOTE}:5:12: NOTE-UNPLACED the text has changed, and the context is shorter than the sentence. Run `archive reanchor`: it prints finished targets for where they may have gone. Paste the right one in place of this, or leave the mark it sets.",
        ),
        case(
            "NOTE-STALE",
            note(
                f"- exact: Goris\n  start: 14\n- exact: {BODY}\n  start: 0\n  text_sha256: {sha256('Other words.')}\n"
                f"- part: title\n  exact: First\n  start: 0\n  text_sha256: {sha256('First')}"
            ),
            f"""
            {NOTE}:6:12: NOTE-STALE the words do not stand there with their context. Run `archive reanchor`, which finds them by the context and mends `start`.
            {NOTE}:9:18: NOTE-STALE this is the hash of another text. Run `archive reanchor`, which keeps both.
            """,
        ),
        case(
            "CITE-UNKNOWN",
            {NOTE: str(note("- exact: Goris")[NOTE]).replace("- a-work", "- a-work\n  - no-work")},
            f"{NOTE}:9:5: CITE-UNKNOWN no work or article “no-work”. Mend the id, or add the work to archive/bibliography.yml.",
        ),
        case(
            "TEXT-UNICODE",
            {NOTE: str(note("- exact: Goris")[NOTE]).replace("A note.", '"A \\u202enote."')},
            f"{NOTE}:6:7: TEXT-UNICODE character U+202E in “A \\u202enote.”. Type the words again.",
        ),
    ]


def docs() -> list[Case]:
    """Pages written by hand."""
    return [
        case(
            "DOC-CITE",
            """
            === docs/page.md
            ---
            title: A page
            ---

            # A page

            Cited,[^a-work] an article,[^first] noted[^here] and not.[^no-work] `[^code]`

            [^here]: A note.
            """,
            f"{DOC}:7:58: DOC-CITE no work or article “no-work”. Mend the id, or add the work to archive/bibliography.yml.",
        ),
        case(
            "DOC-LINK",
            """
            === docs/page.md
            A [place](places/goris.md#facts), [mail](mailto:a@archive.example), [web](https://archive.example/) and
            [the rules](rules.md). But [nowhere](places/kapan.md), [up](../README.md),
            [script](javascript:alert(1)) and <data:text/html,x>.

            [reference]: vbscript:x

            === docs/about/index.md
            To [the page](../page.md), to [a picture](picture.png), and [not](page.md).
            Nor to [this machine](/etc/hostname) and [the record](../../archive/bibliography.yml).

            === docs/about/picture.png
            a picture
            """,
            f"""
            docs/about/index.md:1:67: DOC-LINK there is no page “page.md”. Link relative to this page, ending in `.md`.
            docs/about/index.md:2:23: DOC-LINK there is no page “/etc/hostname”. Link relative to this page, ending in `.md`.
            docs/about/index.md:2:55: DOC-LINK there is no page “../../archive/bibliography.yml”. Link relative to this page, ending in `.md`.
            {DOC}:2:38: DOC-LINK there is no page “places/kapan.md”. Link relative to this page, ending in `.md`.
            {DOC}:2:61: DOC-LINK there is no page “../README.md”. Link relative to this page, ending in `.md`.
            {DOC}:3:10: DOC-LINK address “javascript:alert(1”. Use http, https or mailto.
            {DOC}:3:36: DOC-LINK address “data:text/html,x”. Use http, https or mailto.
            {DOC}:5:14: DOC-LINK address “vbscript:x”. Use http, https or mailto.
            """,
        ),
        case(
            "DOC-HTML",
            """
            === docs/page.md
            Less < than; `<code>` stays, <https://archive.example/> too.

            ```
            <script>alert(1)</script>
            ```

            But <script>alert(1)</script>, <IMG onerror=x> and <!-- a comment -->
            do not.
            """,
            f"""
            {DOC}:7:5: DOC-HTML HTML: “<script”. Write Markdown.
            {DOC}:7:21: DOC-HTML HTML: “</s”. Write Markdown.
            {DOC}:7:32: DOC-HTML HTML: “<IMG”. Write Markdown.
            {DOC}:7:52: DOC-HTML HTML: “<!--”. Write Markdown.
            """,
        ),
    ]
