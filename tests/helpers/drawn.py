"""The diagrams in docs/operator.md: rows that begin with a letter, each an edge that a test walks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "operator.md"
ROW = re.compile(r"^ +[|`] ([a-z])  (\S.*)$", re.MULTILINE)


def rows(heading: str, number: int = 0) -> dict[str, str]:
    """The lettered rows of a section's diagram, counted from 0. A letter that stands twice, or a row without one, is a fault."""
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    drawn = section.split("```")[2 * number + 1]
    found = ROW.findall(drawn)
    assert len(dict(found)) == len(found) == len(re.findall(r"^ +[|`]", drawn, re.MULTILINE)), heading
    return dict(found)


def lacks(row: str, words: Iterable[str]) -> str:
    """The first of the words that does not stand in the row behind those before it; "" when all do."""
    at = 0
    for each in words:
        found = row.find(each, at)
        if found < 0:
            return each
        at = found + len(each)
    return ""
