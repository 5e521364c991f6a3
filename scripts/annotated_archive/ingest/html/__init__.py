"""The parts of reading an HTML page: its bytes, its blocks, which of them are the article, what it says of itself."""
