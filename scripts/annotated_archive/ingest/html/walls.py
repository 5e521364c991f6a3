"""Pages that stand before an article instead of being one: consent, log-in, error and robot pages, and bare stubs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotated_archive.ingest.html.blocks import Block, words

# A text of more words than this is an article, whatever else the page holds; fewer will do where it is marked as one.
_LONG = 300
_LONG_IF_MARKED = 60
# So few are hardly a text: what else the page shows says what it is.
_NOTHING = 30
# So much of a short text must be in blocks that speak of the wall.
_SHARE = 0.5


@dataclass(frozen=True)
class Wall:
    """One kind of page that is no article: what it is called, and the words it is known by.

    `title` is looked for in the page's title and headings, `text` in the blocks of a page with little text.
    """

    name: str
    title: re.Pattern[str] | None
    text: re.Pattern[str]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


# English, Russian, Turkish, Azerbaijani, Armenian, Georgian, Persian, then German and French.
WALLS = (
    Wall(
        "an error page",
        _any(
            r"^(?:error\s*)?(?:404|403|410|500|502|503)\b", r"\b(?:error|http|status)[ :]*(?:4\d\d|5\d\d)\b",
            r"\bpage (?:was |is |could )?not (?:be )?found\b", r"\bnot found$", r"^access denied", r"^forbidden$",
            r"\bservice unavailable\b", r"страниц\w+ не найдена", r"доступ (?:запрещ|ограничен)", r"sayfa bulunamadı",
            r"səhifə tapılmadı", r"էջը (?:չի գտնվել|չգտնվեց)", r"գվերդი ვერ მოიძებნა|გვერდი (?:ვერ|არ) მოიძებნა",
            r"صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد", r"seite nicht gefunden", r"page introuvable",
        ),
        _any(
            r"page (?:you\W+(?:are|were)|you requested|.{0,30}cannot be found|.{0,30}not found|no longer exists)",
            r"страниц\w+ .{0,40}не (?:найдена|существует)", r"sayfa .{0,30}bulunamadı", r"səhifə .{0,30}tapılmadı",
        ),
    ),
    Wall(
        "a page that keeps robots out",
        _any(
            r"^just a moment", r"^attention required", r"are you (?:a |not a )?(?:robot|human)", r"\bcaptcha\b",
            r"security check", r"^ddos-guard", r"verif(?:y|ying) (?:that )?you are (?:a )?human",
        ),
        _any(
            r"captcha", r"verif\w+ (?:that )?you are (?:a )?human", r"unusual (?:traffic|activity)", r"not a robot",
            r"checking your browser", r"cloudflare", r"не робот", r"robot olmadığınızı",
        ),
    ),
    Wall(
        "a page that wants JavaScript",
        None,
        _any(
            r"(?:enable|turn on|activate|requires?|need)\b.{0,40}\bjavascript",
            r"javascript\b.{0,60}\b(?:disabled|enable|required)",
            r"включите.{0,40}javascript", r"javascript.{0,40}etkinleştir", r"javascript.{0,40}(?:aktiv|işə sal)",
            r"միացրե.{0,40}javascript", r"جاوا ?اسکریپت",
        ),
    ),
    Wall(
        "a cookie wall",
        _any(r"^before you continue\b", r"\bcookies? (?:consent|settings|policy)$", r"your privacy choices"),
        _any(
            r"\bcookies?\b", r"\bconsent\b", r"\bprivacy (?:policy|settings|choices)\b",
            r"we (?:and our|value).{0,40}(?:partners|privacy)", r"файл\w* cookie|куки|cookie-файл", r"çerez", r"kuki",
            r"թխուկ|քուքի", r"ქუქი", r"کوکی", r"einwilligung",
        ),
    ),
    Wall(
        "a log-in form",
        _any(
            r"^(?:log|sign)[ -]?in\b", r"^(?:вход|войти|авторизация)\b", r"^giriş", r"^daxil ol", r"^մուտք", r"^შესვლა",
            r"^ورود", r"^anmelde", r"^connexion",
        ),
        _any(
            r"\b(?:log|sign)[ -]?(?:in|up)\b", r"\bpassword\b", r"\bforgot\b", r"create an account", r"парол",
            r"войти|войдите", r"şifre|parola", r"giriş yap", r"daxil ol", r"գաղտնաբառ", r"პაროლი", r"رمز عبور",
            r"passwort", r"mot de passe",
        ),
    ),
    Wall(
        "the stub before a paywall",
        None,
        _any(
            r"subscri(?:be|bers?|ption)\b.{0,60}\b(?:continue|read|access|only|full|unlimited)",
            r"(?:continue reading|to read (?:the|this) (?:full|article|story|rest)|read the full (?:article|story))",
            r"already (?:a |have an? )?(?:subscriber|subscription|member|account)", r"оформ\w+ подписк|по подписке",
            r"abone ol", r"abunə ol", r"բաժանորդագրվե", r"گزارش کامل.{0,20}مشترکین", r"weiterlesen.{0,30}abo",
            r"(?:personal|non-commercial) use only",
        ),
    ),
)  # fmt: skip


LOG_IN = next(kind for kind in WALLS if kind.name == "a log-in form")


def wall(title: str | None, blocks: list[Block], kept: list[bool], *, marked: bool, password: bool) -> str | None:
    """What kind of page stands in the article's place; None where there is an article.

    A long text is an article. A short one is none where title or headline name another kind of page, or where most of
    it speaks of one. An article under a cookie banner has its own words, which are most of the text that is kept.
    `marked` says that the page calls itself an article to programs, `password` that it asks for one: a wall that does
    so, or that is headed so, is a log-in form, whatever its small print speaks of.
    """
    body = [block for block, keep in zip(blocks, kept, strict=True) if keep]
    length = sum(_length(block) for block in body)
    if length > (_LONG_IF_MARKED if marked else _LONG):
        return None
    if length < _NOTHING:  # hardly anything was kept: what else the page shows says what it is
        body = [block for block in blocks if block.rule not in ("navigation", "footer", "header")]
    headings = [title or "", *(block.text for block in blocks if block.kind == "heading" and block.rule != "footer")]
    whole = sum(_length(block) for block in body) or 1
    found = None
    for kind in WALLS:
        about = sum(_length(block) for block in body if kind.text.search(block.text))
        named = kind.title is not None and any(kind.title.search(heading.strip()) for heading in headings[:4])
        if about >= _SHARE * whole or (named and (about or length < _NOTHING)):
            found = found or kind
            if kind is LOG_IN and named:
                return kind.name
    return LOG_IN.name if found and password else found.name if found else None


def cut_short(blocks: list[Block]) -> bool:
    """Whether the page says that there is more of the article for those who pay."""
    return any(WALLS[-1].text.search(block.text) and len(block.text) < 400 for block in blocks)


def _length(block: Block) -> int:
    return sum(1 for _ in words(block.text))
