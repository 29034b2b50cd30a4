"""The machine panel's words and buttons."""

from __future__ import annotations

from station.view.action import Action, Offer
from station.view.devices import DevicesFace
from tests.helpers import faces
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import devices, question_page

HAND = (Action.STATUS_BY_HAND, Action.FETCH_BY_HAND, Action.STORE_BY_HAND)


def row_of(face: DevicesFace, texts: Texts) -> list[str]:
    return [each.name.removeprefix("action_") for each in devices.present_row(face, texts).secondary]


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
