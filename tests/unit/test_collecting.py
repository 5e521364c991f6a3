"""When Python looks for garbage: not while a record is read."""

from __future__ import annotations

import gc

from annotated_archive.records.collecting import uncollected


def test_garbage_is_looked_for_again_and_what_is_here_counts_as_old() -> None:
    assert gc.isenabled()
    gc.collect()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
        kept = [[number] for number in range(2_000)]
    assert gc.isenabled() and gc.get_freeze_count() == 0
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert not young.intersection(map(id, kept))


def test_what_is_set_aside_stays_so() -> None:
    gc.freeze()
    try:
        assert gc.get_freeze_count()
        with uncollected():
            pass
        assert gc.get_freeze_count()  # fewer, where some of it was freed meanwhile
    finally:
        gc.unfreeze()
