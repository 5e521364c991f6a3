"""Whether an article and its ledger give back what was read from the original."""

from __future__ import annotations

import hashlib

from annotated_archive.ingest.decode import Decoded
from annotated_archive.records.ledger import Ledger, LedgerError, rebuild


def flaw(body: str, ledger: Ledger, original: str) -> str | None:
    """What is wrong with a body and its ledger, in words; None where they give back what was read.

    Of a pasted text that is the original itself, byte for byte, whose SHA-256 is `original`; of any other capture the
    text that was read from it.
    """
    source = ledger.original
    try:
        text = rebuild(body, ledger.spans)
        if source.container == "text":
            data, wanted = Decoded("", source.encoding or "utf-8", source.bom).encode(text), original
        else:
            data, wanted = text.encode(), source.text or ""
    except (LedgerError, UnicodeEncodeError, LookupError) as error:
        return str(error)
    return None if hashlib.sha256(data).hexdigest() == wanted else "they give other bytes"
