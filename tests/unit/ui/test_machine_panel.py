"""The machine panel's words and buttons."""

from __future__ import annotations

from station.view.action import Action, Offer
from station.view.devices import DevicesFace
from ui.texts import Texts
from ui.view_models import devices

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
