"""Bad files, one rule of the check each: files that cannot be read, and records that say what they must not.

`bad_articles.py` has those about articles, names, annotations and pages; `test_check.py` runs them.
"""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from dataclasses import dataclass

from language import Files, actor, article, event, place, plain, treaty, tree, works

BODY = "Shells fell on Goris."
BASE: Files = {
    **place("goris", name="Goris"),
    **actor("the-gazette", type="outlet"),
    **treaty("old-treaty"),
    **event("the-fighting"),
    **works("a-work"),
    **article("first", BODY, places=["goris"]),
}
GORIS = "archive/authority/places/goris.yml"
KAPAN = "archive/authority/places/kapan.yml"
FIRST = "archive/articles/first.md"
LEDGER = "archive/ledgers/first.yml"
WORKS = "archive/bibliography.yml"
MANIFEST = "archive/originals/manifest-sha256.txt"
DOC = "docs/page.md"


@dataclass(frozen=True)
class Case:
    """A sound archive with some `files` replaced or added (None: removed), and all that the check finds in it."""

    rule: str
    files: dict[str, str | bytes | None]
    findings: str


def case(rule: str, files: str | dict[str, str | bytes | None], findings: str) -> Case:
    """One case, files as a tree of text where possible."""
    return Case(rule, dict(tree(files)) if isinstance(files, str) else files, plain(findings).strip())


def first(body: str, **fields: object) -> dict[str, str | bytes | None]:
    """The article `first` with its ledger and original, made anew."""
    return dict(article("first", body, **{"places": ["goris"], **fields}))


def reading() -> list[Case]:
    """Files that cannot be read."""
    return [
        case(
            "FILE-STRAY",
            """
            === archive/authority/places/kapan.yaml
            id: kapan
            """,
            """
            archive/authority/places/kapan.yaml:1:1: FILE-STRAY only *.yml files belong in archive/authority/places. Move it away.
            """,
        ),
        case(
            "FILE-STRAY",
            """
            === archive/articles/drafts/one.md
            ---
            """,
            "archive/articles/drafts:1:1: FILE-STRAY only *.md files belong in archive/articles. Move it away.",
        ),
        case(
            "FILE-NAME",
            {"docs/a\n::warning::b.txt": ""},
            r"docs/a\u000a::warning::b.txt:1:1: FILE-NAME a name that is not UTF-8 or holds control characters. Rename it.",
        ),
        case(
            "TEXT-FILE",
            {"docs/folder.md/beside.txt": ""},
            "docs/folder.md:1:1: TEXT-FILE not an ordinary file. Put a file here.",
        ),
        case(
            "TEXT-SIZE",
            {KAPAN: b"id: kapan\n" + b"#" * 20_000_000},
            f"{KAPAN}:1:1: TEXT-SIZE 20,000,010 bytes; at most 20,000,000 are read. Split the file.",
        ),
        case(
            "TEXT-ENCODING",
            {KAPAN: "id: kapan\nname: K\xe4pan\n".encode("latin-1")},
            f"{KAPAN}:2:8: TEXT-ENCODING not UTF-8 from here. Save it as UTF-8.",
        ),
        case(
            "TEXT-ENCODING",
            {KAPAN: "id: kapan\n".encode("utf-16")},
            f"{KAPAN}:1:1: TEXT-ENCODING begins with a byte-order mark. Save it as UTF-8 without a byte-order mark.",
        ),
        case(
            "TEXT-ENCODING",
            {DOC: "# A page\n".encode("utf-8-sig")},
            f"{DOC}:1:1: TEXT-ENCODING begins with a byte-order mark. Save it as UTF-8 without a byte-order mark.",
        ),
        case(
            "TEXT-LINE-END",
            {KAPAN: "id: kapan\nkind: place\r\n"},
            f"{KAPAN}:2:1: TEXT-LINE-END a carriage return. Save it with Unix line ends (LF).",
        ),
        case(
            "ARTICLE-FENCE",
            """
            === archive/articles/second.md
            id: second
            """,
            """
            archive/articles/second.md:1:1: ARTICLE-FENCE the front matter is not between two lines `---`. Begin the file with `---` and close the front matter with another.
            """,
        ),
        case(
            "YAML-SYNTAX",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            name: Kapan: a town
            """,
            f"{KAPAN}:2:12: YAML-SYNTAX mapping values are not allowed in this context. If this is one text with a colon in it, put it in quotation marks, or on the lines below `|-`.",
        ),
        case(
            "YAML-SYNTAX",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            ---
            id: another
            """,
            f"{KAPAN}:2:1: YAML-SYNTAX a second document begins here. Keep one document in a file.",
        ),
        case(
            "YAML-TAB",
            {KAPAN: "id: kapan\nforms:\n\t- Ghapan\n"},
            f"{KAPAN}:3:1: YAML-TAB a tab in the indentation. Indent with spaces.",
        ),
        case(
            "YAML-DUPLICATE-KEY",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            name: Kapan
            name: Ghapan
            """,
            f"{KAPAN}:3:1: YAML-DUPLICATE-KEY key “name” stands already in line 2. Keep one of the two.",
        ),
        case(
            "YAML-ANCHOR",
            """
            === archive/authority/places/kapan.yml
            id: &one kapan
            name: *one
            """,
            f"{KAPAN}:1:5: YAML-ANCHOR anchor “one”. Write the value out in full.",
        ),
        case(
            "YAML-TAG",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            name: !!python/object/apply:os.system [id]
            """,
            f"{KAPAN}:2:7: YAML-TAG tag “tag:yaml.org,2002:python/object/apply:os.system”. Remove the tag.",
        ),
        case(
            "YAML-DEPTH",
            {KAPAN: "forms: " + "[" * 50_000 + "]" * 50_000 + "\n"},
            f"{KAPAN}:1:57: YAML-DEPTH nested deeper than 50 levels. Flatten it.",
        ),
        case(
            "YAML-SIZE",
            {KAPAN: "#" * 10_000_001},
            f"{KAPAN}:1:1: YAML-SIZE 10000001 characters of YAML. Split the file.",
        ),
    ]


