"""Alpha: the published bytes, an independent encoder, and a sign model that keeps files and drops what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.ascii_text import fold
from hardware.devices.alpha import frames
from hardware.devices.alpha.frames import SignAddress, packet, parts_of
from hardware.sim.alpha import AlphaSign

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "alpha.json").read_text(encoding="utf-8"))
ALL = SignAddress()
SET_UP = packet(ALL, [frames.allocate()])


def sent(*commands: bytes) -> bytes:
    """Each in a packet of its own, which needs no pauses."""
    return b"".join(packet(ALL, [command]) for command in commands)


def shown(upper: str, live: str, lower: str) -> bytes:
    text = frames.write_text(frames.TEXT_FILE, frames.text_with_live(upper, lower))
    return sent(text, frames.write_string(frames.LIVE_FILE, frames.live_text(live)))


@pytest.fixture
def sign() -> AlphaSign:
    sign = AlphaSign()
    sign.feed(SET_UP, 0.0)
    return sign


def test_a_packet_is_the_published_one() -> None:
    vector = VECTORS["packets"]["pick_3"]
    made = packet(SignAddress(vector["kind"], vector["number"]), [bytes.fromhex(vector["command"])])
    assert made == bytes.fromhex(vector["packet"])
    assert frames.write_text(b"A", b"PICK 3") == bytes.fromhex(vector["command"])


@pytest.mark.parametrize(("block", "total"), VECTORS["sums"])
def test_the_sum_is_from_stx_to_etx(block: str, total: str) -> None:
    assert frames.checksum(bytes.fromhex(block)) == total.encode()


def test_commands_are_those_of_the_manuals_examples() -> None:
    commands = VECTORS["commands"]
    assert frames.allocate() == commands["files"].encode()
    assert frames.write_string(frames.LIVE_FILE, b"364") == commands["live"].encode()
    assert frames.alarm("") == commands["release"].encode()


def test_another_encoder_makes_the_same_bytes() -> None:
    alphasign = pytest.importorskip("alphasign", reason="alphasignpy is not installed")
    from alphasign.protocol import DisplayMode, DisplayPosition

    theirs = alphasign.Packet(type_code=b"^", address="0A")
    theirs.add(alphasign.WriteText(b"C7 \x101\rBOLT", position=DisplayPosition.TOP_LINE, mode=DisplayMode.HOLD))
    theirs.add(alphasign.WriteString("3 pcs", label="1"))
    theirs.add(alphasign.WriteText(b"! 1001", label="0", position=DisplayPosition.TOP_LINE, mode=DisplayMode.FLASH))
    ours = packet(
        SignAddress("^", "0A"),
        [
            frames.write_text(frames.TEXT_FILE, frames.text_with_live("C7", "BOLT")),
            frames.write_string(frames.LIVE_FILE, frames.live_text("3 pcs")),
            frames.alarm("! 1001"),
        ],
    )
    assert theirs.to_bytes().replace(b"\xff", b"") == ours
    # theirs marks with FF where it pauses: after each STX, as ours is cut
    assert tuple(theirs.to_bytes().split(b"\xff")) == parts_of(ours)


def test_the_live_quantity_changes_without_the_text_beginning_again(sign: AlphaSign) -> None:
    sign.feed(shown("C7", "3 pcs", "BOLT-M8"), 1.0)
    assert sign.rows == ("C7 3 pcs", "BOLT-M8")
    sign.feed(sent(frames.write_string(frames.LIVE_FILE, b"2 pcs")), 2.0)
    assert (sign.rows, sign.redrawn) == (("C7 2 pcs", "BOLT-M8"), 1)


def test_an_alarm_stands_over_the_text_and_its_end_shows_the_text_again(sign: AlphaSign) -> None:
    sign.feed(shown("C7", "3", ""), 1.0)
    sign.feed(sent(frames.alarm("! 1001")), 2.0)
    assert sign.rows == ("! 1001",)
    sign.feed(sent(frames.write_text(frames.TEXT_FILE, b"under it")), 3.0)
    assert sign.rows == ("! 1001",)
    sign.feed(sent(frames.alarm("")), 4.0)
    assert sign.rows == ("under it",)


def test_a_wrong_sum_is_ignored_in_silence(sign: AlphaSign) -> None:
    good = shown("C7", "3", "")
    sign.feed(good.replace(b"C7", b"C8"), 1.0)
    assert (sign.rows, sign.wrong_sums) == (("",), 1)


def test_a_nested_packet_that_does_not_pause_is_lost(sign: AlphaSign) -> None:
    nested = packet(ALL, [frames.write_text(b"A", b"ONE"), frames.write_string(b"1", b"x")])
    parts = parts_of(nested)
    assert b"".join(parts) == nested
    assert [part[-1:] for part in parts] == [b"\x02", b"\x02", b"\x04"]
    sign.feed(nested, 1.0)
    assert (sign.rows, sign.hurried) == (("",), 1)
    for number, part in enumerate(parts):
        sign.feed(part, 2.0 + 0.1 * number)
    assert (sign.rows, sign.hurried) == (("ONE",), 1)


def test_a_sign_listens_to_its_address_alone() -> None:
    sign = AlphaSign(kind="^", number="01")
    for kind, number, is_heard in (
        ("Z", "00", True),
        ("^", "01", True),
        ("^", "0?", True),
        ("^", "02", False),
        ("f", "00", False),
    ):
        sign.texts.clear()
        sign.feed(packet(SignAddress(kind, number), [frames.write_text(b"A", b"X")]), 0.0)
        assert (sign.rows == ("X",)) is is_heard, (kind, number)


def test_a_new_memory_forgets_what_was_there(sign: AlphaSign) -> None:
    sign.feed(shown("C7", "3", ""), 1.0)
    sign.feed(SET_UP, 2.0)
    assert sign.rows == ("",)


@pytest.mark.parametrize(("kind", "number"), [("", "00"), ("ZZ", "00"), ("Z", "0"), ("Z", "0x"), ("\x02", "00")])
def test_no_control_byte_gets_into_a_header(kind: str, number: str) -> None:
    with pytest.raises(ValueError, match="no sign address"):
        SignAddress(kind, number)


@given(upper=st.text(max_size=60), live=st.text(max_size=60), lower=st.text(max_size=60), alarm=st.text(max_size=60))
def test_no_text_breaks_out_of_its_file(upper: str, live: str, lower: str, alarm: str) -> None:
    sign = AlphaSign()
    sign.feed(SET_UP + shown(upper, live, lower), 0.0)
    rows = (f"{fold(upper)[:40].rstrip()} {fold(live)[:31]}".strip(), fold(lower)[:40].strip())
    assert sign.rows == (rows if rows[1] else rows[:1])
    sign.feed(sent(frames.alarm(alarm)), 1.0)
    assert sign.rows == ((fold(alarm)[:40].strip(),) if fold(alarm)[:40].strip() else sign.rows)
    assert (sign.ignored, sign.wrong_sums) == (0, 0)


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=6))
def test_noise_in_any_cut_gives_no_file_and_a_good_packet_after_it_is_obeyed(noise: bytes, cuts: list[int]) -> None:
    sign, start = AlphaSign(), 0
    whole = noise + shown("C7", "", "")
    for cut in [*sorted(cut % (len(whole) + 1) for cut in cuts), len(whole)]:
        sign.feed(whole[start:cut], 0.0)
        start = cut
    assert sign.rows == ("C7",)
