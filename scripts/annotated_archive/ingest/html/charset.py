"""The bytes of a page as text: by byte-order mark, by what is declared, and by what the bytes themselves say."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import get_args

from annotated_archive.ingest.html.language import likely_language
from annotated_archive.ingest.reading import Doubt
from annotated_archive.records.diagnostic import ContentError, Diagnostic, one_line
from annotated_archive.records.ledger import Encoding

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# How far into a page browsers' saving programs push the declaration: SingleFile puts a comment before it.
_HEAD = 16_384
_META = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{1,40})", re.I)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9_:.+-]{1,40})[\"']", re.I)
# What browsers take a label for, where it is not what the label's own standard says (encoding.spec.whatwg.org).
_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8",
    "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.I | re.S)
_LATIN = {
    "cp1250", "cp1252", "cp1254", "cp1257", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-13",
    "iso8859-14", "iso8859-15", "iso8859-16", "mac-roman",
}  # fmt: skip
_CYRILLIC = ("cp1251", "koi8-r")
_ARABIC = {"ar", "arz", "azb", "ckb", "fa", "ku", "ps", "sd", "ug", "ur"}
# Four letters beyond ASCII in a row stand in hardly any word of a language in Latin letters (Turkish “ışığı”).
_RUN = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]{4,}")
_RUNS = 0.15
# A capital after a small letter: names such as YouTube have them, prose in Cyrillic letters hardly any.
_MIXED = re.compile("[а-яё][А-ЯЁ]")
_MAX_MIXED = 0.03
_LIKELY = 0.8
_TURKISH = re.compile(rb"[A-Za-z\xc7\xd6\xdc\xe7\xf6\xfc][\xf0\xfd\xfe]|[\xf0\xfd\xfe][A-Za-z]")
_MEND = "Read whether the letters are right before it is accepted."


@dataclass(frozen=True)
class Page:
    """The text of a page, the encoding that it was read in (as Python names it), and what there is to doubt."""

    text: str
    encoding: str
    bom: bool
    doubts: tuple[Doubt, ...] = ()


def decode_page(data: bytes, declared: str | None, name: str) -> Page:
    """Decode a page. `declared` is the character set that stood outside it.

    Bytes that are UTF-8 are read so whatever is declared: text in another encoding is practically never valid UTF-8.
    Raises ContentError (INGEST-NOT-TEXT, INGEST-CHARSET).
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Page(text, encoding, True, _replaced(text, data, encoding))
    labels = _labels(data, declared)
    known = {label: codec for label, _ in labels if (codec := _codec(label))}
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, labels, known, name)
    if "\x00" in text:
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-NOT-TEXT", "not a page of text", "Save the page again."))
    wrong = [
        Doubt("INGEST-CHARSET", f"{where} says {one_line(label, 40)}; the bytes are UTF-8 and were read so", _MEND)
        for label, where in labels
        if known.get(label) != "utf-8" and not data.isascii()
    ]
    return Page(text, "utf-8", False, tuple(wrong))


def _labels(data: bytes, declared: str | None) -> list[tuple[str, str]]:
    """The character sets that are declared, the one that browsers follow first, each with who says so."""
    labels = [(declared.strip(), "the capture")] if declared and declared.strip() else []
    head = data[:_HEAD]
    for pattern in (_META, _XML):
        if match := pattern.search(head):
            labels.append((match.group(1).decode("ascii"), "the page"))
    return labels


def _codec(label: str) -> str | None:
    """Python's name for the encoding that browsers take `label` for; None where it is not an encoding of text."""
    try:
        name = codecs.lookup(label.replace(":", "-")).name
    except (LookupError, ValueError):
        return None
    name = _BROWSERS.get(name, name)
    return name if name in get_args(Encoding) else None


