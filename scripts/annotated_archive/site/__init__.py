"""The site: a thin MkDocs plugin, the theme over Material's, and what builds and serves. MkDocs lives here."""
