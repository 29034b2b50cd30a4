from __future__ import annotations

import pytest

from db.queries.chains import Chain
from db.sync.resuming import Standing, compare
from db.sync.values import Position


def _compare(
    own: str, there: str, *, second: str = "", taken: dict[str, int] | None = None, limit: int | None = None
) -> Standing:
    """Chains of one letter an event; "second" is a later epoch that only the site knows."""
    chain = Chain(epoch="e1", seq=len(own), hash=own, first_n=1, last_n=len(own), limit=len(own) if limit is None else limit)
    asked: list[int] = []

    def site_hash(epoch: str, seq: int) -> str:
        asked.append(seq)
        return there[:seq]

    site = [Position("e1", len(there), there)] if there else []
    site += [Position("e2", len(second), second)] if second else []
    found = compare([chain], site, taken=taken or {}, own_hash=lambda epoch, seq: own[:seq], site_hash=site_hash)
    assert len(asked) <= 8  # however long the chains are
    return found


@pytest.mark.parametrize(
    ("own", "there", "acked", "forks", "extras", "continues"),
    [
        ("abc", "", 0, (), (), False),
        ("abc", "abc", 3, (), (), False),
        ("abc", "ab", 2, (), (), False),
        ("abc", "abcd", 3, (), (Position("e1", 3),), True),
        ("abxy", "abcd", 2, ("e1",), (Position("e1", 2),), False),
        ("abx", "abcd", 2, ("e1",), (Position("e1", 2),), False),
        ("abxyz", "abc", 2, ("e1",), (Position("e1", 2),), False),
        ("x" * 100 + "y" * 99, "x" * 100 + "z" * 50, 100, ("e1",), (Position("e1", 100),), False),
    ],
)
def test_both_ends_are_compared(
    own: str, there: str, acked: int, forks: tuple[str, ...], extras: tuple[Position, ...], continues: bool
) -> None:
    found = _compare(own, there)
    assert (found.acked["e1"], found.forks, found.extras, found.continues) == (acked, forks, extras, continues)


def test_later_epochs_of_the_site_continue_the_log() -> None:
    found = _compare("ab", "abc", second="mn")
    assert found.extras == (Position("e1", 2), Position("e2", 0))
    assert found.continues


def test_an_epoch_that_the_site_does_not_know_is_not_continued() -> None:
    found = _compare("ab", "", second="mn")
    assert found.extras == (Position("e2", 0),)
    assert not found.continues


def test_what_was_told_again_is_no_fork_and_what_was_taken_is_not_missing() -> None:
    found = _compare("abxy", "abcd", limit=2, taken={"e1": 4})
    assert (found.acked["e1"], found.forks, found.extras) == (2, (), ())
