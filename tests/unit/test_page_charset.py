"""Pages whose declared character set is missing or wrong: read by what the bytes say, never silently, or refused."""

from __future__ import annotations

import pytest

from annotated_archive.ingest.html.charset import Page, decode_page
from annotated_archive.records.diagnostic import ContentError

PERSIAN = (
    "وزارت امور خارجه اعلام کرد که وضعيت مرز پايدار است و از طرفين خواست خويشتنداري کنند. نيروهاي نظامي دو کشور روز "
    "سه شنبه يکديگر را به نقض آتش بس متهم کردند و گفتند که به روستاهاي مرزي تيراندازي شده است. "
)
ARABIC = (
    "أعلنت وزارة الدفاع أن القوات أطلقت النار على القرى الحدودية في الليل، وقالت إن أحدا لم يصب بأذى. ودعت وزارة "
    "الخارجية الطرفين إلى ضبط النفس والعودة إلى المفاوضات. "
)
RUSSIAN = "Министерство обороны сообщило о перестрелке на границе, обе стороны обвинили в этом друг друга. "
UKRAINIAN = "Міністерство оборони повідомило про перестрілку на кордоні, сторони звинуватили в цьому одна одну. "
FRENCH = "Le ministère de la Défense a déclaré que des échanges de tirs avaient été signalés à la frontière. "
GREEK = "Το υπουργείο Άμυνας ανακοίνωσε ανταλλαγή πυρών στα σύνορα. " * 3
ARMENIAN = "Հայաստանի պաշտպանության նախարարությունը հայտնեց սահմանին տեղի ունեցած փոխհրաձգության մասին "
CHINESE = "国防部 说夜里有人向边境 村庄开火 "
MENU = "<ul>" + "<li><a href='/x'>Latest news and comment</a>" * 4 + "</ul>"


def decoded(text: str, codec: str, declared: str | None, menu: str = "") -> Page:
    head = f'<meta charset="{declared}">' if declared else ""
    return decode_page(f"<html><head>{head}</head><body>{menu}<p>{text}".encode(codec), None, "a.html")


def armscii(text: str) -> bytes:
    """ArmSCII-8, which Python has no codec for: capital and small letters take turns."""
    codes = {chr(0x561 + at): 0xB3 + 2 * at for at in range(38)} | {chr(0x531 + at): 0xB2 + 2 * at for at in range(38)}
    return bytes(codes.get(one, 32) for one in text)


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1252", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("menu", ["", MENU], ids=["bare", "menu"])
@pytest.mark.parametrize("text", [PERSIAN, ARABIC], ids=["fa", "ar"])
def test_arabic_letters_of_windows_1256_are_read_whatever_is_declared(
    text: str, menu: str, declared: str | None
) -> None:
    page = decoded(text * 2, "cp1256", declared, menu)
    assert page.encoding == "cp1256"
    assert page.text.endswith(text * 2)
    assert page.doubts[-1].message.endswith("read as cp1256 by its content")
    assert all(doubt.rule == "INGEST-CHARSET" for doubt in page.doubts)
    assert len(page.doubts) == (2 if declared else 1)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (PERSIAN, "cp1256"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN.upper(), "cp1251"),
        (UKRAINIAN, "cp1251"), (FRENCH, "cp1252"), (FRENCH.upper(), "cp1252"), (GREEK, "cp1253"),
    ],
)  # fmt: skip
def test_what_is_declared_rightly_is_not_doubted(text: str, codec: str) -> None:
    page = decoded(text * 2, codec, codec.replace("cp", "windows-"))
    assert (page.encoding, page.doubts) == (codec, ())


@pytest.mark.parametrize("declared", [None, "windows-1252"])
@pytest.mark.parametrize("text", [armscii(ARMENIAN), CHINESE.encode("gb18030")], ids=["hy", "zh"])
def test_letters_of_which_no_known_set_makes_words_are_refused(text: bytes, declared: str | None) -> None:
    head = f'<meta charset="{declared}">'.encode() if declared else b""
    with pytest.raises(ContentError, match="the character set cannot be told"):
        decode_page(head + b"<p>" + text * 9, None, "a.html")
