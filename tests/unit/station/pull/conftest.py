from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store

from .made import Clock, Pull


@pytest.fixture
def pull(tmp_path: Path) -> Iterator[Pull]:
    clock = Clock()
    store = Store.open(tmp_path / "data", station="S1", clock=clock, ballast_bytes=0)
    yield Pull(store, clock)
    store.close()
