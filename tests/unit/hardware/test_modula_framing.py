"""Bytes to lines and answers: whatever the line does, no exception, no false answer, and the next good one is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.answer_layer import NotAnAnswer
from hardware.config import ConfigError
from hardware.devices.modula_link.framing import MODULA_LINES, MOST_BYTES
from hardware.devices.modula_link.layer import ModulaLayer
from hardware.devices.modula_link.messages import (
    Answer,
    ErrorWord,
    Mark,
    Place,
    ResultAnswer,
    StatusAnswer,
    Verb,
    encode_call,
    encode_return,
    encode_status,
    parse_answer,
    place_of,
)
from hardware.line_framer import Line, LineFramer, Noise
from hardware.line_layer import Trouble

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "modula_link.json").read_text(encoding="utf-8"))
GOOD = b"11|7|STATUS|0|12|0|12|0|0\n\r"


def answers(data: bytes, cuts: list[int]) -> list[Answer]:
    """What a layer understands of bytes that come in these pieces; troubles left out."""
    layer, found, start = ModulaLayer(), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += [each for each in layer.feed(data[start:cut], 0).messages if not isinstance(each, Trouble)]
        start = cut
    return found


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=1500), cuts=st.lists(st.integers(0, 1500), max_size=8))
def test_any_bytes_in_any_cut_give_the_same_answers_and_a_good_one_after_them(data: bytes, cuts: list[int]) -> None:
    whole = data + b"\n" + GOOD
    assert answers(whole, cuts) == answers(whole, [])
    (status,) = [each for each in answers(whole, cuts) if isinstance(each, StatusAnswer)]
    assert status.picks == (12, 0)


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=400))
def test_noise_without_an_end_costs_one_answer_at_most(noise: bytes) -> None:
    assert isinstance(answers(noise + GOOD + GOOD, [])[-1], StatusAnswer)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(GOOD) - 3), byte=st.integers(0, 255))
def test_one_wrong_byte_that_is_no_digit_changes_no_answer(place: int, byte: int) -> None:
    # There is no checksum: a digit that became another digit passes.
    spoilt = GOOD[:place] + bytes((byte,)) + GOOD[place + 1 :]
    for answer in answers(spoilt, []):
        assert isinstance(answer, StatusAnswer | ErrorWord)
        if isinstance(answer, StatusAnswer) and chr(byte) not in "0123456789-":
            assert answer == answers(GOOD, [])[0]


@pytest.mark.parametrize("end", [b"\n\r", b"\r", b"\n", b"\r\n"])
def test_every_end_of_the_public_texts_ends_a_line_once(end: bytes) -> None:
    assert answers(GOOD.strip() + end + GOOD.strip() + end, list(range(60))) == answers(GOOD, []) * 2


def test_an_endless_line_is_noise_once_and_kept_short() -> None:
    framer = LineFramer(MODULA_LINES)
    found = [one for _ in range(10) for one in framer.feed(b"x" * 200)]
    assert [type(one) for one in found] == [Noise]
    assert len(found[0].raw) <= MOST_BYTES
    assert [one for one in framer.feed(b"tail\r\n" + GOOD) if isinstance(one, Line)] == [Line(GOOD[:-2], GOOD[:-1])]


def test_a_new_connection_forgets_the_half_line_of_the_old_one() -> None:
    layer = ModulaLayer()
    layer.feed(b"11|7|STATUS|0|", 0)
    layer.opened(1)
    (answer,) = layer.feed(GOOD, 1).messages
    assert isinstance(answer, StatusAnswer)


def test_requests_are_written_as_published() -> None:
    written = VECTORS["requests"]
    assert encode_status("11", 2000).decode() == written["status"]
    assert encode_call(Place("11", 1), 2001, 12).decode() == written["call"]
    assert encode_return(Place("101", 2), 2002).decode() == written["return"]


@pytest.mark.parametrize("vector", VECTORS["statuses"], ids=lambda vector: vector[0].strip())
def test_a_status_is_read_as_published(vector: list[object]) -> None:
    text, prefix, request_id, status, picks, exes, error_code = vector
    (answer,) = answers(str(text).encode(), [])
    assert answer == StatusAnswer(Mark(prefix, request_id, Verb.STATUS), status, tuple(picks), tuple(exes), error_code)


@pytest.mark.parametrize("vector", VECTORS["results"], ids=lambda vector: vector[0].strip())
def test_a_result_is_read_as_published(vector: list[object]) -> None:
    text, prefix, request_id, verb, result = vector
    assert answers(str(text).encode(), []) == [ResultAnswer(Mark(prefix, request_id, Verb(verb)), result)]


@pytest.mark.parametrize("text", VECTORS["words"])
def test_a_single_word_is_an_error_and_kept(text: str) -> None:
    assert answers(text.encode(), []) == [ErrorWord(text.strip())]


@pytest.mark.parametrize(
    "line",
    [
        b"11|7|STATUS|0|12|0|12",
        b"11|7|STATUS|0|12|0|12|0|0|0",
        b"11|7|STATUS|0|12|x|12|0",
        b"11|7|CALL|0|0",
        b"11|7|CALL|",
        b"|7|CALL|0",
        b"11|a|CALL|0",
        b"11|7|LASER_ON|0",
        b"oops",
        b"||||",
    ],
)
def test_anything_else_is_no_answer(line: bytes) -> None:
    assert parse_answer(line) == NotAnAnswer(line)


@pytest.mark.parametrize(
    ("opening", "place"), [("SH1-1", Place("11", 1)), ("SH10-1", Place("101", 1)), ("1-2.2", Place("12", 2))]
)
def test_an_opening_names_machine_exit_and_position(opening: str, place: Place) -> None:
    assert place_of(opening) == place


@pytest.mark.parametrize("opening", ["", "SH1", "SH1-0", "SH1-1.3", "SH1-12", "A-B"])
def test_an_opening_that_is_none_is_refused(opening: str) -> None:
    with pytest.raises(ConfigError):
        place_of(opening)
