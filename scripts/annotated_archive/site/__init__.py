"""The site: the thin MkDocs plugin, the theme's overrides, and the functions that build and serve. MkDocs lives here."""
