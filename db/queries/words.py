"""Several words in one column, as the tables have them: sorted, "|" between them."""

from __future__ import annotations

from collections.abc import Iterable

BETWEEN = "|"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a column."""
    return tuple(text.split(BETWEEN)) if text else ()


def words_text(words: Iterable[str]) -> str:
    """The column of these words."""
    return BETWEEN.join(sorted(set(words)))
