"""`archive suggest`: the names in the articles that the archive does not know, each with what an editor must see."""

from annotated_archive.names.suggest.suggesting import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
