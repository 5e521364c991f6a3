"""Bad files of dismissed names, one rule of the check each."""
# ruff: noqa: E501 (a finding is one line)

from __future__ import annotations

from bad_files import Case, case


def dismissals() -> list[Case]:
    """Entries twice, out of order, known by now, and misspelt."""
    return [
        case(
            "DISMISSED-DUPLICATE",
            """
            === archive/dismissed.yml
            - form: Member States
              reason: No name.
            - form: Member States
              reason: No name.
              language: en
            """,
            "archive/dismissed.yml:3:9: DISMISSED-DUPLICATE “Member States” stands already in line 1. Keep one.",
        ),
        case(
            "DISMISSED-ORDER",
            """
            === archive/dismissed.yml
            - form: Tuesday
              reason: A day.
            - form: Army
              reason: No name.
            """,
            "archive/dismissed.yml:3:9: DISMISSED-ORDER “Army” stands after a form that comes later. Run `archive fmt`.",
        ),
        case(
            "DISMISSED-KNOWN",
            """
            === archive/dismissed.yml
            - form: Goris
              reason: Whatever.
            """,
            "archive/dismissed.yml:1:9: DISMISSED-KNOWN “Goris” is a form of “goris” by now. Remove the entry.",
        ),
        case(
            "SCHEMA-UNKNOWN-KEY",
            """
            === archive/dismissed.yml
            - form: Army
              resaon: No name.
              reason: No name.
            """,
            "archive/dismissed.yml:2:3: SCHEMA-UNKNOWN-KEY “resaon”: unknown key. Remove the key or mend its spelling; the schema lists the keys.",
        ),
    ]
