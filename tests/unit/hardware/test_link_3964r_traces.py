"""Both ends of 3964R against byte traces that neither of them made: each end alone, with a partner on paper."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from hardware.link_3964r.framing import BlockReader, encode_block
from tests.helpers.link_ends import AnEnd, Clock, MachineEnd, StationEnd, machine_settings, station_settings

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "3964r.json").read_text(encoding="utf-8"))
TRACES: list[dict[str, Any]] = VECTORS["traces"]
RUNS = [
    pytest.param(trace, end, id=f"{trace['name']}-{end}")
    for trace in TRACES
    for end in ([trace["end"]] if "end" in trace else ["station", "machine"])
]
Said = list[tuple[float, bytes]]


def octets(text: str) -> bytes:
    """`41 10 {done}` as bytes."""
    words = re.findall(r"\{\w+\}|[0-9a-f]{2}", text)
    return b"".join(VECTORS["texts"][word[1:-1]].encode() if word[0] == "{" else bytes.fromhex(word) for word in words)


def make_end(trace: dict[str, Any], kind: str, clock: Clock, said: Said) -> AnEnd:
    names = (trace.get("link", "3964r"), trace.get("priority", "high"), trace.get("char_s", 0.0))
    say = lambda data: said.append((round(clock.now_s, 3), data))  # noqa: E731
    has_room = lambda: clock.now_s >= trace.get("room_from", 0)  # noqa: E731
    if kind == "station":
        return StationEnd(clock, say, settings=station_settings(*names), has_room=has_room)
    return MachineEnd(clock, say, settings=machine_settings(*names), has_room=has_room)


def joined(said: Said) -> Said:
    """What left in one moment is one piece, however it was written."""
    return [(at_s, b"".join(data for _, data in group)) for at_s, group in groupby(said, key=lambda each: each[0])]


@pytest.mark.parametrize(("trace", "kind"), RUNS)
def test_an_end_does_what_the_trace_says(trace: dict[str, Any], kind: str) -> None:
    clock, said, expected, end_s = Clock(), Said(), Said(), 0.0
    end = make_end(trace, kind, clock, said)
    for post in trace.get("posts", []):
        at, _, content = post.partition(" ")
        clock.at(float(at), lambda content=content: end.post(octets(content)))
    for entry in trace["line"]:
        at, direction, data = re.fullmatch(r"([\d.]+) ([<>.]) ?(.*)", entry).groups()  # type: ignore[union-attr]
        end_s = float(at)
        if direction == ">":
            expected.append((end_s, octets(data)))
        elif direction == "<":
            clock.at(end_s, lambda data=data: end.hear(octets(data)))
    clock.run_until(end_s)
    assert joined(said) == joined(expected)
    assert end.delivered == [octets(content) for content in trace.get("delivers", [])]


@pytest.mark.parametrize("end", ["station", "machine"])
def test_an_end_that_gets_ready_sets_its_partner_idle(end: str) -> None:
    clock, said = Clock(), Said()
    make_end({}, end, clock, said).ready()
    clock.run_until(30)
    assert said == [(0.0, b"\x15")]


@pytest.mark.parametrize(("group", "has_bcc"), [("blocks", True), ("plain blocks", False)])
def test_blocks_are_made_and_read_as_the_vectors_say(group: str, has_bcc: bool) -> None:
    for vector in VECTORS[group]:
        content, line = octets(vector["content"]), octets(vector["line"])
        assert encode_block(content, has_bcc=has_bcc) == line
        reader = BlockReader(has_bcc=has_bcc, most_bytes=100)
        ends = [reader.take(char) for char in line]
        assert [end is not None for end in ends] == [False] * (len(line) - 1) + [True]
        assert (ends[-1].content, ends[-1].raw, ends[-1].error) == (content, line, "")  # type: ignore[union-attr]
