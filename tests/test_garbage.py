"""When garbage is looked for: not while everything is loaded, and of what is loaded never again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from communique import garbage


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.enable()


def test_what_is_loaded_before_the_first_document_is_not_looked_through_again() -> None:
    garbage.start()
    assert gc.get_threshold() == garbage.AT_START
    frozen = gc.get_freeze_count()
    with garbage.undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_threshold() == garbage.LATER
    assert gc.get_freeze_count() > frozen


def test_later_documents_freeze_nothing_more() -> None:
    gc.set_threshold(*garbage.LATER)
    frozen = gc.get_freeze_count()
    with garbage.undisturbed():
        pass
    assert gc.get_freeze_count() == frozen