def _legacy(data: bytes, labels: list[tuple[str, str]], known: dict[str, str], name: str) -> Page:
    """A page that is not valid UTF-8: as declared where the bytes allow it, else by its content."""
    if data.count(0) * 4 > len(data) and b"<\x00" in data[:200]:
        return _checked(data, "utf-16-le", labels, name)
    doubts: list[Doubt] = []
    for label, where in labels:
        codec = known.get(label)
        if codec is None:
            said = f"{where} says {one_line(label, 40)}, which this program cannot read"
        elif codec == "utf-8":
            text = data.decode("utf-8", "replace")
            # A few bytes cut in two are an accident of the page; many are another encoding.
            if text.count("\ufffd") * 20 <= sum(character > "\x7f" for character in text):
                return Page(text, "utf-8", False, _replaced(text, data, "utf-8"))
            said = f"{where} says {one_line(label, 40)}, which the bytes are not"
        else:
            text = data.decode(codec, "replace")
            if text.count("\ufffd") * 1000 > len(data):
                said = f"{where} says {one_line(label, 40)}, which the bytes are not"
            elif _senseless(data, codec):
                said = f"{where} says {one_line(label, 40)}, in which the bytes are no words"
            else:
                return Page(text, codec, False, (*doubts, *_replaced(text, data, codec)))
        doubts.append(Doubt("INGEST-CHARSET", said, _MEND))
    if any(known.get(label) is None for label, _ in labels):
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-CHARSET", doubts[0].message, "Save the page as UTF-8 from a browser.")
        )
    encoding = _by_content(data)
    if encoding is None:
        message = "the character set cannot be told: in none that is known here do the bytes give words"
        raise ContentError(
            Diagnostic(name, 1, 1, "INGEST-CHARSET", message, "Save the page as UTF-8 from a browser.")
        )
    return _checked(data, encoding, labels, name, tuple(doubts))


def _checked(
    data: bytes, encoding: str, labels: list[tuple[str, str]], name: str, doubts: tuple[Doubt, ...] = ()
) -> Page:
    text = data.decode(encoding, "replace")
    if "\x00" in text[:100_000]:
        raise ContentError(Diagnostic(name, 1, 1, "INGEST-NOT-TEXT", "not a page of text", "Save the page again."))
    why = "what is declared cannot be right" if labels else "no character set is declared"
    message = f"{why}; read as {encoding} by its content"
    return Page(text, encoding, False, (*doubts, Doubt("INGEST-CHARSET", message, _MEND)))


def _by_content(data: bytes) -> str | None:
    """The likeliest encoding of text that is not UTF-8, among those of the archive's languages and of the West.

    None where the text is in letters of which none of these encodings makes words.
    """
    words = _TAGS.sub(b" ", data)
    if not _beyond_latin(words):
        return "cp1254" if len(_TURKISH.findall(words)) > 2 else "cp1252"
    # In KOI8-R and Windows-1251 small and capital letters lie the other way round: prose has few capitals.
    cyrillic = max(_CYRILLIC, key=lambda codec: _small(words.decode(codec, "replace")))
    if _is_cyrillic(words, cyrillic):
        return cyrillic
    language, probability = likely_language(" ".join(words.decode("cp1256", "replace").split()))
    return "cp1256" if language in _ARABIC and probability >= _LIKELY else None


def _senseless(data: bytes, codec: str) -> bool:
    """Whether a declared encoding makes accented letters or mixed capitals of words that are in other letters."""
    if codec not in _LATIN and codec not in _CYRILLIC:
        return False
    words = _TAGS.sub(b" ", data)
    return _beyond_latin(words) and not (codec in _CYRILLIC and _is_cyrillic(words, codec))


def _beyond_latin(words: bytes) -> bool:
    runs = len(_RUN.findall(words))
    return runs > 2 and runs > _RUNS * len(words.split())


def _is_cyrillic(words: bytes, codec: str) -> bool:
    """Whether bytes make prose of Cyrillic letters: those of other alphabets give capitals in the middle of words."""
    text = words.decode(codec, "replace")
    letters = sum("а" <= character.lower() <= "я" for character in text)
    return len(_MIXED.findall(text)) <= _MAX_MIXED * letters


def _small(text: str) -> int:
    return sum("а" <= character <= "я" for character in text)


def _replaced(text: str, data: bytes, encoding: str) -> tuple[Doubt, ...]:
    """The doubt about bytes that are no characters in `encoding`; pages may hold U+FFFD themselves."""
    count = text.count("\ufffd") - data.count("\ufffd".encode(encoding, "ignore") or b"\xff\xfd\xff")
    if count <= 0:
        return ()
    message = f"{count:,} characters could not be read as {encoding} and stand as U+FFFD"
    return (Doubt("INGEST-CHARSET", message, _MEND),)
