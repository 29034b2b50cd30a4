"""Whatever the line does to either end of 3964R: no exception, no false block, and the next good one is found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.link_3964r.framing import BlockReader, encode_block
from tests.helpers.link_ends import AnEnd, Clock, MachineEnd, StationEnd, machine_settings, station_settings

GOOD = bytes.fromhex("41421010431003 53".replace(" ", ""))  # of the reference
GOOD_CONTENT = bytes.fromhex("41421043")
PRINTABLE = st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60).map(str.encode)
BOTH = pytest.mark.parametrize("kind", ["station", "machine"])


class Heard:
    """One end, and what it said."""

    def __init__(self, kind: str, link: str = "3964r") -> None:
        self.clock = Clock()
        self.said = bytearray()
        make: Any = StationEnd if kind == "station" else MachineEnd
        made = station_settings(link) if kind == "station" else machine_settings(link)
        self.end: AnEnd = make(self.clock, self.said.extend, settings=made)

    def cut(self, data: bytes, cuts: list[int]) -> None:
        start = 0
        for stop in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
            self.end.hear(data[start:stop])
            start = stop

    def good_block(self) -> None:
        """After silence, as a partner that was refused comes again."""
        self.clock.run_until(self.clock.now_s + 1)
        self.end.hear(b"\x02")
        self.end.hear(GOOD)


@BOTH
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=600), cuts=st.lists(st.integers(0, 600), max_size=8))
def test_any_bytes_in_any_cut_give_the_same_and_a_good_block_after_them(kind: str, data: bytes, cuts: list[int]) -> None:
    whole, cut = Heard(kind), Heard(kind)
    whole.end.hear(data)
    cut.cut(data, cuts)
    assert (whole.end.delivered, whole.said) == (cut.end.delivered, cut.said)
    cut.good_block()
    assert cut.end.delivered[-1:] == [GOOD_CONTENT]
    assert cut.said[-1:] == b"\x10"


@BOTH
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from([b"\x02", b"\x10", b"\x03", b"\x15", b"A", GOOD, b"\x10\x03\x13"]), max_size=60))
def test_control_characters_in_any_order_never_stop_an_end(kind: str, pieces: list[bytes]) -> None:
    heard = Heard(kind)
    heard.end.post(b"command")
    for piece in pieces:
        heard.end.hear(piece)
    heard.clock.run_until(heard.clock.now_s + 100)  # its own block has gone, or is given up
    heard.good_block()
    assert heard.end.delivered[-1:] == [GOOD_CONTENT]


@BOTH
@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=200).filter(lambda data: 0x02 not in data))
def test_without_an_stx_nothing_is_a_block(kind: str, data: bytes) -> None:
    heard = Heard(kind)
    heard.end.hear(data)
    heard.clock.run_until(10)
    assert heard.end.delivered == []
    assert heard.said == (b"\x15" if data.strip(b"\x15") else b"")


@BOTH
@pytest.mark.parametrize("link", ["3964r", "3964"])
@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=120).filter(lambda content: not content.startswith(b"\x02")))
def test_any_content_comes_out_as_it_went_in(kind: str, link: str, content: bytes) -> None:
    heard = Heard(kind, link)
    heard.end.hear(b"\x02" + encode_block(content, has_bcc=link == "3964r"))
    assert (heard.end.delivered, heard.said) == ([content], b"\x10\x10")


@BOTH
@settings(max_examples=200, deadline=None)
@given(
    content=PRINTABLE, at=st.integers(0, 1000), bit=st.integers(0, 7), kind_of_harm=st.sampled_from(["turn", "lose", "double"])
)
def test_one_harmed_character_never_gives_another_text(kind: str, content: bytes, at: int, bit: int, kind_of_harm: str) -> None:
    line = encode_block(content)
    at %= len(line)
    harmed = {"turn": bytes((line[at] ^ 1 << bit,)), "lose": b"", "double": line[at : at + 1] * 2}[kind_of_harm]
    heard = Heard(kind)
    heard.end.hear(b"\x02" + line[:at] + harmed + line[at + 1 :])
    heard.clock.run_until(1)
    assert heard.end.delivered in ([], [content])  # a doubled check character comes after a whole block
    heard.good_block()
    assert heard.end.delivered[-1] == GOOD_CONTENT


@BOTH
@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60))
def test_both_ends_make_the_same_bytes(kind: str, content: bytes) -> None:
    heard = Heard(kind)
    heard.end.post(content)
    heard.end.hear(b"\x10")
    assert heard.said == b"\x02" + encode_block(content)


def test_a_block_that_is_too_long_is_kept_short_and_refused_at_its_end() -> None:
    reader = BlockReader(has_bcc=True, most_bytes=10)
    ends = [end for char in encode_block(b"A" * 1000) if (end := reader.take(char)) is not None]
    assert [(end.content, end.error) for end in ends] == [(b"", "the block is too long")]
    assert len(ends[0].raw) <= 24
