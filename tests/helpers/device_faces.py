"""Hand-made Views of the machine panel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hardware.values import LineHealth
from station.values import Role
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskNumber, Choice
from station.view.devices import ByHandRow, DeviceRow, DevicesFace, FrameRow
from station.view.message import Level, Message
from station.view.status import OperatorTag
from station.view.view import View
from station.view.wait import Wait
from tests.helpers.faces import NOW, view

MAINTENANCE = OperatorTag("p_3", "E. Demir", Role.MAINTENANCE)
HAND = (Action.BACK, Action.STATUS_BY_HAND, Action.FETCH_BY_HAND, Action.STORE_BY_HAND)
LIFT = LineHealth(
    name="M1",
    url="usb:A10K3F",
    port="/dev/ttyUSB0",
    is_up=True,
    frames_sent=18_204,
    frames_heard=18_911,
    errors=3,
    retries=1,
    reconnects=2,
    longest_silence_s=2.13,
    round_trips=1000,
    round_trip_p50_ms=0.42,
    round_trip_p99_ms=5.31,
)
SCANNER = LineHealth(name="hand", url="usb:05e0:1701", is_up=True, frames_heard=412, longest_silence_s=91)
DISPLAY = LineHealth(name="display", url="/dev/ttyUSB1", is_up=False, frames_sent=88, errors=0, reconnects=1)
TOTES = LineHealth(name="totes", url="/dev/ttyUSB3", is_up=True, frames_sent=51, frames_heard=51, longest_silence_s=1.2)
DEVICES = (
    DeviceRow(name="M1", kind="machine", health=LIFT),
    DeviceRow(name="hand", kind="scanner", health=SCANNER),
    DeviceRow(name="display", kind="display", health=DISPLAY, line="line_down"),
)
FRAMES = (
    (False, b"0|1700000341|SH1-1|\r\n"),
    (False, b"203|1700000341|SH1-1|\r\n"),
    (False, b"202|1700000341|SH1-1|\r\n"),
    (False, b"201|1700000341|SH1-1|\r\n"),
    (True, b"1|1700000341|SH1-1|12|0|430|215|||PO-88|A-4711|BOLT M8 zinc-plated, pack of 200 pieces|\r\n"),
    (False, bytes.fromhex("02 10 10 10 03 13")),
)


def device_views() -> Iterator[tuple[str, View]]:
    """The list, one device, the question before a command by hand, and how one ended."""
    rows = tuple(
        FrameRow(at=NOW - timedelta(milliseconds=430 * n), is_sent=sent, data=data) for n, (sent, data) in enumerate(FRAMES)
    )
    offers = tuple(Offer(action) for action in HAND)
    listed = DevicesFace(devices=DEVICES, offers=(*offers, Offer(Action.LOCK)))
    here = (*offers[:2], Offer(Action.FETCH_BY_HAND, "tray_is_here"), offers[3], Offer(Action.EXPORT_FRAMES), Offer(Action.LOCK))
    one = replace(listed, device="M1", frames=rows, offers=here, result=ByHandRow(verb="fetch", outcome="done", tray=12, at=NOW))
    clear = Choice("clear", "clear_fetch", {"tray": 12}, is_primary=True)
    choices = (clear, Choice("not_clear", "not_clear", {"tray": 12}))
    asks = AskChoice(code="is_it_clear_fetch", choices=choices, params={"tray": 12})
    which = replace(
        listed, ask=AskNumber(code="fetch_which_tray", result="go_on"), offers=(Offer(Action.BACK), Offer(Action.LOCK))
    )
    out = Message("tray_page_out", Level.ACT, {"tray": 12, "why": "out_damaged"})
    bay = Message("bay_is_out", Level.ACT, {"why": "out_inspection"})
    asking = replace(listed, ask=asks, offers=(Offer(Action.BACK), Offer(Action.LOCK)))
    stopped = replace(DEVICES[0], word="e_stop", code="1002")
    silent = DeviceRow(name="scale", kind="scale", health=replace(TOTES, name="scale", url="/dev/ttyUSB2"), line="line_silent")
    yield (
        "devices_stopped",
        view(
            replace(listed, devices=(stopped, *DEVICES[1:], silent)),
            Message("e_stop", Level.STOP, {"code": "1002"}, error="1002"),
            operator=MAINTENANCE,
        ),
    )
    moving = replace(one, wait=Wait("tray_coming", 12), result=None)
    who: dict[str, object] = {"operator": MAINTENANCE}
    yield "devices", view(listed, Message("devices_page"), **who)
    yield (
        "devices_status",
        view(
            replace(listed, result=ByHandRow(verb="status", outcome="not_done", tray=12, code="L209", names_tray=True, at=NOW)),
            Message("devices_page"),
            **who,
        ),
    )
    yield "devices_one", view(one, Message("devices_page"), **who)
    yield "devices_asking", view(asking, Message("answer_clear"), **who)
    yield "devices_which", view(which, Message("which_tray"), **who)
    yield "devices_warned", view(replace(asking, warnings=(out, bay)), Message("answer_clear"), **who)
    yield "devices_moving", view(moving, Message("tray_coming", params={"tray": 12}), **who)
    left = {"tray": 12, "seconds": 71}
    yield "devices_line_back", view(replace(moving, wait=Wait("line_back", 12)), Message("line_back_for", Level.ACT, left), **who)
    lost = ByHandRow(verb="fetch", outcome="unknown", tray=12, code="L202", at=NOW)
    not_known = Message("panel_tray_not_known", Level.ACT, error="L202")
    yield "devices_lost", view(replace(listed, result=lost), not_known, **who)
    busy = ByHandRow(verb="status", outcome="not_done", code="L206", names_tray=True, at=NOW)
    yield "devices_busy", view(replace(listed, result=busy), Message("devices_page"), **who)
    lamps = (offers[0], Offer(Action.TRY_LAMPS), *offers[1:], Offer(Action.EXPORT_FRAMES), Offer(Action.LOCK))
    totes = DevicesFace(devices=(DeviceRow(name="totes", kind="totes", health=TOTES),), offers=lamps, device="totes")
    yield "devices_lamps", view(totes, Message("lamps_shine"), **who)
    yield "devices_empty", view(replace(listed, device="hand"), Message("devices_page"), **who)
