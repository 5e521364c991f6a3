"""What keeps people from using a page, as axe-core sees it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from moving import still
from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours, which take most of the time: they differ in the dark, and not with the width."""
LOOKS = [("light", "wide"), ("light", "narrow"), ("dark", "wide")]
"""In the light everything, in a narrow window everything but colours, in the dark colours."""


# It reads the few colours of a page anew for each element, a third of its work; so it reads each of them once.
ONCE = """;(() => {
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (known.has(text)) {
      [this.r, this.g, this.b, this.alpha] = known.get(text);
    } else {
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    return this;
  };
})()"""
AXE = Axe(AXE_SCRIPT + ONCE)


def barriers(page: Page, scheme: str = "light", width: str = "wide", *, targets: bool = False) -> list[str]:
    """What axe-core finds serious or critical on a page that looks so (`LOOKS`).

    `targets` asks for the size of what is pressed, too: not of the numbers of footnotes within a text.
    """
    colours = {name: {"enabled": width == "wide"} for name in COLOURS}
    still(page)  # what is fading in has less contrast than it will have
    others = {"rules": {"target-size": {"enabled": targets}, **colours}}
    rules = {"runOnly": list(COLOURS)} if scheme == "dark" else others
    # `preload` would fetch the styles, which no page in a folder may; of what is in order nothing is told.
    result = AXE.run(page, options={"preload": False, "resultTypes": ["violations"], **rules})
    return [
        f"{violation['id']}: {violation['nodes'][0]['html']}"
        for violation in result.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
