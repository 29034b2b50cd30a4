"""GS1's application identifiers and their rules, read from the official GS1 Barcode Syntax Dictionary beside this file.

The text is GS1's, unchanged (Apache License 2.0, see NOTICE), so that a new release is a new file and no new code. Its head says
what the columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations

FILE = "gs1-syntax-dictionary.txt"

_COMPONENT = re.compile(r"(\[)?([NXYZ])(\.\.)?([0-9]+)\]?((?:,[a-z0-9]+)*)")
_FLAGS = frozenset("*?")

Group = tuple[str, ...]  # identifiers or patterns ("31nn") that belong together


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a value: its characters (N, X, Y or Z), its length, and the checks beyond that."""

    characters: str
    least: int
    most: int
    is_optional: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """One application identifier. Of each of `requires` one group must be there; `paths` are the qualifiers that may follow it in
    the path of a Digital Link, None where it is no key there."""

    ai: str
    needs_separator: bool
    is_attribute: bool
    components: tuple[Component, ...]
    requires: tuple[tuple[Group, ...], ...] = ()
    excludes: Group = ()
    paths: frozenset[Group] | None = None

    @property
    def least(self) -> int:
        return sum(each.least for each in self.components if not each.is_optional)

    @property
    def most(self) -> int:
        return sum(each.most for each in self.components)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All identifiers. The first two digits of an identifier tell how long it is."""

    identifiers: dict[str, Identifier]
    lengths: dict[str, int]

    def get(self, ai: str) -> Identifier | None:
        return self.identifiers.get(ai)

    def at_start(self, text: str) -> Identifier | None:
        """The identifier that a text begins with."""
        return self.identifiers.get(text[: self.lengths.get(text[:2], 0)])


@cache
def dictionary() -> Dictionary:
    """The dictionary, read once (some milliseconds)."""
    text = resources.files("station.codes").joinpath("gs1", FILE).read_text(encoding="utf-8")
    identifiers = {each.ai: each for each in _parse(text)}
    return Dictionary(identifiers, {ai[:2]: len(ai) for ai in identifiers})


def _parse(text: str) -> Iterator[Identifier]:
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words:
            yield from _entry(words)


def _entry(words: list[str]) -> Iterator[Identifier]:
    first, _, last = words[0].partition("-")
    flags = words[1] if set(words[1]) <= _FLAGS else ""
    rest = words[2:] if flags else words[1:]
    found = [_COMPONENT.fullmatch(word) for word in rest]
    components = tuple(_component(each) for each in found if each)
    attributes = [word for word, each in zip(rest, found, strict=True) if each is None]
    paths = [_paths(word) for word in attributes if word.startswith("dlpkey")]
    for number in range(int(first), int(last or first) + 1):
        yield Identifier(
            ai=str(number).zfill(len(first)),
            needs_separator="*" not in flags,
            is_attribute="?" in flags,
            components=components,
            requires=tuple(_groups(word) for word in attributes if word.startswith("req=")),
            excludes=tuple(each for word in attributes if word.startswith("ex=") for each in word[3:].split(",")),
            paths=frozenset().union(*paths) if paths else None,
        )


def _component(found: re.Match[str]) -> Component:
    is_optional, characters, is_variable, most, checks = found.groups()
    least = 1 if is_variable else int(most)
    return Component(characters, least, int(most), bool(is_optional), tuple(checks.split(",")[1:]))


def _groups(word: str) -> tuple[Group, ...]:
    return tuple(tuple(each.split("+")) for each in word.removeprefix("req=").split(","))


def _paths(word: str) -> set[Group]:
    """Every choice of the qualifiers of one alternative, in its order."""
    chosen: set[Group] = {()}
    for alternative in filter(None, word.removeprefix("dlpkey").removeprefix("=").split("|")):
        qualifiers = alternative.split(",")
        for count in range(1, len(qualifiers) + 1):
            chosen.update(combinations(qualifiers, count))
    return chosen
