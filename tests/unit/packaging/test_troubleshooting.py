"""docs/troubleshooting.md is what the program says, and has every code."""

from __future__ import annotations

import importlib
import re
from argparse import ArgumentParser
from typing import Any

import pytest

from ui.__main__ import build_parser
from ui.cli.commands import MODULES

from . import PACKAGING

troubleshooting: Any = importlib.import_module("troubleshooting")
remedies: Any = importlib.import_module("remedies")
DOCS = PACKAGING.parent / "docs"
COMMAND = re.compile(r"`baylight ([a-z][^`]*)`")
PAGES = ("troubleshooting.md", "install.md", "driver.md", "operator.md", "supervisor.md", "settings.md")


def test_the_page_is_what_the_program_says() -> None:
    assert (DOCS / "troubleshooting.md").read_text(encoding="utf-8") == troubleshooting.make_page(), (
        "run: python packaging/troubleshooting.py"
    )


def test_every_code_has_a_row_and_words() -> None:
    rows = set(re.findall(r"(?m)^\| ([A-Z]\d{3}) \|", (DOCS / "troubleshooting.md").read_text(encoding="utf-8")))
    assert rows == set(troubleshooting.sentences_by_code())
    assert troubleshooting.unsaid_codes() == []
    assert len(rows) > 200


def test_remedies_are_of_codes_that_there_are() -> None:
    known = set(troubleshooting.sentences_by_code())
    assert [code for code in (*remedies.REMEDIES, *remedies.SAID_BY) if code not in known] == []
    assert [code for code in remedies.NOT_SHOWN if code in known] == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_the_documents_are_commands(page: str) -> None:
    named = {line.split() and tuple(line.split()[:2]) for line in COMMAND.findall((DOCS / page).read_text(encoding="utf-8"))}
    assert [words for words in sorted(named) if not _is_command(words)] == []


def _is_command(words: tuple[str, ...]) -> bool:
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first not in MODULES:
        return False
    choices = _choices(first)
    return not choices or not second.islower() or not second.isalpha() or second in choices


def _choices(command: str) -> set[str]:
    """The words that may follow a command, where it has a list of them."""
    parser = build_parser((command,), lambda text: text)
    lists = [each.choices for each in parser._subparsers._group_actions if each.choices]  # type: ignore[union-attr]
    own: ArgumentParser = lists[0][command]  # type: ignore[index]
    return {str(word) for action in own._actions if action.choices and not action.option_strings for word in action.choices}
