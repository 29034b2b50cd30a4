"""The pointer is taught: the tray with its places at the left; the arrows, or what came of it, at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.view.action import Action, Offer
from station.view.calibration import CalibrationFace, PlaceMark
from station.view.tray_map import TrayMap
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, primary
from ui.view_models.task import Fact, WaitModel, present_wait

ARROWS: Final = {"left": "←", "up": "↑", "down": "↓", "right": "→"}
TURNS: Final = 3  # how many widths of a turn there are
PRIMARY: Final = (Action.ON_MARK, Action.ACCEPT_LEVEL, Action.CALIBRATE, Action.TEACH_ANEW, Action.FETCH_AGAIN)
CHECKS: Final = ("calibrate_one", "calibrate_two")
LINES: Final = {"coming": ("calibrate_coming_1", "calibrate_coming_2")}


@dataclass(frozen=True, slots=True)
class TurnModel:
    """The arrows. `place` says which of the six is taught; `widths` how far an arrow turns, one of them chosen."""

    place: str
    arrows: tuple[ButtonModel, ...]
    widths: tuple[ButtonModel, ...]


@dataclass(frozen=True, slots=True)
class CalibrationModel:
    """`turn` while a place is taught, else title, facts and lines."""

    tray: str
    compartment: str
    map: TrayMap | None
    marks: tuple[PlaceMark, ...]
    wait: WaitModel | None = None
    turn: TurnModel | None = None
    title: str = ""
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()


def present(face: CalibrationFace, texts: Texts) -> CalibrationModel:
    now = face.now
    tray = str(face.tray) if face.tray is not None else ""
    if now is not None:
        return CalibrationModel(tray, now.compartment, face.map, face.marks, turn=_turn(face, now, texts))
    return CalibrationModel(
        tray,
        "",
        face.map,
        face.marks,
        present_wait(face.wait, texts),
        title=texts.label(f"calibrate_title_{face.step}"),
        facts=_facts(face, texts),
        lines=_lines(face, texts),
    )


def present_row(face: CalibrationFace, texts: Texts) -> ActionRowModel:
    """What goes on is the primary button."""
    offers = {each.action: each for each in face.offers}
    first = next((offers[action] for action in PRIMARY if action in offers), None)
    if first is None:
        return arrange(face.offers, texts)
    button = primary(f"action_{first.action.value}", _words(face, first, texts), reason=texts.refusal(first.refused))
    return arrange(face.offers, texts, primary_button=button, without=(first.action,), first=(Action.PLACE_BEFORE,))


def _words(face: CalibrationFace, offer: Offer, texts: Texts) -> str:
    if offer.action is not Action.CALIBRATE:
        return texts.action(offer.action)
    return texts.label("calibrate_another" if face.step == "saved" else "calibrate_begin_again")


def _turn(face: CalibrationFace, now: PlaceMark, texts: Texts) -> TurnModel:
    widths = (ButtonModel(f"by_{index}", texts.label(f"turn_by_{index}"), is_chosen=index == face.turn) for index in range(TURNS))
    return TurnModel(
        place=texts.label("calibrate_place", number=now.number, count=len(face.marks)),
        arrows=tuple(ButtonModel(f"turn_{way}", sign) for way, sign in ARROWS.items()),
        widths=tuple(widths),
    )


def _facts(face: CalibrationFace, texts: Texts) -> tuple[Fact, ...]:
    """How far each check is off, how far it may be, and the height that it is about."""
    facts = [Fact(texts.label(name), _mm(off, texts)) for name, off in zip(CHECKS, face.checks_mm, strict=False)]
    if face.limit_mm is not None:
        facts.append(Fact(texts.label("calibrate_allowed"), _mm(face.limit_mm, texts)))
    if face.height_mm is not None:
        facts.append(Fact(texts.label("calibrate_height_of"), texts.label("millimetres", value=face.height_mm)))
    return tuple(facts)


def _mm(length: float, texts: Texts) -> str:
    return texts.label("millimetres", value=texts.decimal(length, 0 if length == int(length) else 1))


def _lines(face: CalibrationFace, texts: Texts) -> tuple[str, ...]:
    if face.step == "refused":
        return (texts.label(f"calibrate_why_{face.why}"),)
    if face.step == "saving":
        return ()
    return tuple(texts.label(name) for name in LINES.get(face.step, (f"calibrate_{face.step}_1",)))
