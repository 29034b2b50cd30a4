"""Signing on, and coming back to a locked screen: the badge first, then the PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.values import Role
from station.view.sign_on import LockedFace, PinAgainFace, SignOnFace
from ui.language import OWN_NAMES
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, cancel, primary
from ui.view_models.rows import RowModel

HOW_TO: Final = ("how_1", "how_2", "how_3")


@dataclass(frozen=True, slots=True)
class SignOnModel:
    title: str
    help: tuple[str, ...]  # below the title
    badge_help: tuple[str, ...]  # below the picture of the badge, where the people of a sample site need the room
    people_title: str
    people_help: str
    people: tuple[RowModel, ...]
    asks_pin: bool
    dots: int
    pin_length: int
    waiting: str  # why the PIN pad rests: checking, or the time until the next try


GateFace = SignOnFace | LockedFace | PinAgainFace
DECISIONS: Final = ("count_variance", "count_recount")  # by badge and PIN of somebody who has not counted
STEPS: Final = {"pin": "pin_title", "new_pin": "new_pin_title", "again": "new_pin_again_title"}


def present(face: GateFace, local: Local, texts: Texts) -> SignOnModel:
    """What to do, and on a sample site with which badge and PIN. The PIN itself is shown as dots only."""
    asks_pin = _asks_pin(face)
    has_list, lines = bool(face.sample_people) and not asks_pin, _help(face, texts)
    return SignOnModel(
        title=_title(face, texts) if not has_list or isinstance(face, LockedFace) else "",  # the bar says it; the list is long
        help=() if has_list else lines,
        badge_help=lines if has_list else (),
        people_title=texts.label("sample_title") if face.sample_people and isinstance(face, SignOnFace) else "",
        people_help=_people_help(face, texts),
        people=tuple(_person(each, texts) for each in face.sample_people if not asks_pin or _is_told(face, each[0])),
        asks_pin=asks_pin,
        dots=len(local.entry),
        pin_length=face.pin_length,
        waiting=_waiting(face, texts),
    )


def _asks_pin(face: GateFace) -> bool:
    return face.step in STEPS


def _is_told(face: GateFace, name: str) -> bool:
    """Whether a sample person's PIN stands beside the keypad: not of a new one, which is not the old."""
    return name == face.name and (isinstance(face, PinAgainFace) or face.step == "pin")


def _enter(face: GateFace) -> str:
    if isinstance(face, PinAgainFace):
        return "confirm_pin"
    return "sign_on" if face.step == "pin" and not face.locked else "go_on_pin"


def present_row(face: GateFace, local: Local, texts: Texts) -> ActionRowModel:
    """Cancel and the button that takes the PIN while it is asked. While the badge is: the languages, or Cancel where a lock-out
    is to be lifted."""
    if isinstance(face, PinAgainFace) and face.may_be_absent and not _asks_pin(face):
        return ActionRowModel((cancel(texts), ButtonModel("action_nobody_here", texts.action("nobody_here"), f_key=2)))
    if not _asks_pin(face):
        has_way_back = isinstance(face, PinAgainFace) or face.locked
        if has_way_back:
            return ActionRowModel((cancel(texts),))
        return _languages(texts) if isinstance(face, SignOnFace) else ActionRowModel()
    reason = _refusal(face, local)
    enter = primary("pin_enter", texts.action(_enter(face)), reason=texts.refusal(reason))
    return ActionRowModel((cancel(texts),), enter)


def _languages(texts: Texts) -> ActionRowModel:
    """The other languages, each by the name that its people know."""
    others = [each for each in texts.choices if each != texts.language.code]
    named = tuple(ButtonModel(f"language_{each}", OWN_NAMES[each], f_key=place) for place, each in enumerate(others, 1))
    return ActionRowModel(named, is_low=bool(named))


def _refusal(face: GateFace, local: Local) -> str:
    if face.is_checking:
        return "checking_pin"
    if face.retry_in_s:
        return "too_early"
    return "" if local.entry else "no_pin"


def _title(face: GateFace, texts: Texts) -> str:
    if isinstance(face, PinAgainFace):
        if face.act in DECISIONS:
            return texts.label("approve_pin_title", name=face.name) if face.name else texts.label("approve_title")
        if face.act == "two_person":
            return texts.label("second_pin_title", name=face.name) if face.name else texts.label("second_title")
        without_name = "approve_order_title" if face.act.startswith("order_") else "approve_gap_title"
        return texts.label("pin_again_title", name=face.name) if face.name else texts.label(without_name)
    if face.step in STEPS:
        return texts.label(STEPS[face.step], name=face.name)
    if face.locked:
        return texts.label("locked_out_title", name=face.locked)
    if isinstance(face, LockedFace):
        return texts.label("locked_work" if face.is_closed else "locked_owner", owner=face.owner)
    return texts.label("badge_title")


def _help(face: GateFace, texts: Texts) -> tuple[str, ...]:
    if isinstance(face, PinAgainFace):
        if face.act == "count_variance":
            counted, book = (texts.quantity(each, face.item) for each in (face.counted, face.book))
            return (texts.label("act_count_variance", counted=counted, book=book), texts.label("approve_help"))
        if face.act in DECISIONS:
            return (texts.label(f"act_{face.act}"), texts.label("approve_help"))
        if face.act == "two_person":
            return (*second_lines(face, texts), texts.label("second_help_absent" if face.may_be_absent else "second_help"))
        return (texts.label(f"act_{face.act}"), texts.label("pin_again_help"))
    if face.step in ("new_pin", "again"):
        return (texts.label("new_pin_help"), texts.label("new_pin_rule"))
    if face.locked and face.step == "badge":
        return (texts.label("unlock_1"), texts.label("unlock_2"), texts.label("unlock_3"))
    if isinstance(face, SignOnFace):
        is_shown_who = face.sample_people and face.step == "pin"
        return () if is_shown_who else tuple(texts.label(name) for name in HOW_TO)
    lines = []
    if face.wait is not None:
        lines.append(texts.wait(face.wait))
    elif face.tray is not None:
        lines.append(texts.label("locked_tray", tray=face.tray))
    way = "locked_closed" if face.is_closed else "locked_by_badge" if face.by_badge_alone else "locked_by_pin"
    lines.append(texts.label(way, owner=face.owner))
    return tuple(lines)


def second_lines(face: PinAgainFace, texts: Texts) -> tuple[str, ...]:
    """What the second person confirms, and with whom."""
    task = face.task
    if task is None:
        return (texts.label("act_two_person"),)
    item = task.item
    what = texts.label("second_goods", quantity=texts.quantity(task.quantity, item), item=item.code, name=item.name)
    where = texts.label(f"second_{task.mode}", compartment=task.place.compartment, order=task.order or "–", by=face.by)
    return (what, where)


def _people_help(face: GateFace, texts: Texts) -> str:
    """How to use the list of the sample site; nothing where the PIN is asked already."""
    if _asks_pin(face) or not face.sample_people:
        return ""
    return texts.label("sample_help_by_badge" if isinstance(face, LockedFace) and face.by_badge_alone else "sample_help")


def _waiting(face: GateFace, texts: Texts) -> str:
    if face.retry_in_s:
        return texts.label("retry_in", count=face.retry_in_s)
    return texts.message_of("checking_pin") if face.is_checking else ""


def _person(person: tuple[str, str, str, Role], texts: Texts) -> RowModel:
    name, badge, pin, role = person
    return RowModel(
        name=f"person_{badge}", lead=name, main=texts.role(role), sub=badge, right=texts.label("pin", pin=pin), right_sub=""
    )
