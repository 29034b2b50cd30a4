"""Every sentence is there in every language, with the values that it needs."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.language import LANGUAGES, LOCALE_DIRECTORY

KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "gettext": None, "ngettext": (1, 2)}
TRANSLATED = tuple(each for each in LANGUAGES if each != "en")
FORMS = 2  # one and many, in all five
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


@functools.cache
def sentences() -> frozenset[str | tuple[str, str]]:
    """What the program says, in English: read from its text, as the template is made."""
    found = extract_from_dir(LOCALE_DIRECTORY.parent, [("**.py", "python")], keywords=KEYWORDS)
    return frozenset(message if isinstance(message, str) else (message[0], message[1]) for _, _, message, _, _ in found)


@functools.cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def messages(code: str) -> Iterator[Message]:
    return (each for each in catalogue(LOCALE_DIRECTORY / code / "LC_MESSAGES" / "baylight.po") if each.id)


def texts_of(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def values_in(texts: tuple[str, ...]) -> set[str]:
    return {each for text in texts for each in PLACEHOLDER.findall(text)}


def test_the_template_has_what_the_program_says() -> None:
    template = {each.id for each in catalogue(LOCALE_DIRECTORY / "baylight.pot") if each.id}
    assert template == sentences(), "make it anew: ./dev texts"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_there(code: str) -> None:
    said = {each.id for each in messages(code) if all(texts_of(each.string))}
    assert sentences() - said == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_values_of_the_english_sentence(code: str) -> None:
    wrong = [each.id for each in messages(code) if not _fits(each)]
    assert wrong == []


def _fits(message: Message) -> bool:
    """A count may be left out of the form for one."""
    english, said = texts_of(message.id), texts_of(message.string)
    if len(english) == 1:
        return Counter(PLACEHOLDER.findall(said[0])) == Counter(PLACEHOLDER.findall(english[0]))
    return len(said) == FORMS and values_in(said) == values_in(english)


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_guessed_or_left_over(code: str) -> None:
    assert [each.id for each in messages(code) if each.fuzzy] == []
    assert {each.id for each in messages(code)} - sentences() == set()
