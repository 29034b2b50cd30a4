"""Bytes to telegrams: whatever the line does, no exception, no false telegram, and the next good one is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.devices.hostcom.framing import MOST_BYTES, Found, Noise, Telegram, TelegramFramer

GOOD = b"*G2301:0011$V XA$003$ER=00&L=1&E=1&T=8&U=1_000&I=0&J=0$"
OTHER = b"*G2301:0011$V XS$004$E00$"


def telegrams(found: tuple[Found, ...]) -> list[bytes]:
    return [one.data for one in found if isinstance(one, Telegram)]


def feed_cut(data: bytes, cuts: list[int]) -> tuple[Found, ...]:
    framer, found, start = TelegramFramer(), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += framer.feed(data[start:cut])
        start = cut
    return tuple(found)


# Bytes that mean something to the framer come often, so that hypothesis meets its rules.
BYTES = st.lists(st.one_of(st.sampled_from([b"*G", b"*", b"G", b"$", b"\r\n", b"\x00", b" ", OTHER]), st.binary(max_size=40)))
NOISE = BYTES.map(b"".join)


@settings(max_examples=300, deadline=None)
@given(data=NOISE, cuts=st.lists(st.integers(0, 3000), max_size=8))
def test_any_bytes_in_any_cut_give_the_same_telegrams_and_a_good_one_after_them(data: bytes, cuts: list[int]) -> None:
    whole = data + GOOD + b"\r\n"
    assert telegrams(feed_cut(whole, cuts)) == telegrams(feed_cut(whole, []))
    assert telegrams(feed_cut(whole, cuts))[-1] == GOOD


@settings(max_examples=100, deadline=None)
@given(size=st.integers(0, 4 * MOST_BYTES), cuts=st.lists(st.integers(0, 3000), max_size=8), start=st.sampled_from([b"", b"*G"]))
def test_length_changes_nothing_in_any_cut(size: int, cuts: list[int], start: bytes) -> None:
    whole = start + b"x" * size + GOOD + b"*G2301" + b"y" * size + GOOD + b"\r\n"
    assert telegrams(feed_cut(whole, cuts)) == telegrams(feed_cut(whole, [])) == [GOOD, GOOD]


@settings(max_examples=200, deadline=None)
@given(data=NOISE)
def test_no_telegram_is_false(data: bytes) -> None:
    framer = TelegramFramer()
    for telegram in telegrams((*framer.feed(data), *framer.silence())):
        assert telegram.startswith(b"*G")
        assert telegram.endswith(b"$")
        assert telegram.count(b"$") == 4
        assert b"*G" not in telegram[1:]
        assert not any(value < 0x20 for value in telegram)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD + b"\r\n" + OTHER + b"\r\n", [GOOD, OTHER]),
        (GOOD + OTHER + b"\r\n", [GOOD, OTHER]),
        (GOOD + b"\n\x00\x00  " + OTHER + b"\r", [GOOD, OTHER]),
        (b"*G2301:0011$V XA$003$ER=00" + GOOD + b"\r\n", [GOOD]),
        (b"*G2301:0011$V XA$0\r\n" + GOOD + b"\r\n", [GOOD]),
        (b"**G" + GOOD + b"\r\n", [GOOD]),
        (b"*G2301:0011$V XA$003$ER=00&T=1$&U=1_000$\r\n" + OTHER + b"\r\n", [OTHER]),
        (b"*G2301:0011$V\xc2\xa0XS$004$E00$\r\n", [b"*G2301:0011$V\xc2\xa0XS$004$E00$"]),
        (b"*G2301:0011$V XS$004$E00\x07$\r\n" + GOOD + b"\r\n", [GOOD]),
    ],
)
def test_telegrams_come_out_whole_and_once(data: bytes, expected: list[bytes]) -> None:
    assert telegrams(TelegramFramer().feed(data)) == expected
    assert telegrams(feed_cut(data, list(range(len(data))))) == expected


def test_a_telegram_that_nothing_follows_ends_with_silence_and_not_before() -> None:
    framer = TelegramFramer()
    assert framer.feed(GOOD) == ()
    assert framer.waits_for_silence
    assert framer.silence() == (Telegram(GOOD),)
    assert not framer.waits_for_silence
    assert framer.feed(b"\r\n") == ()


def test_half_a_telegram_outlasts_a_pause() -> None:
    framer = TelegramFramer()
    for piece in (b"*", b"G2301:0011$V XS", b"$004$E0"):
        framer.feed(piece)
        assert not framer.waits_for_silence
        assert framer.silence() == ()
    assert framer.feed(b"0$\r\n") == (Telegram(OTHER),)


def test_the_first_half_of_a_start_behind_a_telegram_outlasts_a_pause() -> None:
    framer = TelegramFramer()
    framer.feed(GOOD + b"*")
    assert framer.silence() == (Telegram(GOOD),)
    assert framer.feed(OTHER[1:] + b"\r") == (Telegram(OTHER),)


def test_noise_is_told_after_silence() -> None:
    framer = TelegramFramer()
    framer.feed(b"\xff\xfe noise *")
    assert framer.silence() == (Noise(b"\xff\xfe noise "),)
    assert framer.feed(OTHER[1:] + b"\r\n") == (Telegram(OTHER),)


@pytest.mark.parametrize("start", [b"", b"*G2301:0011$V XA$"])
def test_what_never_ends_is_noise_once_and_kept_short(start: bytes) -> None:
    framer = TelegramFramer()
    found = [*framer.feed(start), *(one for _ in range(10) for one in framer.feed(b"x" * 400))]
    assert [type(one) for one in found] == [Noise]
    assert len(found[0].raw) <= MOST_BYTES
    assert telegrams(framer.feed(GOOD + b"\r\n")) == [GOOD]


@pytest.mark.parametrize("cut", [MOST_BYTES - 1, MOST_BYTES, MOST_BYTES + 1, MOST_BYTES + 2])
def test_the_longest_telegram_is_read_in_any_cut(cut: int) -> None:
    longest = b"*G2301:0011$V XA$003$" + b"x" * (MOST_BYTES - 22) + b"$"
    assert len(longest) == MOST_BYTES
    assert telegrams(feed_cut(longest + GOOD + b"\r\n", [cut])) == [longest, GOOD]


def test_a_new_connection_forgets_the_half_telegram_of_the_old_one() -> None:
    framer = TelegramFramer()
    framer.feed(b"*G2301:0011$V XS$0")
    framer.reset()
    assert telegrams(framer.feed(b"04$E00$\r\n" + GOOD + b"\r\n")) == [GOOD]
