"""Telegrams against vectors that our encoder did not make, and every number of the public texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.config import ConfigError, HostComOptions, LiftConfig
from hardware.devices.hostcom.driver import make_hostcom_lift
from hardware.devices.hostcom.layer import END_SILENCE_S, HostComLayer
from hardware.devices.hostcom.messages import (
    READ_STATUS,
    Address,
    Head,
    Info,
    Macro,
    NotAnAnswer,
    Response,
    Status,
    Unexplained,
    UnknownCode,
    encode,
    parse,
    parse_opening,
)
from hardware.devices.hostcom.passage import macro_of
from hardware.devices.hostcom.sequence import HALF, REMEMBERED, Sequence
from hardware.errors import LINE_GARBAGE
from hardware.line_layer import Trouble
from hardware.values import FetchTray, StoreTray

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "hostcom.json").read_text(encoding="utf-8"))
HERE = Address(1, 1)
FETCH = FetchTray(command_id=7, opening="001-1", tray=8)
STORE = StoreTray(command_id=8, opening="001-1", tray=8)
PLAIN = HostComOptions()
OTHER_FIRMWARE = HostComOptions(parameter="PM01", separator="nbsp")
KINDS = {"status": Status, "info": Info, "response": Response}


@pytest.mark.parametrize(
    ("name", "macro", "number", "options"),
    [
        ("read_status", Macro(READ_STATUS), 1, PLAIN),
        ("get_shelf", macro_of(FETCH), 3, PLAIN),
        ("store_shelf", macro_of(STORE), 4, PLAIN),
        ("get_shelf_two_digits_nbsp", macro_of(FETCH), 3, OTHER_FIRMWARE),
    ],
)
def test_a_request_is_written_as_published(name: str, macro: Macro, number: int, options: HostComOptions) -> None:
    assert encode(macro, HERE, seq=number, options=options) == VECTORS["requests"][name].encode()


@pytest.mark.parametrize(("text", "kind", "number", "code", "tray"), VECTORS["answers"])
def test_an_answer_is_read_as_published(text: str, kind: str, number: int, code: str, tray: int | None) -> None:
    (answer,) = HostComLayer().feed(text.encode() + b"\r\n", 0).messages
    assert type(answer) is KINDS[kind]
    assert answer.head == Head("2301", HERE, number)
    assert answer.code.name == code
    assert getattr(answer, "tray", None) == tray


@pytest.mark.parametrize(
    ("kind", "content", "number"),
    [("XS", b"E06", 6), ("XS", b"E99", 99), ("XI", b"ER=00&L=1", 0), ("XI", b"ER=11", 11), ("XA", b"ER=01&T=8", 1)],
)
def test_a_number_that_is_not_published_stays_unknown(kind: str, content: bytes, number: int) -> None:
    answer = parse(b"*G2301:0011$V " + kind.encode() + b"$003$" + content + b"$")
    assert isinstance(answer, Status | Info | Response)
    assert answer.code == UnknownCode(number)


@pytest.mark.parametrize(
    "content",
    [b"XS$003$F00", b"XS$003$E0", b"XA$003$T=8", b"XA$003$ER=00&T=8&T=9", b"XA$003$ER=00&&T=8", b"XB$003$ER=00", b"XI$003$"],
)
def test_a_content_that_is_not_published_is_kept_and_not_read(content: bytes) -> None:
    assert isinstance(parse(b"*G2301:0011$V " + content + b"$"), Unexplained)


@pytest.mark.parametrize("tray", [b"", b"&T=", b"&T=x", b"&T=-8", b"&T=8.0", b"&t=8"])
def test_a_response_without_a_tray_number_names_no_tray(tray: bytes) -> None:
    answer = parse(b"*G2301:0011$V XA$003$ER=00&L=1&E=1" + tray + b"$")
    assert isinstance(answer, Response)
    assert answer.tray is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"*G2301:0011$U XR$001$macro=read_status$",  # our own request, come back as an echo
        b"*G2301:0011$VXS$001$E00$",
        b"*G2301:011$V XS$001$E00$",
        b"*G2301:0011$V XS$1$E00$",
        b"*G2301:0011$V XS$001$E00",
        b"*G2301:0011$V XS$001$E\xe400$",
    ],
)
def test_other_bytes_are_no_answer(raw: bytes) -> None:
    assert parse(raw) == NotAnAnswer(raw)


@given(raw=st.binary(max_size=80))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    parse(b"*G2301:0011$V XA$003$" + raw + b"$")


@pytest.mark.parametrize(("text", "address"), [("001-1", Address(1, 1)), ("1-2", Address(1, 2)), ("120-0", Address(120, 0))])
def test_an_opening_is_lift_and_access_point(text: str, address: Address) -> None:
    assert parse_opening(text) == address


@pytest.mark.parametrize("text", ["SH1-1", "001", "1-12", "1000-1", "-1", "1-1 ", ""])
def test_another_opening_is_refused_before_anything_is_opened(text: str) -> None:
    with pytest.raises(ConfigError, match="opening"):
        make_hostcom_lift(LiftConfig(url="socket://127.0.0.1:1", protocol="hostcom", opening=text))


@pytest.mark.parametrize("wrong", [{"host": "23"}, {"parameter": "PM001"}, {"separator": "tab"}])
def test_an_option_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="hostcom"):
        HostComOptions(**wrong)


# --- the layer -----------------------------------------------------------------------------------------------------------


def test_a_telegram_without_a_line_end_is_read_after_a_short_silence() -> None:
    layer = HostComLayer()
    assert layer.feed(b"*G2301:0011$V XS$001$E00$", 1.0).messages == ()
    assert layer.due_s == 1.0 + END_SILENCE_S
    assert layer.wake(1.0).messages == ()
    step = layer.wake(1.0 + END_SILENCE_S)
    assert [type(message) for message in step.messages] == [Status]
    assert layer.due_s is None


def test_noise_is_trouble_of_the_line_and_recorded() -> None:
    step = HostComLayer().feed(b"noise\r\n*G2301:0011$V XS$001$E00$\r\n", 0)
    assert isinstance(step.messages[0], Trouble)
    assert step.messages[0].code == LINE_GARBAGE
    assert step.frames == (b"noise\r\n", b"*G2301:0011$V XS$001$E00$")


# --- numbers -------------------------------------------------------------------------------------------------------------


def test_questions_and_commands_never_share_a_number_and_both_wrap() -> None:
    sequence = Sequence(start=498)
    assert [sequence.for_question() for _ in range(4)] == [498, 499, 0, 1]
    commands = [FetchTray(command_id=2**31 + each, opening="001-1", tray=8) for each in range(1200)]
    numbers = [sequence.for_command(each) for each in commands]
    assert set(numbers) == set(range(HALF, 2 * HALF))
    assert sequence.request_of(numbers[-1]) == commands[-1]
    assert sequence.request_of(numbers[-1 - REMEMBERED]) is None


def test_a_number_that_another_command_had_lately_is_not_used_again() -> None:
    sequence = Sequence(start=0)
    first, second = (FetchTray(command_id=each, opening="001-1", tray=8) for each in (7, 7 + HALF))
    assert sequence.for_command(first) == HALF + 7
    assert sequence.for_command(second) == HALF + 8
    assert sequence.request_of(HALF + 7) == first
