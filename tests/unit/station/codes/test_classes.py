"""The classes of GS1's vectors that are decided otherwise here: by rule, and with their reason in docs/scans.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.codes.decode import decode

DOCUMENT = Path(__file__).parents[4] / "docs" / "scans.md"

CLASSES = [  # an example of each, and whether it is taken
    ("991234", True),
    ("1012345", True),
    ("01)12345678901231", True),
    ("1(12345", True),
    ("^800302112345678900^10ABC123", False),
    ("(89)ABC(89)ABC(89)ABC", False),
    ("]C110A ", True),
    ("^17261231^70032701011200", False),
    ("]C0ABC", True),
    ("]X0ABC", True),
    ("^10ABC123", True),
    ("^", False),
]


@pytest.mark.parametrize(("text", "is_taken"), CLASSES)
def test_a_class_that_is_decided_otherwise_is_decided_so_and_stands_in_the_document(text: str, is_taken: bool) -> None:
    assert decode(text).valid is is_taken
    assert f"`{text}`" in DOCUMENT.read_text(encoding="utf-8")
