"""GS1's own vectors, where they are (beside the project, not in it): each accepted or rejected as GS1 says, or listed here; the
reason is in docs/scans.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.codes.decode import decode
from station.codes.digital_link import unescaped
from station.codes.gs1_checks import CHECKS
from tests.helpers.converters import DATA

GS1 = DATA / "gs1"
pytestmark = pytest.mark.skipif(not GS1.is_dir(), reason="GS1's vectors are not beside the project")

ROOT = Path(__file__).parents[4]

# Each with its reason in docs/scans.md ("Where we differ from a vector of GS1's").
NO_REGISTRY = {
    ("couponcode", "012345612345611110123"),
    ("couponcode", "01234561234561111012321101230123456"),
    ("couponcode", "012345612345611110123611234567"),
    ("gcppos2", "I1234567"),
}
NO_SCAN = {"1(12345"}
WHOLE_LABEL = {"^800302112345678900^10ABC123"}
UNKNOWN_IDENTIFIER = {"(89)ABC(89)ABC(89)ABC"}
ALLOWING_FLAGS = ("permitZeroSuppressedGTINinDLuris", "permitConvenienceAlphas", "permitUnknownAIs")


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((GS1 / f"vectors_{name}.json").read_text(encoding="utf-8"))
    return found


def test_every_check_says_what_gs1_says_and_where() -> None:
    different = set()
    for vector in vectors("linters"):
        text = vector["input"]
        fault = CHECKS[vector["linter"]](text)
        expected = (vector["error"] or "").removeprefix("GS1_LINTER_").lower()
        marked = f"{text[: fault.at]}*{text[fault.at :][: fault.length]}*{text[fault.at + fault.length :]}" if fault else None
        if ((fault.code if fault else ""), marked) != (expected, vector["marked"]):
            different.add((vector["linter"], text))
    assert different == NO_REGISTRY


def element_strings() -> Iterator[tuple[bool, str]]:
    for vector in vectors("ai"):
        arguments = vector["args"]
        if vector["fn"] in ("test_parseAIdata", "test_processAIdata") and isinstance(arguments[1], str):
            yield arguments[0], arguments[1]
        elif vector["fn"] == "test_validateAIs":
            yield arguments[0], arguments[2]


def test_every_element_string_is_taken_or_refused_as_gs1_says() -> None:
    different = {text for is_good, text in element_strings() if decode(text).valid != is_good}
    assert different == NO_SCAN | WHOLE_LABEL | UNKNOWN_IDENTIFIER


def test_every_digital_link_is_taken_or_refused_as_gs1_says_with_its_flags_as_they_come() -> None:
    for vector in vectors("digital_link"):
        if vector["fn"] != "test_parseDLuri":
            continue
        is_good, uri, _elements = vector["args"]
        is_allowed = any(str(vector["flags"].get(flag)).lower() == "true" for flag in ALLOWING_FLAGS)
        assert decode(uri).valid == (is_good and not is_allowed), uri


def test_percent_sequences_are_read_as_gs1_reads_them() -> None:
    for vector in vectors("digital_link"):
        if vector["fn"] == "test_URIunescape":
            text, in_path, in_query = vector["args"]
            assert (unescaped(text, in_query=False), unescaped(text, in_query=True)) == (in_path, in_query)


def test_every_scan_is_taken_or_refused_as_gs1_says() -> None:
    for vector in vectors("scandata"):
        arguments = vector["args"]
        if vector["fn"] == "test_testProcessScanData":
            assert decode(arguments[1]).valid == arguments[0], arguments[1]
        elif arguments[2]:  # a scan that GS1's own encoder makes
            assert decode(arguments[2]).valid, arguments[2]


def test_the_document_lists_what_differs() -> None:
    said = (ROOT / "docs" / "scans.md").read_text(encoding="utf-8")
    listed = {text for _check, text in NO_REGISTRY} | NO_SCAN | WHOLE_LABEL | UNKNOWN_IDENTIFIER | set(ALLOWING_FLAGS)
    assert {each for each in listed if f"`{each}`" not in said} == set()
