"""The alarms that hold now, all of them and not only the one in the bar; and the list of what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station.core.inputs import Now
from station.core.state import StationState
from station.faces.bar import bar, in_time
from station.faces.printers_face import printer_messages
from station.faces.stop_bar import stop
from station.faces.store_alarm import SENTENCES
from station.messages import Heard, followed
from station.store_watch import OF_CHORES
from station.view.message import Level, Message
from station.view.messages import MessagesView
from station.view.status import Light

SAID_FIRST: Final = "signed_on"  # a greeting tells nothing later


def heard(state: StationState, now: Now) -> StationState:
    """The same with what its bar says now in its list; the same object when that is nothing new."""
    shown = in_time(state, now)
    sentence = bar(shown)
    is_said = shown.bar is not None and sentence.code == shown.bar.code and sentence.code != SAID_FIRST
    log = followed(
        state.messages,
        sentence,
        is_said=is_said,
        flash=state.flash,
        flashed=state.flashed,
        alarms=alarms(state),
        at=now.utc,
    )
    return state if log is state.messages else replace(state, messages=log)


def messages_view(state: StationState) -> MessagesView | None:
    """None while nobody works here: the list names items and orders."""
    if state.person is None:
        return None
    sees_chores = state.person.role in state.rules.devices_page
    log = state.messages
    return MessagesView(holds=_seen(log.holds, sees_chores), said=_seen(log.said, sees_chores))


def _seen(heard: tuple[Heard, ...], sees_chores: bool) -> tuple[Heard, ...]:
    return heard if sees_chores else tuple(each for each in heard if each.message.error not in OF_CHORES)


def alarms(state: StationState) -> tuple[Message, ...]:
    """What is wrong now and stays so until somebody or something ends it; what stops the work first."""
    return (*_stops(state), *_lines(state), *_bay(state), *_store(state), *printer_messages(state), *_told(state))


def _stops(state: StationState) -> tuple[Message, ...]:
    custody = state.custody
    stopped = stop(state) if custody.safety_code and state.held_back is None else None
    full = Message("store_read_only", Level.STOP, {"code": state.store_code}, error=state.store_code)
    return (*((stopped,) if stopped is not None else ()), *((full,) if state.store_code else ()))


def _lines(state: StationState) -> tuple[Message, ...]:
    """Lines that are down, once it is known of them."""
    custody = state.custody
    found = []
    if not custody.is_linked and custody.link_code:
        found.append(Message("link_down", Level.ACT, error=custody.link_code))
    if state.scanners and not any(state.scanners.values()):
        found.append(Message("scanner_down", Level.ACT))
    if state.display is Light.BAD:
        found.append(Message("display_down", Level.ACT))
    for name, light in state.lights.items():
        if not light.is_up:
            found.append(Message(f"{name}_down", Level.ACT, error=light.code))
        elif light.refused:
            found.append(Message(f"{name}_unlit", Level.ACT, error=light.refused))
    if state.scale is not None and not state.scale.is_up:
        found.append(Message("scale_down", Level.ACT, error=state.scale.code))
    return tuple(found)


def _bay(state: StationState) -> tuple[Message, ...]:
    return (Message("bay_out_of_service", Level.ACT, {"why": state.bay_out}, error="O318"),) if state.bay_out else ()


def _told(state: StationState) -> tuple[Message, ...]:
    return tuple(Message(f"told_{topic}", Level.ACT) for topic in state.told_topics)


def _store(state: StationState) -> tuple[Message, ...]:
    return tuple(Message(SENTENCES[each], Level.ACT, error=each) for each in state.store_alarms)
