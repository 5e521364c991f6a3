"""What keeps people from using a page, as axe-core sees it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DARK = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: a page in the dark differs in nothing else from the one that is light."""


def barriers(page: Page, scheme: str = "light") -> list[str]:
    """What axe-core finds serious or critical: all of it in the light, in the dark what concerns colours."""
    rules = {"runOnly": DARK} if scheme == "dark" else {"rules": {"target-size": {"enabled": True}}}
    # `preload` would fetch the styles, which no page in a folder may.
    result = Axe().run(page, options={"preload": False, **rules})
    return [
        f"{violation['id']}: {violation['nodes'][0]['html']}"
        for violation in result.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
