from __future__ import annotations

import errno
import pickle

import pytest

from db.errors import BUG, BUSY, CORRUPT, DISK_FULL, UNREADABLE, Kind, StoreError, classify


class SqliteError(Exception):
    """An error of the driver with SQLite's result code."""

    def __init__(self, code: int) -> None:
        super().__init__("words of SQLite")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        (SqliteError(13), DISK_FULL, Kind.KNOWN),
        (SqliteError(778), DISK_FULL, Kind.KNOWN),  # a write that was cut short
        (SqliteError(10), UNREADABLE, Kind.KNOWN),
        (SqliteError(5 | 1 << 8), BUSY, Kind.KNOWN),  # an extended code of BUSY
        (SqliteError(11), CORRUPT, Kind.KNOWN),
        (SqliteError(26), CORRUPT, Kind.KNOWN),
        (SqliteError(19), BUG, Kind.BUG),
        (OSError(errno.ENOSPC, "no room"), DISK_FULL, Kind.KNOWN),
        (OSError(errno.EACCES, "no right"), UNREADABLE, Kind.KNOWN),
        (KeyError("x"), BUG, Kind.BUG),
    ],
)
def test_an_error_is_named_by_whose_fault_it_is(error: Exception, code: str, kind: Kind) -> None:
    found = classify(error)
    assert (found.code, found.kind) == (code, kind)


def test_a_store_error_stays_what_it_is_and_travels_between_processes() -> None:
    error = StoreError(BUSY, "words")
    assert classify(error) is error
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.code, copy.message) == (BUSY, "words")


def test_the_kind_travels_too() -> None:
    copy = pickle.loads(pickle.dumps(StoreError(BUG, "words", kind=Kind.BUG)))
    assert copy.kind is Kind.BUG
