"""The search: what it finds, the index that a page reads from a server or a folder, and the one of the terminal."""
