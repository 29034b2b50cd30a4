"""The machine panel's words and buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.view.action import Action, Offer
from station.view.ask import AskNumber
from station.view.devices import ByHandRow, DevicesFace, FrameRow
from tests.helpers import faces
from tests.unit.ui.conftest import Bench, MakeBench
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import devices, question_page
from ui.view_models.frames import fold
from ui.widgets.row_button import RowButton

HAND = (Action.STATUS_BY_HAND, Action.FETCH_BY_HAND, Action.STORE_BY_HAND)


def row_of(face: DevicesFace, texts: Texts) -> list[str]:
    return [each.name.removeprefix("action_") for each in devices.present_row(face, Local(), texts).secondary]


def offers(*more: Action, refused: Action) -> tuple[Offer, ...]:
    by_hand = (Offer(action, "refused" if action is refused else "") for action in HAND)
    return (Offer(Action.BACK), *by_hand, *(Offer(action) for action in more), Offer(Action.WEAR), Offer(Action.LOCK))


def test_a_command_that_can_be_given_stands_before_one_that_cannot(texts: Texts) -> None:
    tray_is_here = DevicesFace(devices=(), offers=offers(refused=Action.FETCH_BY_HAND))
    assert row_of(tray_is_here, texts) == ["back", "status_by_hand", "store_by_hand", "more"]
    nothing_is_here = DevicesFace(devices=(), offers=offers(refused=Action.STORE_BY_HAND))
    assert row_of(nothing_is_here, texts) == ["back", "status_by_hand", "fetch_by_hand", "more"]


def test_at_a_device_stands_first_what_is_for_this_device(texts: Texts) -> None:
    for action in (Action.CALIBRATE, Action.TRY_LAMPS):
        face = DevicesFace(devices=(), device="x", offers=offers(action, Action.EXPORT_FRAMES, refused=Action.STORE_BY_HAND))
        assert row_of(face, texts) == ["back", "export_frames", action.value, "more"]


def test_the_question_which_tray_says_that_nothing_moves_yet_and_the_next_one_what_is_out_of_service(texts: Texts) -> None:
    which, warned = (faces.all_views()[name].face for name in ("devices_which", "devices_warned"))
    assert isinstance(which, DevicesFace)
    assert isinstance(warned, DevicesFace)
    page = question_page.present(which, Local(), texts)
    assert (page.title, page.lines) == ("Which tray is to be fetched by hand?", ("Nothing moves before the next question.",))
    primary = question_page.present_row(which, Local(), texts).primary
    assert primary is not None
    assert primary.text == "Go on"
    lines = question_page.present(warned, Local(), texts).lines
    assert lines[:2] == ("Tray 12 is out of service: Damaged", "This bay is out of service: Inspection")


def frames_of(*said: tuple[bool, bytes]) -> tuple[FrameRow, ...]:
    return tuple(FrameRow(at=faces.NOW, is_sent=sent, data=data) for sent, data in said)


def pings(first: int, count: int) -> list[tuple[bool, bytes]]:
    """Newest first: an answer, and the question before it."""
    numbers = range(first + count - 1, first - 1, -1)
    return [each for number in numbers for each in ((False, b"0|ping%d|1|\r\n" % number), (True, b"61|ping%d|1|\r\n" % number))]


def test_equal_pings_are_folded_and_a_command_between_them_is_not() -> None:
    command = (True, b"1|1700000341|SH1-1|12|0|\r\n")
    folded = fold(frames_of(*pings(1_795_711_200, 37), command, *pings(1_795_711_100, 2), (True, b"61|ping1795711099|1|\r\n")))
    assert [(each.frame.data[:10], each.count) for each in folded] == [
        (b"0|ping1795", 37),
        (b"61|ping179", 37),
        (b"1|17000003", 1),
        (b"0|ping1795", 2),
        (b"61|ping179", 2),
        (b"61|ping179", 1),
    ]
    assert folded[0].frame.data == b"0|ping1795711236|1|\r\n", "the newest is kept"


def test_frames_with_another_tray_are_not_alike() -> None:
    other = frames_of((False, b"\x0b1005$XA$003$tray=112$\r"), (False, b"\x0b1005$XA$002$tray=113$\r"))
    assert [each.count for each in fold(other)] == [1, 1]
    same = frames_of((False, b"\x0b1005$XA$003$tray=112$\r"), (False, b"\x0b1005$XA$002$tray=112$\r"))
    assert [each.count for each in fold(same)] == [2]
    tcp = frames_of(
        (True, bytes.fromhex("0003 0000 0006 01 03 0000 0002")), (True, bytes.fromhex("0002 0000 0006 01 03 0000 0002"))
    )
    assert [each.count for each in fold(tcp)] == [2]


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        (b"25|10008|SH1-1|12|0|||||||ITEM 59999||\r\n", b"25|10007|SH1-1|12|0|||||||ITEM 48213||\r\n"),
        (b"25|10008|SH1-1|12|0|\r\n", b"25|10007|SH1-1|12|0|\r\n"),
        (b"4001234567891\r", b"4001234567890\r"),
        (bytes.fromhex("02030000000a"), bytes.fromhex("01030000000a")),
        (b"xy\0\0c", b"ab\0\0c"),
    ],
)
def test_commands_codes_and_frames_of_other_units_that_differ_in_a_number_are_not_alike(newer: bytes, older: bytes) -> None:
    assert [each.frame.data for each in fold(frames_of((True, newer), (True, older)))] == [newer, older]


def many(count: int) -> tuple[FrameRow, ...]:
    return frames_of(*((False, b"tray=%d" % number) for number in range(count, 0, -1)))


def leads(bench: Bench) -> list[str]:
    return [each.model.main for each in bench.window.findChildren(RowButton) if each.isVisible()]


def test_frames_beyond_the_first_page_stand_still_also_over_a_question_until_the_newest_are_wanted(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["devices_one"]
    assert isinstance(view.face, DevicesFace)
    bench.show(replace(view, face=replace(view.face, frames=many(20))))
    bench.tap("page_down")
    seen = leads(bench)
    newer = replace(view.face, frames=many(23))
    bench.show(replace(view, face=newer))
    assert leads(bench) == seen
    asks = AskNumber(code="fetch_which_tray", result="go_on")
    bench.show(replace(view, face=replace(newer, ask=asks)))
    bench.tap("key_1")
    bench.tap("key_enter")
    bench.show(replace(view, face=newer))
    assert leads(bench) == seen
    bench.tap("page_newest")
    bench.settle()
    assert leads(bench)[0] == "tray=23"
    bench.tap("page_down")
    bench.tap("page_up")
    bench.show(replace(view, face=replace(newer, frames=many(30))))
    assert leads(bench)[0] == "tray=30", "the first page shows what is new"


def test_the_list_of_devices_has_the_room_of_the_figures_it_does_not_show(make_bench: MakeBench, texts: Texts) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["devices"]
    assert isinstance(view.face, DevicesFace)
    assert view.face.devices is not None
    row = view.face.devices[1]
    six = tuple(replace(row, name=f"hand {number}") for number in range(5))
    bench.show(replace(view, face=replace(view.face, devices=six)))
    assert len(leads(bench)) == 5
    result = ByHandRow(verb="fetch", outcome="done", tray=12)
    page = devices.present(replace(view.face, result=result), Local(), texts, rows=5)
    assert page.result == "Tray 12 is here"


def test_a_result_says_what_its_code_means_and_when_it_was(texts: Texts) -> None:
    view = faces.all_views()["devices"]
    assert isinstance(view.face, DevicesFace)

    def said(row: ByHandRow) -> str:
        return devices.present(replace(view.face, result=row), Local(), texts, rows=5).result

    time = texts.clock(faces.NOW)
    refused = ByHandRow(verb="status", outcome="not_done", code="L209", names_tray=True, at=faces.NOW)
    parts = ("Status: not ready (L209: see its panel and key)", "it says no tray is here", time)
    assert said(refused) == "  ·  ".join(parts)
    own = ByHandRow(verb="fetch", outcome="not_done", tray=12, code="1002", at=faces.NOW)
    assert said(own) == f"Tray 12 was not fetched (1002)  ·  {time}"


def test_a_count_stays_on_the_line_of_what_it_counts(texts: Texts) -> None:
    view = faces.all_views()["devices_one"]
    assert isinstance(view.face, DevicesFace)
    figures = devices.present(view.face, Local(), texts, rows=4).figures
    assert figures.endswith("3\N{NO-BREAK SPACE}errors · 1\N{NO-BREAK SPACE}retry · 2\N{NO-BREAK SPACE}reconnects")


def test_touches_are_ignored_for_a_moment_when_the_commands_by_hand_change_places(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=30.0)
    bench.window.show()
    view = replace(faces.all_views()["devices"], token=7)
    assert isinstance(view.face, DevicesFace)
    can_fetch = replace(view.face, offers=offers(refused=Action.STORE_BY_HAND))
    bench.show(replace(view, face=can_fetch))
    bench.show(replace(view, token=8, face=replace(can_fetch, frames=many(3))))
    assert bench.window.tap_lock_remaining_s == 0, "the same row at another tick"
    bench.show(replace(view, token=9, face=replace(can_fetch, offers=offers(refused=Action.FETCH_BY_HAND))))
    assert bench.window.tap_lock_remaining_s > 0
    bench.tap("action_store_by_hand")
    assert bench.sent == []
