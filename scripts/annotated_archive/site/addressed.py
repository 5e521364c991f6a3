"""The files of a site as MkDocs knows them: its own, and those made here, which it only has to find for links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions


class Ours(File):
    """A file of the site that is made here: MkDocs knows where it lies, for the sake of links, and leaves it alone."""

    def __init__(self, path: str, address: str, config: MkDocsConfig) -> None:
        super().__init__(path, None, config.site_dir, use_directory_urls=False, dest_uri=address)
        self.generated_by = "annotated-archive"

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to render it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it: it is written when all is known."""


class Addressed(Files):
    """MkDocs' own files, and, at each path in `ours` (with where it lies on the site), one that is made here.

    Of tens of thousands of those hardly any is ever asked for: each is there as an object only when it has been, and
    who goes through all files, as MkDocs does several times, meets only these.
    """

    def __init__(self, files: Iterable[File], ours: Mapping[str, str], config: MkDocsConfig) -> None:
        super().__init__(files)
        self.ours, self._config = dict(ours), config

    def get_file_from_path(self, path: str) -> File | None:
        """The file of that path."""
        name = PurePath(path).as_posix()
        if name in self.ours and name not in self._src_uris:
            file = Ours(name, self.ours[name], self._config)
            set_exclusions([file], self._config)
            self._src_uris[name] = file
        return self._src_uris.get(name)

    def __contains__(self, path: str) -> bool:
        return self.get_file_from_path(path) is not None

    @property
    def src_uris(self) -> Mapping[str, File]:
        """Every file by its path."""
        for path in self.ours:
            self.get_file_from_path(path)
        return self._src_uris

    def remove(self, file: File) -> None:
        """Remove a file; it is not asked for any more."""
        super().remove(file)
        self.ours.pop(file.src_uri, None)

    def append(self, file: File) -> None:
        """Add a file, which is there in place of one that is made here."""
        super().append(file)
        if not isinstance(file, Ours):
            self.ours.pop(file.src_uri, None)


def addresses(files: Files) -> dict[str, str]:
    """The path of every file → where it lies on the site."""
    ours = files.ours if isinstance(files, Addressed) else {}
    return {**ours, **{file.src_uri: file.dest_uri for file in files}}
