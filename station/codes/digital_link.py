"""GS1 Digital Link URIs, uncompressed, on any domain (GS1 Digital Link Standard: URI Syntax 1.6). They are read, never opened.

The path's last part is a key with its qualifiers; attributes are query parameters whose names are digits. Other parameters and
the fragment say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.codes.decoded import Element, Fault
from station.codes.gs1_dictionary import Group, Identifier, dictionary
from station.codes.gs1_elements import MOST_ELEMENTS, Elements, value_fault

SCHEMES = ("https://", "HTTPS://", "http://", "HTTP://")

_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_NOT_OF_DOMAIN = re.compile(r"[_~?#@!$&'()*+,;=%]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_DIGITS = re.compile(r"[0-9]+")


def parse(text: str, at: int) -> Elements:
    """The elements of a URI: those of the path, then the attributes. `at` is where it begins in the scan."""
    legal = _CHARACTERS.match(text)
    if legal is None or legal.end() < len(text):
        return (), Fault("uri_contains_illegal_characters", at + (legal.end() if legal else 0), 1)
    scheme = next((each for each in SCHEMES if text.startswith(each)), None)
    if scheme is None:
        return (), Fault("uri_contains_illegal_scheme", at, text.find("://"))
    slash = text.find("/", len(scheme))
    domain = text[len(scheme) : slash if slash >= 0 else len(text)]
    if wrong := _NOT_OF_DOMAIN.search(domain):
        return (), Fault("domain_contains_illegal_characters", at + len(scheme) + wrong.start(), 1)
    if slash < 0 or not domain:
        return (), Fault("uri_missing_domain_and_path_info", at + len(scheme), len(domain))
    path, _, query = text[slash:].partition("#")[0].partition("?")
    return _parse(path, query, at + slash)


def _parse(path: str, query: str, at: int) -> Elements:
    pairs, wrong = _path_pairs(path, at)
    if wrong is None:
        attributes, wrong = _attributes(query, at + len(path) + 1)
    if wrong is None:
        wrong = _order_fault(pairs, attributes)
    elements = (*pairs, *attributes) if wrong is None else ()
    if wrong is None and len(elements) > MOST_ELEMENTS:
        wrong = Fault("too_many_ais", at)
    return ((), wrong) if wrong else (elements, None)


def _path_pairs(path: str, at: int) -> Elements:
    """The key and what follows it. The path before it is the resolver's own."""
    parts = path.split("/")[1:]
    first = _key(parts)
    if first is None:
        return (), Fault("no_gs1_dl_keys_found_in_path_info", at, len(path))
    found: list[Element] = []
    for number in range(first, len(parts) - 1, 2):
        value_at = at + sum(len(part) + 1 for part in parts[: number + 1]) + 1
        element, wrong = _element(parts[number], parts[number + 1], value_at, in_query=False)
        if element is None:
            return (), wrong
        found.append(element)
    return tuple(found), None


def _key(parts: Sequence[str]) -> int | None:
    """Which part is the key: the last one from which on every other part is an identifier."""
    for number in range(len(parts) - 2, -1, -2):
        rule = dictionary().get(parts[number])
        if rule is None:
            return None
        if rule.paths is not None:
            return number
    return None


def _attributes(query: str, at: int) -> Elements:
    found: list[Element] = []
    for parameter in query.split("&"):
        name, equals, value = parameter.partition("=")
        if equals and _DIGITS.fullmatch(name):
            element, wrong = _element(name, value, at + len(name) + 1, in_query=True)
            if element is None:
                return (), wrong
            found.append(element)
        at += len(parameter) + 1
    return tuple(found), None


def _element(ai: str, escaped: str, at: int, *, in_query: bool) -> tuple[Element | None, Fault | None]:
    rule = dictionary().get(ai)
    if rule is None:
        return None, Fault("unknown_ai_in_query_params", at - len(ai) - 1, len(ai), ai)
    if not escaped:
        return None, Fault(f"ai_value_{'query' if in_query else 'path'}_element_is_empty", at, 0, ai)
    value = unescaped(escaped, in_query=in_query)
    if "\x00" in value:
        return None, Fault("decoded_ai_contains_illegal_null", at, len(escaped), ai)
    element = Element(ai, value, at)
    wrong = value_fault(rule, element)
    if wrong and value != escaped:  # where it is in an escaped value cannot be told from where it is in the value
        wrong = Fault(wrong.code, at, len(escaped), ai)
    return (None, wrong) if wrong else (element, None)


def unescaped(text: str, *, in_query: bool) -> str:
    """Without its percent sequences, one character for each. What is no such sequence stays; in a query "+" is a space."""
    text = text.replace("+", " ") if in_query else text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _order_fault(pairs: Sequence[Element], attributes: Sequence[Element]) -> Fault | None:
    """The qualifiers in their order, nothing twice, and each attribute one that may be one and has no place in the path."""
    key, *qualifiers = [each.identifier for each in pairs]
    paths = _rule(key).paths or frozenset()
    if tuple(qualifiers) not in paths:
        return Fault("invalid_key_qualifier_sequence", pairs[0].at, len(pairs[0].value), key)
    seen = {key, *qualifiers}
    for each in attributes:
        if each.identifier in seen:
            return Fault("duplicate_ai", each.at, len(each.value), each.identifier)
        seen.add(each.identifier)
    for each in attributes:
        if not _rule(each.identifier).is_attribute:
            return Fault("ai_is_not_valid_data_attribute", each.at, len(each.value), each.identifier)
        if _fits_in_path(each.identifier, qualifiers, paths):
            return Fault("ai_should_be_in_path_info", each.at, len(each.value), each.identifier)
    return None


def _fits_in_path(ai: str, qualifiers: Sequence[str], paths: frozenset[Group]) -> bool:
    return any((*qualifiers[:at], ai, *qualifiers[at:]) in paths for at in range(len(qualifiers) + 1))


def _rule(ai: str) -> Identifier:
    return dictionary().identifiers[ai]
