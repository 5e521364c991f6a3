"""How much of a capture is read at most: every one of them may be hostile, and none may take the machine down."""

PAGE_BYTES = 20_000_000
"""One page of HTML, unpacked; the longest of 10,000 saved news pages have a tenth of that."""
FILE_BYTES = 50_000_000
"""A capture that is read whole: MHTML, PDF."""
HEAD_BYTES = 65_536
"""The head of a file that tells its kind, of a WARC record, and of the HTTP answer in it."""
FREE_BYTES = 256_000_000
"""What anything packed may unpack to, whatever its size."""
RATIO = 100
"""How many times its size it may unpack to beyond that; text packs to a fifth, gzip can reach a thousandth."""
ENTRIES = 10_000
"""Files in a zip archive; a WACZ has about ten."""
DIRECTORY_BYTES = 16_000_000
"""The list of the files in a zip archive, which is held in memory."""
PAGES = 20_000
"""Pages in one WARC file; their places are held in memory."""
HEADER = 4_000
"""Characters of one header of a WARC record or an HTTP answer."""
KINDS = 1_000
"""Kinds of what is no page, which are counted one by one."""
FAULTS = 100
"""Damaged places in one WARC file, after which the rest of it is not read."""
PARTS = 5_000
"""Parts of an MHTML file."""
PART_DEPTH = 10
"""How deep the parts of an MHTML file may lie in one another."""
FILES = 100_000
"""Files in a folder that is taken in."""
METADATA_BYTES = 5_000_000
"""What a program that saves pages wrote about one of them."""
