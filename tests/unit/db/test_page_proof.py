"""A long store opens before all its pages are read; what is found damaged later is told, and the next start proves everything."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import page_proof
from db.errors import CORRUPT, StoreError
from db.store import Store
from tests.helpers.guards import ExpectLog

from .made import put


@pytest.fixture
def long_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that counts as long, with a few hundred events."""
    store = Store.open(tmp_path, station="S1", ballast_bytes=0)
    store.append([put(1) for _ in range(1500)]).result()
    store.close()
    monkeypatch.setattr(page_proof, "LONG_BYTES", 0)
    return tmp_path


def _damage_the_past(folder: Path) -> None:
    """Zeros in the middle of the file: in the events' pages, far from the newest."""
    path = folder / "store.db"
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 4096 // 3 * 4096)
        file.write(bytes(4096))


def _open(folder: Path) -> Store:
    return Store.open(folder, station="S1", ballast_bytes=0)


def test_a_long_store_that_is_whole_is_proven_after_it_opened(long_store: Path) -> None:
    store = _open(long_store)
    assert store.pages_proven.result(30) is None
    store.close()


def test_damage_in_the_past_of_a_long_store_is_told_and_proven_at_the_next_start(long_store: Path, expect_log: ExpectLog) -> None:
    expect_log("damaged")
    _damage_the_past(long_store)
    store = _open(long_store)
    failure = store.pages_proven.exception(30)
    store.close()
    assert isinstance(failure, StoreError)
    assert failure.code == CORRUPT
    with pytest.raises(StoreError) as refused:
        _open(long_store)
    assert refused.value.code == CORRUPT


def test_a_store_mended_since_opens_and_forgets_the_damage(long_store: Path) -> None:
    (long_store / page_proof.DAMAGE_FILE).write_text("row 7 missing", encoding="utf-8")
    store = _open(long_store)
    assert store.pages_proven.done(), "it was proven at the start"
    store.close()
    assert not (long_store / page_proof.DAMAGE_FILE).exists()


def test_a_short_store_is_proven_before_it_opens(long_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_proof, "LONG_BYTES", 1 << 30)
    _damage_the_past(long_store)
    with pytest.raises(StoreError) as refused:
        _open(long_store)
    assert refused.value.code == CORRUPT


def test_closing_does_not_wait_for_the_proof(long_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it, go_on = threading.Event(), threading.Event()
    read = page_proof.PageProof._failure

    def slowly(self: Any) -> Any:
        at_it.set()
        assert go_on.wait(30)
        return read(self)

    monkeypatch.setattr(page_proof.PageProof, "_failure", slowly)
    store = _open(long_store)
    assert at_it.wait(30)
    closing = _beside(store.close)
    go_on.set()
    closing.join(30)
    assert not closing.is_alive()
    assert store.pages_proven.cancelled() or store.pages_proven.done()


def _beside(call: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=call)
    thread.start()
    return thread
