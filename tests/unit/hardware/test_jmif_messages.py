"""Telegrams against vectors that our encoder did not make, and every status number of the public text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.answer_layer import NotAnAnswer
from hardware.devices.jmif.exchange import telegram_of
from hardware.devices.jmif.messages import (
    Answer,
    Status,
    Telegram,
    UnknownStatus,
    classify,
    encode,
    parse_answer,
    ping,
)
from hardware.values import BayTexts, FetchTray, PointAt, StoreTray

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "jmif.json").read_text(encoding="utf-8"))


def test_a_fetch_is_written_as_published() -> None:
    texts = BayTexts(order="PO-88", part="A-4711", description="BOLT M8")
    command = FetchTray(command_id=100231, opening="SH1-1", tray=12, point=PointAt(430, 215), texts=texts)
    assert encode(telegram_of(command)) == VECTORS["commands"]["fetch"].encode()


def test_a_ping_is_written_as_published() -> None:
    assert encode(ping(1700000000, "SH1-1")) == VECTORS["commands"]["ping"].encode()


def test_storing_sends_carrier_0_with_the_light_off() -> None:
    command = StoreTray(command_id=100232, opening="SH1-1", tray=12)
    assert encode(telegram_of(command)) == VECTORS["commands"]["store"].encode()


@pytest.mark.parametrize(("line", "code", "host_id", "status"), VECTORS["answers"])
def test_an_answer_is_read_as_published(line: str, code: int, host_id: str, status: str) -> None:
    answer = parse_answer(line.encode().rstrip(b"\r\n"))
    assert isinstance(answer, Answer)
    assert (answer.code, answer.host_id, answer.status) == (code, host_id, Status(status))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (1, Status.INTERFACE_ERROR),
        (99, Status.INTERFACE_ERROR),
        (100, UnknownStatus(100)),
        (101, Status.COMMON_ERROR),
        (102, Status.SEQUENCE_INVALID),
        (103, Status.MACHINE_BUSY),
        (104, Status.TIMEOUT),
        (105, Status.RETRIES_EXCEEDED),
        (106, Status.CARRIER_UNDEFINED),
        (108, Status.INPUT_INVALID),
        (109, UnknownStatus(109)),
        (204, UnknownStatus(204)),
        (303, UnknownStatus(303)),
        (500, UnknownStatus(500)),
        (501, Status.MM260_ERROR),
        (999, Status.MM260_ERROR),
        (1000, Status.MACHINE_ERROR),
        (0xFF0, Status.MACHINE_ERROR),
        (0x1000, Status.MACHINE_ERROR),
        (40000, Status.MACHINE_ERROR),
    ],
)
def test_a_number_means_what_the_public_text_says_and_nothing_else(code: int, status: Status | UnknownStatus) -> None:
    assert classify(code) == status


@given(text=st.text(max_size=60))
def test_no_text_can_break_a_telegram(text: str) -> None:
    data = encode(Telegram(code=1, host_id="1", opening="SH1-1", carrier=1, texts=BayTexts(description=text)))
    assert data.count(b"|") == 12
    assert data.count(b"\n") == 1
    assert b"\x00" not in data


@pytest.mark.parametrize("line", [b"", b"0", b"|1|", b"x|1|", b"0|abc|", b"-1|5|", b"0||", b"0x10|1|", b"0| 1|"])
def test_a_line_without_status_and_id_is_no_answer(line: bytes) -> None:
    assert isinstance(parse_answer(line), NotAnAnswer)
