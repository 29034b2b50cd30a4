"""Bytes to lines: whatever the line does, no exception, no false line, and the next good one is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.devices.jmif.framing import JMIF_LINES, MOST_BYTES
from hardware.line_framer import Line, LineFramer, Noise

GOOD = b"0|100231|SH1-1|\r\n"


def lines(found: tuple[Line | Noise, ...]) -> list[bytes]:
    return [one.data for one in found if isinstance(one, Line)]


def feed_cut(data: bytes, cuts: list[int]) -> tuple[Line | Noise, ...]:
    framer, found, start = LineFramer(JMIF_LINES), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += framer.feed(data[start:cut])
        start = cut
    return tuple(found)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=3000), cuts=st.lists(st.integers(0, 3000), max_size=8))
def test_any_bytes_in_any_cut_give_the_same_lines_and_a_good_one_after_them(data: bytes, cuts: list[int]) -> None:
    whole = data + b"\n" + GOOD
    assert lines(feed_cut(whole, cuts)) == lines(feed_cut(whole, []))
    assert lines(feed_cut(whole, cuts))[-1] == GOOD.rstrip()


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=400))
def test_noise_without_a_line_end_costs_one_telegram_at_most(noise: bytes) -> None:
    assert lines(LineFramer(JMIF_LINES).feed(noise + GOOD + GOOD))[-1] == GOOD.rstrip()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD + GOOD, [b"0|100231|SH1-1|"] * 2),
        (b"0|1|\r\n" + b"\x00" * 1018 + b"0|2|\r\n", [b"0|1|", b"0|2|"]),
        (b"0|1|\n", [b"0|1|"]),
        (b"0|1|\r", []),
        (b"\x07\x010|1|\r\n0|2|\r\n", [b"0|2|"]),
        (b"\r\n\r\n0|1|\r\n", [b"0|1|"]),
    ],
)
def test_lines_come_out_whole_and_once(data: bytes, expected: list[bytes]) -> None:
    assert lines(LineFramer(JMIF_LINES).feed(data)) == expected
    assert lines(feed_cut(data, list(range(len(data))))) == expected


def test_an_endless_line_is_noise_once_and_kept_short() -> None:
    framer = LineFramer(JMIF_LINES)
    found = [one for _ in range(10) for one in framer.feed(b"x" * 700)]
    assert [type(one) for one in found] == [Noise]
    assert len(found[0].raw) <= MOST_BYTES
    assert lines(framer.feed(b"tail\r\n" + GOOD)) == [GOOD.rstrip()]


def test_a_new_connection_forgets_the_half_line_of_the_old_one() -> None:
    framer = LineFramer(JMIF_LINES)
    framer.feed(b"0|99")
    framer.reset()
    assert lines(framer.feed(b"0|1|\r\n")) == [b"0|1|"]
