"""Scanner bytes to codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.serial_scanner.framing import MOST_BYTES, CodeFramer


@pytest.mark.parametrize(
    "data", [b"A-4711\r", b"A-4711\n", b"A-4711\r\n", b"\x02A-4711\x03", b"\x02A-4711\x03\r\n", b"xx\x02A-4711\r"]
)
def test_every_suffix_ends_one_code(data: bytes) -> None:
    assert CodeFramer().feed(data, 0.0) == (b"A-4711",)


def test_the_aim_id_the_group_separator_and_spaces_stay() -> None:
    assert CodeFramer().feed(b"]C10109520123456788\x1d21 7\r", 0.0) == (b"]C10109520123456788\x1d21 7",)


def test_silence_ends_a_code_of_a_scanner_without_suffix() -> None:
    framer = CodeFramer()
    assert framer.feed(b"A-47", 0.0) == ()
    assert framer.feed(b"11", 0.04) == ()
    assert framer.wake(0.08) == ()
    assert framer.wake(0.1) == (b"A-4711",)


def test_an_endless_code_is_dropped_whole() -> None:
    framer = CodeFramer()
    assert framer.feed(b"x" * (MOST_BYTES + 500) + b"\r" + b"A\r", 0.0) == (b"A",)


@given(data=st.binary(max_size=200), cut=st.integers(0, 200))
def test_a_cut_changes_nothing(data: bytes, cut: int) -> None:
    whole, parts = CodeFramer(), CodeFramer()
    data += b"\rEND\r"
    assert whole.feed(data, 0.0) == parts.feed(data[:cut], 0.0) + parts.feed(data[cut:], 0.0)
