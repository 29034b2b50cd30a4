"""The machine's own side of HOST-COM, against the vectors that neither side made, and what a kill leaves of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.sim.faults import FaultPlan
from hardware.sim.layout import default_layout
from hardware.sim.machine import Machine
from hardware.sim.wires.hostcom import HOSTCOM_OPENINGS, HostComWire
from hardware.sim.wires.hostcom_text import Controller, Request, RequestReader, Writer

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "hostcom.json").read_text(encoding="utf-8"))


def read(data: bytes, **controller: Any) -> list[Request]:
    return RequestReader(Controller(**controller)).feed(data)


@pytest.mark.parametrize(
    ("name", "request_"),
    [
        ("read_status", Request("0011", "001", "read_status")),
        ("get_shelf", Request("0011", "003", "get_shelf", {1: 8, 14: 1})),
        ("store_shelf", Request("0011", "004", "store_shelf", {14: 0})),
        ("get_shelf_two_digits_nbsp", Request("0011", "003", "get_shelf", {1: 8, 14: 1})),
    ],
)
def test_the_machine_reads_what_is_published(name: str, request_: Request) -> None:
    assert read(VECTORS["requests"][name].encode()) == [request_]


@pytest.mark.parametrize(
    ("name", "controller", "refusal"),
    [
        ("get_shelf", {"pm": "PM1", "gap": "space"}, ""),
        ("get_shelf", {"pm": "PM01"}, "E03"),
        ("get_shelf", {"gap": "nbsp"}, "E03"),
        ("get_shelf", {"host": "0042"}, "E04"),
        ("get_shelf_two_digits_nbsp", {"pm": "PM01", "gap": "nbsp"}, ""),
        ("get_shelf_two_digits_nbsp", {"pm": "PM1"}, "E03"),
    ],
)
def test_a_strict_controller_takes_its_own_spelling_alone(name: str, controller: dict[str, str], refusal: str) -> None:
    (request,) = read(VECTORS["requests"][name].encode(), **controller)
    assert request.refusal == refusal


def test_noise_and_halves_are_dropped_and_the_next_request_is_read() -> None:
    good = VECTORS["requests"]["read_status"].encode()
    reader = RequestReader(Controller())
    assert reader.feed(b"\xff*G00*G0011:2301$U XR$0\r\n") == []
    assert [request.seq for piece in (good[:9], good[9:]) for request in reader.feed(piece)] == ["001"]


def test_the_machine_writes_what_is_published() -> None:
    writer = Writer(Controller())
    written = [
        writer.status("0011", "001", "E01"),
        writer.info("0011", "003", 6),
        writer.response("0011", "003", 0, 8),
        writer.response("0011", "002", 0, 0),
    ]
    published = {text.rstrip("\r\n") for text, *_ in VECTORS["answers"]}
    assert {each.decode().rstrip("\r\n") for each in written} <= published


class Listener:
    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.heard.append(data)


def a_wire(**controller: Any) -> HostComWire:
    """A machine at the hand of a clock that stands still: nothing moves, nothing is due."""
    layout = default_layout()
    layout = replace(layout, openings=dict(zip(HOSTCOM_OPENINGS, layout.openings.values(), strict=True)))
    wire = HostComWire(Machine(layout), FaultPlan(seed=1), clock=lambda: 0.0, controller=Controller(**controller))
    wire.pump = lambda: None  # type: ignore[method-assign]  # no loop, no timer
    return wire


def said(wire: HostComWire, client: Listener, seq: str, macro: str) -> list[str]:
    """What is answered to a request, without its head."""
    client.heard.clear()
    wire.received(client, f"*G0011:2301$U XR${seq}$macro={macro}$\r\n".encode())
    return ["$".join(each.decode().rstrip("\r\n").split("$")[1:]) for each in client.heard]


def test_the_first_telegram_after_power_on_does_nothing() -> None:
    wire, client = a_wire(), Listener()
    wire.connected(client)
    assert said(wire, client, "001", "get_shelf$PM1=8$PM14=1") == ["V XS$001$E01$"]
    assert wire.state()["pending"] == {}
    assert said(wire, client, "002", "read_status") == ["V XS$002$E00$", "V XA$002$ER=00&L=1&E=1&T=0&U=1_000&I=0&J=0$"]


@pytest.mark.parametrize("macro", ["position_shelf", "get_shelf$PM14=1", "get_shelf$PM1=8", "get_shelf$PM1=0$PM14=1", "nonsense"])
def test_what_it_does_not_know_is_a_header_error(macro: str) -> None:
    wire, client = a_wire(), Listener()
    wire.connected(client)
    assert said(wire, client, "001", macro) == ["V XS$001$E03$"]


def test_a_command_that_waits_for_the_door_outlives_a_kill() -> None:
    wire, client = a_wire(has_door=True), Listener()
    wire.connected(client)
    said(wire, client, "001", "read_status")
    assert said(wire, client, "002", "get_shelf$PM1=8$PM14=1") == [
        "V XS$002$E00$",
        "V XI$002$ER=01&L=1&E=1$",
        "V XI$002$ER=06&L=1&E=1$",
    ]
    assert said(wire, client, "003", "read_status") == ["V XS$003$E02$"]
    again = a_wire(has_door=True)
    again.restore(json.loads(json.dumps(wire.snapshot())))
    assert again.state()["pending"] == {"001-1": "002"}
    again.door("001-1", is_open=False)
    assert again.machine.is_busy
    again.door("001-1", is_open=True)  # locked while something moves
    assert again.state()["open_doors"] == ["001-2"]


def test_a_panel_that_is_not_ready_says_so_to_everything_until_the_key_is_pressed() -> None:
    wire, client = a_wire(), Listener()
    wire.connected(client)
    said(wire, client, "001", "read_status")
    wire.acts()["panel"]({"state": "not_ready"})
    for macro in ("read_status", "get_shelf$PM1=8$PM14=1", "store_shelf$PM14=0"):
        assert said(wire, client, "002", macro) == ["V XS$002$E05$"]
    wire.acts()["return_key"]({})
    assert said(wire, client, "003", "read_status")[0] == "V XS$003$E00$"
    with pytest.raises(ValueError, match="asks_return"):
        wire.acts()["panel"]({"state": "on fire"})
