"""What the lights of their own and the text display at the bay should show now, as one value computed from the state. Pure.

Nothing is lit unless somebody is signed on, the machine answers and is not stopped, no command is in flight, the tray is here,
and the machine has said DONE to the very thing that is to be lit; for the text a machine without a light may have said it too.
Whatever ends one of these makes the lights dark by itself: there is no command to forget.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.values import Aim, PointAt
from station.core.state import CalibrationPage, StationState
from station.core.steering import Want, place_of, texts_of, wanted
from station.custody import Here
from station.flows import tote_share
from station.flows.tote_share import Distributing, PutBack
from station.task import Mode


@dataclass(frozen=True, slots=True)
class LitPlace:
    """A place on the tray at the bay."""

    tray: int
    point: PointAt


@dataclass(frozen=True, slots=True)
class LitTote:
    """A place that what is picked goes into, and how much."""

    position: str
    quantity: str


@dataclass(frozen=True, slots=True)
class BayText:
    """What the text display says of the place: two lines of data, in no language. `live`, the quantity, ends the upper one."""

    upper: str
    lower: str
    live: str


@dataclass(frozen=True, slots=True)
class BayLights:
    """What is lit, and the text beside it; `alarm` stands over everything on the text display, "" for none. While the pointer is
    taught it stands where a person has turned it (`aim`), and nothing else moves it."""

    place: LitPlace | None = None
    aim: Aim | None = None
    totes: tuple[LitTote, ...] = ()
    text: BayText | None = None
    alarm: str = ""


DARK = BayLights()


def bay_lights(state: StationState) -> BayLights:
    """What is to be lit now."""
    code = state.custody.safety_code
    if isinstance(state.page, CalibrationPage):
        return BayLights(aim=_aim(state, state.page), alarm=_alarm(code))
    binding = state.round.binding if state.round and state.person and not state.page else None
    if binding is not None and state.custody.is_linked and not code and state.custody.motion is None:
        return BayLights(totes=(LitTote(binding.position, ""),), alarm=_alarm(code))
    want = wanted(state)
    if want is None or not _is_done(state, want):
        return BayLights(alarm=_alarm(code))
    if want.mark != state.custody.lit:
        return BayLights(text=_text(want))
    return BayLights(place=_place(state, want), totes=_totes(state, want), text=_text(want))


def _alarm(code: str) -> str:
    return f"! {code}" if code else ""


def _aim(state: StationState, page: CalibrationPage) -> Aim | None:
    """Only on the tray that is taught on, for the person who turns it."""
    custody, picture = state.custody, page.flow.picture
    is_quiet = custody.is_linked and not custody.safety_code and custody.motion is None and custody.is_proven
    is_here = picture is not None and custody.tray_here == picture.number
    return page.aim if state.person is not None and is_quiet and is_here else None


def _is_done(state: StationState, want: Want) -> bool:
    """Whether the machine has brought this place, with a light or, where it has none, without. Nothing is wanted while nobody is
    signed on; the rest is asked here. A light that was refused is not done: the place before it must leave no text."""
    custody = state.custody
    is_quiet = custody.is_linked and not custody.safety_code and custody.motion is None
    is_here = isinstance(custody.where, Here) and custody.where.tray == want.tray
    done = (custody.lit,) if custody.refused_code else (custody.lit, custody.unlit)
    return is_quiet and is_here and bool(want.mark) and want.mark in done


def _place(state: StationState, want: Want) -> LitPlace | None:
    point = place_of(state, want.tray, want.compartment) if want.tray is not None else None
    return LitPlace(want.tray, point) if want.tray is not None and point is not None else None


def _totes(state: StationState, want: Want) -> tuple[LitTote, ...]:
    """Where what is taken goes: all that still get something of it, or the one place that the order has."""
    task, current = want.task, state.round.current if state.round else None
    if task is None or current is None or task.mode is not Mode.PICK or isinstance(current.step, PutBack):
        return ()
    if isinstance(current.step, Distributing):
        found = tote_share.by_tote(current.step.shares)
        return tuple(LitTote(each.position, texts_of(task, each.quantity).quantity) for each in found)
    places = {each.position for each in tote_share.tasks_of(task)}
    place = "" if len(places) > 1 else places.pop() or task.destination
    return (LitTote(place, texts_of(task, want.quantity).quantity),) if place else ()


def _text(want: Want) -> BayText:
    """Above, the compartment and the quantity; below, the item."""
    texts = texts_of(want.task, want.quantity)
    return BayText(want.compartment, texts.part or texts.description, texts.quantity)
