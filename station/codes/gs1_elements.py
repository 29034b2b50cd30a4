"""GS1 element strings: split into application identifiers and values as GS1's syntax engine splits them, each value checked.

Both written forms are read: as a scanner sends it, with a group separator for FNC1, and as it is printed for people, "(01)...".
"""

from __future__ import annotations

from station.codes.decoded import Element, Fault
from station.codes.gs1_checks import CHECKS, OF_CHARACTERS
from station.codes.gs1_dictionary import Identifier, dictionary

FNC1 = "\x1d"
MOST_ELEMENTS = 64
MOST_CHARACTERS = 8191

Elements = tuple[tuple[Element, ...], Fault | None]


def split(text: str, at: int) -> Elements:
    """The elements of a string with FNC1 as a group separator, none before the first; `at` is where it begins in the scan."""
    if not text:
        return (), Fault("ai_data_empty", at)
    found: list[Element] = []
    position = 0
    while position < len(text):
        rule = dictionary().at_start(text[position:])
        if rule is None:
            return (), Fault("no_ai_for_prefix", at + position, min(4, len(text) - position))
        position += len(rule.ai)
        end = text.find(FNC1, position)
        end = len(text) if end < 0 else end
        value = text[position : end if rule.needs_separator else min(end, position + rule.most)]
        element = Element(rule.ai, value, at + position)
        if wrong := value_fault(rule, element) or (len(found) == MOST_ELEMENTS and Fault("too_many_ais", at + position)):
            return (), wrong
        found.append(element)
        position += len(value)
        position += text.startswith(FNC1, position)
    return tuple(found), None


def split_printed(text: str, at: int) -> Elements:
    """The elements of a string with its identifiers in brackets. A bracket of a value is written as "\\(" there."""
    found: list[Element] = []
    position = 0
    while position < len(text):
        close = text.find(")", position)
        if text[position] != "(" or close < 0 or close + 1 == len(text):
            return (), Fault("ai_parse_failed", at + position, len(text) - position)
        ai = text[position + 1 : close]
        rule = dictionary().get(ai)
        if rule is None:
            return (), Fault("ai_unrecognised", at + position + 1, len(ai), ai)
        end = _bracket(text, close + 1)
        element = Element(ai, text[close + 1 : end].replace("\\(", "("), at + close + 1)
        if wrong := value_fault(rule, element) or (len(found) == MOST_ELEMENTS and Fault("too_many_ais", at + position)):
            return (), wrong
        found.append(element)
        position = end
    return (tuple(found), None) if found else ((), Fault("ai_data_empty", at))


def _bracket(text: str, start: int) -> int:
    """Where the next identifier begins."""
    at = text.find("(", start)
    while at > 0 and text[at - 1] == "\\":
        at = text.find("(", at + 1)
    return len(text) if at < 0 else at


def value_fault(rule: Identifier, element: Element) -> Fault | None:
    """What is wrong with one value: its length first, for a wrong check digit tells nothing of a value with a digit too many."""
    value, at = element.value, element.at
    if not value:
        return Fault("ai_data_is_empty", at, 0, rule.ai)
    if not rule.least <= len(value) <= rule.most:
        return Fault(f"ai_value_is_too_{'short' if len(value) < rule.least else 'long'}", at, len(value), rule.ai)
    if "^" in value:
        return Fault("ai_contains_illegal_carat_character", at + value.index("^"), 1, rule.ai)
    return _components_fault(rule, element)


def _components_fault(rule: Identifier, element: Element) -> Fault | None:
    position = 0
    for component in rule.components:
        part = element.value[position : position + component.most]
        if not part and component.is_optional:
            continue
        if len(part) < component.least:
            return Fault("ai_data_has_incorrect_length", element.at, len(element.value), rule.ai)
        for name in (OF_CHARACTERS[component.characters], *component.checks):
            if wrong := CHECKS[name](part):
                return Fault(wrong.code, element.at + position + wrong.at, wrong.length, rule.ai)
        position += len(part)
    if position < len(element.value):
        return Fault("ai_data_is_too_long", element.at + position, len(element.value) - position, rule.ai)
    return None
