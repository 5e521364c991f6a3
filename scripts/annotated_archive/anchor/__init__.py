"""Anchors: how an annotation holds its words, and how they are found again."""

from annotated_archive.anchor.resolve import Placed, Unplaced, resolve_target
from annotated_archive.anchor.select import select

__all__ = ["Placed", "Unplaced", "resolve_target", "select"]
