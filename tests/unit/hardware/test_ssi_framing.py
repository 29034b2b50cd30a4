"""SSI bytes to packets: published packets, and whatever else may come on a line."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.ssi.framing import MOST_DATA_BYTES, MOST_NOISE_BYTES, Noise, Packet, PacketFramer, checksum, encode

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "ssi.json").read_text(encoding="utf-8"))["packets"]
GOOD = encode(Packet(0xF3, b"\x03ABC-123"))

packets = st.builds(Packet, st.integers(0, 255), st.binary(max_size=MOST_DATA_BYTES), st.just(0), st.integers(0, 255))


def _read(*pieces: bytes) -> tuple[Packet | Noise, ...]:
    framer = PacketFramer()
    found = [each for piece in pieces for each in framer.feed(piece)]
    return (*found, *framer.silence())


def _packets(*pieces: bytes) -> list[Packet]:
    return [each for each in _read(*pieces) if isinstance(each, Packet)]


@pytest.mark.parametrize(("raw", "opcode", "source", "status", "data", "what"), VECTORS)
def test_published_packets_are_made_and_read(raw: str, opcode: int, source: int, status: int, data: str, what: str) -> None:
    packet = Packet(opcode, bytes.fromhex(data), source, status)
    assert encode(packet) == bytes.fromhex(raw)
    if source == 0:
        assert _read(bytes.fromhex(raw)) == (packet,)


def test_what_another_host_says_is_no_packet_for_us() -> None:
    raw = bytes.fromhex("04 d0 04 00 ff 28")
    assert _read(raw) == (Noise(raw),)


@given(data=st.binary(max_size=400), cuts=st.lists(st.integers(0, 400), max_size=4))
def test_no_input_raises_or_yields_a_packet_that_is_not_in_it(data: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[first:last] for first, last in itertools.pairwise(places)]
    found = _read(*pieces)
    assert b"".join(each.raw if isinstance(each, Noise) else encode(each) for each in found) == data


@given(garbage=st.binary(max_size=300), packet=packets)
def test_a_good_packet_after_garbage_is_found(garbage: bytes, packet: Packet) -> None:
    framer = PacketFramer()
    framer.feed(garbage)
    framer.silence()
    assert framer.feed(encode(packet)) == (packet,)


@given(garbage=st.binary(max_size=40).filter(lambda each: all(byte < 4 for byte in each)), packet=packets)
def test_a_good_packet_right_behind_garbage_needs_no_silence(garbage: bytes, packet: Packet) -> None:
    assert PacketFramer().feed(garbage + encode(packet))[-1] == packet


def test_a_packet_behind_a_length_that_lies_is_found_at_the_silence() -> None:
    lie = b"\x40\xf3\x00\x00"
    framer = PacketFramer()
    assert framer.feed(lie + GOOD) == ()
    assert framer.silence() == (Noise(lie), Packet(0xF3, b"\x03ABC-123"))


@given(packet=packets, place=st.integers(0, 256), flip=st.integers(1, 255))
def test_a_packet_with_one_wrong_byte_is_none(packet: Packet, place: int, flip: int) -> None:
    raw = bytearray(encode(packet))
    raw[place % len(raw)] ^= flip
    assert packet not in _packets(bytes(raw))


@given(packet=packets, place=st.integers(0, 256))
def test_a_packet_that_lost_a_byte_is_none(packet: Packet, place: int) -> None:
    raw = bytearray(encode(packet))
    del raw[place % len(raw)]
    assert packet not in _packets(bytes(raw))


@given(first=packets, second=packets, cut=st.integers(0, 520))
def test_two_packets_in_one_piece_or_in_two_are_two(first: Packet, second: Packet, cut: int) -> None:
    raw = encode(first) + encode(second)
    assert _packets(raw[:cut], raw[cut:]) == [first, second]


def test_damage_to_a_first_sending_is_told_from_damage_to_a_repeat() -> None:
    for status, is_first in ((0, True), (1, False)):
        raw = bytearray(encode(Packet(0xF3, b"\x03ABC", status=status)))
        raw[5] ^= 1
        assert [each.is_first_sending for each in _read(bytes(raw)) if isinstance(each, Noise)] == [is_first]


def test_endless_noise_is_handed_out_and_not_kept() -> None:
    framer = PacketFramer()
    found = framer.feed(b"\x00" * (MOST_NOISE_BYTES + 1))
    assert [len(each.raw) for each in found if isinstance(each, Noise)] == [MOST_NOISE_BYTES + 1]
    assert not framer.is_waiting


def test_more_data_than_a_packet_holds_is_refused() -> None:
    assert len(encode(Packet(0xF3, bytes(MOST_DATA_BYTES)))) == 257
    with pytest.raises(ValueError, match="252"):
        encode(Packet(0xF3, bytes(MOST_DATA_BYTES + 1)))


def test_the_checksum_makes_the_sum_zero() -> None:
    assert (sum(GOOD[:-2]) + checksum(GOOD[:-2])) & 0xFFFF == 0
