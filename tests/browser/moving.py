"""What slides to its place, or fades in, is waited for before it is measured: on a slow machine that takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

DONE = "moves => Promise.allSettled(moves.getAnimations().map(move => move.finished))"


def settled(part: Locator) -> FloatRect | None:
    """Where a part of a page stands once it no longer moves, in pixels."""
    part.evaluate(DONE)
    return part.bounding_box()


def still(page: Page) -> None:
    """Wait until nothing on the page moves."""
    page.evaluate(f"({DONE})(document)")
