"""The documents name files that are there, and keep to their size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/install.md")
NAMED = re.compile(r"`((?:hardware|db|station|ui|tests|docs|packaging)/[\w./-]*|[A-Z]+\.md|pyproject\.toml|[\w-]+\.lock)`")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_files_are_there(document: str) -> None:
    names = NAMED.findall((PROJECT / document).read_text(encoding="utf-8"))
    assert [name for name in names if not (PROJECT / name).exists()] == []


def test_architecture_stays_a_page() -> None:
    assert len((PROJECT / "docs/architecture.md").read_text(encoding="utf-8").splitlines()) <= 100


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    decisions = sorted(file.name for file in (PROJECT / "docs/decisions").glob("[0-9]*.md"))
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    index = (PROJECT / "docs/decisions/README.md").read_text(encoding="utf-8")
    assert [name for name in decisions if f"({name})" not in index] == []


@pytest.mark.parametrize("part", ["Status", "## Context", "## Decision", "## Consequences"])
def test_every_decision_has_its_parts(part: str) -> None:
    files = (PROJECT / "docs/decisions").glob("[0-9]*.md")
    assert [file.name for file in files if part not in file.read_text(encoding="utf-8")] == []