def records() -> list[Case]:
    """Records that say something they must not."""
    return [
        case(
            "SCHEMA",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: hamlet
            """,
            f"""
            {KAPAN}:1:1: SCHEMA “name”: field required. Add it.
            {KAPAN}:3:7: SCHEMA “type”: input should be 'town', 'village', 'city', 'district', 'province', 'country', 'region', 'former-state' or 'massif'. Use one of the listed words.
            """,
        ),
        case(
            "SCHEMA",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: town
            name: 1938
            location: {lat: 91, lon: 46.4, cite: [a-work]}
            facts:
              - text: A fact without a source.
                cite: []
            """,
            f"""
            {KAPAN}:4:7: SCHEMA “name”: input should be a valid string. Write text; a number or date that is text needs quotes ("2022").
            {KAPAN}:5:17: SCHEMA “location.lat”: input should be less than or equal to 90.
            {KAPAN}:8:11: SCHEMA “facts.0.cite”: at least one is needed.
            """,
        ),
        case(
            "SCHEMA",
            {WORKS: "a-work: A work\n"},
            f"""
            archive/authority/events/the-fighting.yml:6:13: CITE-UNKNOWN no work or article “a-work”. Mend the id, or add the work to archive/bibliography.yml.
            {WORKS}:1:1: SCHEMA not a list of works. Begin each work with `- id:`.
            """,
        ),
        case(
            "SCHEMA",
            """
            === docs/page.md
            ---
            - a list
            ---

            # A page
            """,
            f"{DOC}:2:1: SCHEMA the front matter is not a mapping. Write `title: …`, or leave it out.",
        ),
        case(
            "SCHEMA-UNKNOWN-KEY",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: town
            name: Kapan
            names:
              - text: Կապան
                lang: hy
                  # a comment
                language: hy
                cite: [a-work]
            """,
            f"{KAPAN}:9:5: SCHEMA-UNKNOWN-KEY “names.0.language”: unknown key. Remove the key or mend its spelling; the schema lists the keys.",
        ),
        case(
            "SCHEMA-KIND",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: actor
            """,
            f"{KAPAN}:2:7: SCHEMA-KIND kind “actor” in the folder of kind place. Write `kind: place`, or move the file.",
        ),
        case(
            "ID-FILE-NAME",
            """
            === archive/authority/places/kapan.yml
            kind: place
            id: ghapan
            type: town
            name: Kapan
            """,
            f"{KAPAN}:2:5: ID-FILE-NAME id “ghapan” in a file named “kapan”. Give both the same name.",
        ),
        case(
            "ID-FILE-NAME",
            {LEDGER: str(BASE[LEDGER]).replace("article: first", "article: other")},
            f"{LEDGER}:1:10: ID-FILE-NAME `article` “other” in a file named “first”. Give both the same name.",
        ),
        case(
            "ID-DUPLICATE",
            """
            === archive/authority/actors/goris.yml
            id: goris
            kind: actor
            type: organisation
            name: Goris Society
            """,
            f"archive/authority/actors/goris.yml:1:5: ID-DUPLICATE id “goris” stands already in {GORIS}. Choose another id.",
        ),
        case(
            "ID-DUPLICATE",
            {WORKS: str(works("a-work", "a-work")[WORKS])},
            f"{WORKS}:6:7: ID-DUPLICATE work “a-work” stands already in line 1. Merge the two.",
        ),
        case(
            "ID-DUPLICATE",
            {WORKS: str(works("a-work", "goris", "first")[WORKS])},
            f"""
            {WORKS}:6:7: ID-DUPLICATE id “goris” stands already in {GORIS}. Choose another id.
            {WORKS}:11:7: ID-DUPLICATE id “first” stands already in {FIRST}. Choose another id.
            """,
        ),
        case(
            "ID-DUPLICATE",
            dict(place("first", name="Khndzoresk")),
            f"archive/authority/places/first.yml:1:5: ID-DUPLICATE id “first” stands already in {FIRST}. Choose another id.",
        ),
        case(
            "REF-UNKNOWN",
            """
            === archive/authority/places/kapan.yml
            id: kapan
            kind: place
            type: town
            name: Kapan
            within: syunik
            """,
            f"{KAPAN}:5:9: REF-UNKNOWN there is no authority file “syunik”. Mend the id, or write that file.",
        ),
        case(
            "REF-UNKNOWN",
            first("Shells fell on Goris.", source="the-herald", mentions=[{"exact": "Goris", "id": "gorris"}]),
            f"""
            {FIRST}:17:9: REF-UNKNOWN there is no authority file “the-herald”. Mend the id, or write that file.
            {FIRST}:20:9: REF-UNKNOWN there is no authority file “gorris”. Mend the id, or write that file. Did you mean “goris”?
            """,
        ),
        case(
            "REF-KIND",
            """
            === archive/authority/treaties/old-treaty.yml
            id: old-treaty
            kind: treaty
            type: treaty
            name: Old Treaty
            parties:
              - goris
              - the-fighting
            """,
            "archive/authority/treaties/old-treaty.yml:7:5: REF-KIND “the-fighting” is not a place or an actor. Name a record of that kind.",
        ),
        case(
            "REF-UNKNOWN",
            first("Shells fell on Goris.", places=["goris", "kapan"]),
            f"""
            {FIRST}:5:1: LINK-STALE `places` is not what the text mentions. Run `archive link`.
            {FIRST}:7:5: REF-UNKNOWN there is no authority file “kapan”. Mend the id, or write that file.
            """,
        ),
        case(
            "REF-KIND",
            first("Shells fell on Goris.", actors=["goris"]),
            f"""
            {FIRST}:7:1: LINK-STALE `actors` is not what the text mentions. Run `archive link`.
            {FIRST}:8:5: REF-KIND “goris” is not an actor. Run `archive link`.
            """,
        ),
        case(
            "REF-CYCLE",
            """
            === archive/authority/places/goris.yml
            id: goris
            kind: place
            type: town
            name: Goris
            within: syunik

            === archive/authority/places/syunik.yml
            id: syunik
            kind: place
            type: province
            name: Syunik
            within: goris
            """,
            f"""
            {GORIS}:5:9: REF-CYCLE “goris” lies within itself. Mend `within`.
            archive/authority/places/syunik.yml:5:9: REF-CYCLE “syunik” lies within itself. Mend `within`.
            """,
        ),
        case(
            "REF-CYCLE",
            dict(event("the-fighting", part_of_event="the-fighting")),
            "archive/authority/events/the-fighting.yml:7:16: REF-CYCLE “the-fighting” is part of itself. Mend `part_of_event`.",
        ),
        case(
            "CITE-MISSING",
            """
            === archive/authority/events/the-fighting.yml
            id: the-fighting
            kind: event
            type: fighting
            name: The Fighting
            date: "2022-09-13"
            summary: Fighting on the border.
            """,
            """
            archive/authority/events/the-fighting.yml:5:7: CITE-MISSING “date” has no citation. Add `date_cite`.
            archive/authority/events/the-fighting.yml:6:10: CITE-MISSING “summary” has no citation. Add `summary_cite`.
            """,
        ),
        case(
            "CITE-UNKNOWN",
            """
            === archive/authority/places/goris.yml
            id: goris
            kind: place
            type: town
            name: Goris
            facts:
              - text: A town.
                cite:
                  - a-work
                  - first
                  - no-work
            """,
            f"{GORIS}:10:9: CITE-UNKNOWN no work or article “no-work”. Mend the id, or add the work to archive/bibliography.yml.",
        ),
        case(
            "BIB-UNUSED",
            """
            === archive/bibliography.yml
            - id: a-work
              type: webpage
              title: A work
              alignment: tertiary
            - id: another-work
              type: webpage
              title: Another work
              alignment: tertiary
            - id: work-on-a-page
              type: webpage
              title: A work that only a page cites
              alignment: tertiary

            === docs/page.md
            A statement.[^work-on-a-page]
            """,
            f"{WORKS}:5:7: BIB-UNUSED nothing cites “another-work”. Cite it, remove it, or write `listed: true`.",
        ),
        case(
            "DATE-ORDER",
            """
            === archive/authority/treaties/old-treaty.yml
            id: old-treaty
            kind: treaty
            type: treaty
            name: Old Treaty
            signed: "1997-08-29"
            in_force: "1997-08"
            ended: "1996"
            dates_cite: [a-work]

            === archive/authority/actors/a-minister.yml
            id: a-minister
            kind: actor
            type: person
            name: A. Minister
            offices:
              - title: Minister
                from: "2020-11"
                until: "2020-10"
                cite: [a-work]
            """,
            """
            archive/authority/actors/a-minister.yml:8:12: DATE-ORDER 2020-10 is before 2020-11. Mend one of the two dates.
            archive/authority/treaties/old-treaty.yml:7:8: DATE-ORDER 1996 is before 1997-08-29. Mend one of the two dates.
            """,
        ),
        case(
            "ARTICLE-DATE",
            first(BODY, date="2022-09-13"),
            f"{FIRST}:17:7: ARTICLE-DATE there is no `date_source`. Say how the date is known; leave both empty where it is not.",
        ),
        case(
            "ARTICLE-DATE",
            first(BODY, date=None, date_source="inferred"),
            f"{FIRST}:18:14: ARTICLE-DATE there is no `date`. Say how the date is known; leave both empty where it is not.",
        ),
        case(
            "ARTICLE-SOURCE",
            {**first(BODY, source="the-ministry"), **actor("the-ministry")},
            f"{FIRST}:17:9: ARTICLE-SOURCE “the-ministry” is not an outlet. Name an actor of type outlet or news-agency.",
        ),
        case(
            "ARTICLE-SOURCE",
            first(BODY, source="goris"),
            f"{FIRST}:17:9: ARTICLE-SOURCE “goris” is not an outlet. Name an actor of type outlet or news-agency.",
        ),
        case(
            "ARTICLE-BODY",
            first(BODY, rights={"statement": "Of its author.", "publish": "excerpt"}),
            f"{FIRST}:16:12: ARTICLE-BODY a text that may not be published in full stands here. Run `archive withhold`, which moves it to private/ with all that quotes it.",
        ),
        case(
            "ARTICLE-BODY",
            first("", places=[], rights={"statement": "Of its author.", "publish": "full"}),
            f"{FIRST}:15:12: ARTICLE-BODY published in full, but there is no text. Take the original in again, or change `publish`.",
        ),
        case(
            "ARTICLE-BLOCK",
            first("A caption.\n\nShells fell on Goris.", blocks={"1": "caption", "2": "quotation", "3": "heading"}),
            f"{FIRST}:20:3: ARTICLE-BLOCK block 3 of 2. Count the blocks from 1.",
        ),
        case(
            "TEXT-CANONICAL",
            first("A line.\n\nShells fell\u202e on Goris."),
            f"{FIRST}:21:12: TEXT-CANONICAL character U+202E. Undo the edit, or take the original in again.",
        ),
        case(
            "TEXT-CANONICAL",
            first("Shells fell on Goris.\n\n\nIn Sjo\u0308 too. "),
            f"""
            {FIRST}:19:22: TEXT-CANONICAL blocks that are not separated by exactly one blank line. Undo the edit, or take the original in again.
            {FIRST}:22:6: TEXT-CANONICAL text that is not in Unicode normalisation form C. Undo the edit, or take the original in again.
            {FIRST}:22:13: TEXT-CANONICAL white space around the text. Undo the edit, or take the original in again.
            """,
        ),
        case(
            "TEXT-UNICODE",
            {GORIS: 'id: goris\nkind: place\ntype: town\nname: Goris\nforms:\n  - Gyoris\n  - "Go\\u202eris"\n'},
            f"{GORIS}:7:5: TEXT-UNICODE character U+202E in “Go\\u202eris”. Type the words again.",
        ),
        case(
            "TEXT-UNICODE",
            {DOC: "---\ntitle: The Sjo\u0308\n---\n\nA page\nof words\u200f and \u2066more.\n"},
            f"""
            {DOC}:2:8: TEXT-UNICODE text that is not in Unicode normalisation form C in “The Sjo\u0308”. Type the words again.
            {DOC}:6:15: TEXT-UNICODE character U+2066. Type the words again.
            """,
        ),
        case(
            "TEXT-UNICODE",
            {
                WORKS: '- id: a-work\n  type: webpage\n  title: A work\n  alignment: tertiary\n  words:\n    - "one \\u2067two"\n'
            },
            f"{WORKS}:6:7: TEXT-UNICODE character U+2067 in “one \\u2067two”. Type the words again.",
        ),
    ]
