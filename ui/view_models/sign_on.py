"""Signing on, and coming back to a locked screen: the badge first, then the PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.values import Role
from station.view.sign_on import LockedFace, SignOnFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, cancel, primary
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


def present(face: SignOnFace | LockedFace, local: Local, texts: Texts) -> SignOnModel:
    """What to do, and on a sample site with which badge and PIN. The PIN itself is shown as dots only."""
    asks_pin = face.step == "pin"
    has_list, lines = bool(face.sample_people) and not asks_pin, _help(face, texts)
    return SignOnModel(
        title=_title(face, texts),
        help=() if has_list else lines,
        badge_help=lines if has_list else (),
        people_title=texts.label("sample_title") if face.sample_people and isinstance(face, SignOnFace) else "",
        people_help=_people_help(face, texts),
        people=tuple(_person(each, texts) for each in face.sample_people if not asks_pin or each[0] == face.name),
        asks_pin=asks_pin,
        dots=len(local.entry),
        pin_length=face.pin_length,
        waiting=_waiting(face, texts),
    )


def present_row(face: SignOnFace | LockedFace, local: Local, texts: Texts) -> ActionRowModel:
    """Cancel and "Sign on" while the PIN is asked; nothing while the badge is."""
    if face.step != "pin":
        return ActionRowModel()
    reason = _refusal(face, local)
    enter = primary("pin_enter", texts.action("sign_on"), reason=texts.refusal(reason))
    return ActionRowModel((cancel(texts),), enter)


def _refusal(face: SignOnFace | LockedFace, local: Local) -> str:
    if face.is_checking:
        return "checking_pin"
    if face.retry_in_s:
        return "too_early"
    return "" if local.entry else "no_pin"


def _title(face: SignOnFace | LockedFace, texts: Texts) -> str:
    if face.step == "pin":
        return texts.label("pin_title", name=face.name)
    if isinstance(face, LockedFace):
        return texts.label("locked_work" if face.is_closed else "locked_owner", owner=face.owner)
    return texts.label("badge_title")


def _help(face: SignOnFace | LockedFace, texts: Texts) -> tuple[str, ...]:
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


def _people_help(face: SignOnFace | LockedFace, texts: Texts) -> str:
    """How to use the list of the sample site; nothing where the PIN is asked already."""
    if face.step == "pin" or not face.sample_people:
        return ""
    return texts.label("sample_help_by_badge" if isinstance(face, LockedFace) and face.by_badge_alone else "sample_help")


def _waiting(face: SignOnFace | LockedFace, texts: Texts) -> str:
    if face.retry_in_s:
        return texts.label("retry_in", count=face.retry_in_s)
    return texts.message_of("checking_pin") if face.is_checking else ""


def _person(person: tuple[str, str, str, Role], texts: Texts) -> RowModel:
    name, badge, pin, role = person
    return RowModel(
        name=f"person_{badge}", lead=name, main=texts.role(role), sub=badge, right=texts.label("pin", pin=pin), right_sub=""
    )
