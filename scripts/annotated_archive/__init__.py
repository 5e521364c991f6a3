"""Annotated Archive: saved news articles as an annotated, cross-linked, checkable static archive."""

__version__ = "0.1.0"
