"""Names: which forms an entity is written in, where they stand in a text, and the front matter that says so."""

from annotated_archive.names.context import Setting, setting_of
from annotated_archive.names.forms import Form, forms_of, not_phrases
from annotated_archive.names.link import linked_lists, with_lists
from annotated_archive.names.matcher import Ambiguity, Matcher, Mention
from annotated_archive.names.mentions import ArticleMentions, article_mentions, find_mentions
from annotated_archive.names.prose import named_in_prose
from annotated_archive.names.remembered import pieces_of
from annotated_archive.names.update import update_links

__all__ = [
    "Ambiguity",
    "ArticleMentions",
    "Form",
    "Matcher",
    "Mention",
    "Setting",
    "article_mentions",
    "find_mentions",
    "forms_of",
    "linked_lists",
    "named_in_prose",
    "not_phrases",
    "pieces_of",
    "setting_of",
    "update_links",
    "with_lists",
]
