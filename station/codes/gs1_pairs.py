"""Which application identifiers may stand together, and which must (GS1 General Specifications 4.13 and 4.14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from station.codes.decoded import Element, Fault
from station.codes.gs1_dictionary import Group, dictionary

_CONTENT_KEYS = frozenset({"02", "03", "8026"})  # they identify what is inside; the keys of a Digital Link are the others
_WITH_SERIAL = ("253", "255", "8003")  # a signature over one of these needs its serial part


def pair_fault(elements: Sequence[Element]) -> Fault | None:
    """What is wrong with these together.

    What an identifier requires may be in another code of the same label ("over the combined data from all carriers marking a
    physical item", says the dictionary). A code that has no key at all is such a part of a label, so nothing is asked of it; one
    that has a key must be whole.
    """
    present = {each.identifier for each in elements}
    for fault in (_repeated(elements), _excluded(elements, present), _unsigned(elements, present)):
        if fault:
            return fault
    return _lacking(elements, present) if any(map(_is_key, present)) else None


def _is_key(ai: str) -> bool:
    rule = dictionary().get(ai)
    return ai in _CONTENT_KEYS or (rule is not None and rule.paths is not None)


def _repeated(elements: Sequence[Element]) -> Fault | None:
    """The same identifier twice has the same value twice."""
    values: dict[str, str] = {}
    for each in elements:
        if values.setdefault(each.identifier, each.value) != each.value:
            return Fault("instances_of_ai_have_different_values", each.at, len(each.value), each.identifier)
    return None


def _excluded(elements: Sequence[Element], present: set[str]) -> Fault | None:
    for each, rule in _ruled(elements):
        if any(_matches(pattern, other) for pattern in rule for other in present - {each.identifier}):
            return Fault("invalid_ai_pairs", each.at, len(each.value), each.identifier)
    return None


def _ruled(elements: Sequence[Element]) -> Iterator[tuple[Element, Group]]:
    for each in elements:
        rule = dictionary().get(each.identifier)
        if rule is not None and rule.excludes:
            yield each, rule.excludes


def _unsigned(elements: Sequence[Element], present: set[str]) -> Fault | None:
    if "8030" not in present:
        return None
    for each in elements:
        rule = dictionary().get(each.identifier)
        if each.identifier in _WITH_SERIAL and rule is not None and len(each.value) == rule.least:
            return Fault("serial_not_present", each.at, len(each.value), each.identifier)
    return None


def _lacking(elements: Sequence[Element], present: set[str]) -> Fault | None:
    for each in elements:
        rule = dictionary().get(each.identifier)
        for groups in rule.requires if rule else ():
            if not any(_has(group, present - {each.identifier}) for group in groups):
                return Fault("required_ais_not_satisfied", each.at, len(each.value), each.identifier)
    return None


def _has(group: Group, others: set[str]) -> bool:
    return all(any(_matches(pattern, other) for other in others) for pattern in group)


def _matches(pattern: str, ai: str) -> bool:
    """Whether an identifier is one of a pattern such as "31nn"."""
    bare = pattern.rstrip("n")
    return len(ai) == len(pattern) and ai.startswith(bare)
