from __future__ import annotations

import logging
import sqlite3
import sys

import pytest

from db import sqlite


@pytest.mark.parametrize(
    ("version", "is_fixed"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_only_versions_with_the_wal_reset_fix_pass_the_gate(version: tuple[int, ...], is_fixed: bool) -> None:
    assert sqlite.has_wal_reset_fix(version) is is_fixed


def test_the_installed_library_is_a_fixed_one() -> None:
    assert sqlite.has_wal_reset_fix(sqlite.load().sqlite_version_info)


def test_without_the_bundled_library_pythons_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    assert sqlite.library() is sqlite3


def test_an_unfixed_library_is_never_used_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(sqlite, "library", lambda: sqlite3)
    monkeypatch.setattr(sqlite, "has_wal_reset_fix", lambda version: False)
    monkeypatch.setattr(logging.getLogger("db.sqlite"), "warning", lambda text, *values: said.append(text % values))
    assert sqlite.load() is sqlite3
    assert said
    assert "WAL-reset" in said[0]
