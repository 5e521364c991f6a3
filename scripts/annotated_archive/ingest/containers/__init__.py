"""Containers: what a file or folder of captures holds, as pages. No network, bounded memory, never an exception."""

from annotated_archive.ingest.containers.folders import discover
from annotated_archive.ingest.containers.saved import Saved, pages

__all__ = ["Saved", "discover", "pages"]
