"""A scanner is taught: one scan of the label tells how it says its codes. It moves nothing, and nothing else moves meanwhile."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.effects import Effect, KeepScanForm, Play, ReadDevices, Sound
from station.core.inputs import FormKept, Scanned
from station.core.state import DevicesPage, StationState, TeachPage
from station.teach_scanner import Taught, teach_keys, teach_text
from station.view.message import Level, Message

WEDGE = "wedge"  # the source of codes that are typed into the window

TeachTurn = tuple[StationState, tuple[Effect, ...]]


def may_teach(state: StationState) -> bool:
    """Whether the person who is signed on may teach a scanner."""
    return state.person is not None and state.person.role in state.rules.teach


def opened(state: StationState, behind: DevicesPage) -> TeachTurn:
    """Open the page over the machine panel; not while a command by hand is asked about or on its way."""
    if not may_teach(state):
        return state.said(Message("no_right", Level.ACT, error="S503")), ()
    return (state, ()) if behind.hand is not None else (replace(state, page=TeachPage(behind=behind)), ())


def command(state: StationState, page: TeachPage, given: do.Command) -> TeachTurn:
    """What a person does on the page, and the keys of a scanner that types."""
    match given:
        case do.Back() | do.ClosePage():
            return replace(state, page=page.behind), (ReadDevices(page.behind.device),)
        case do.TeachKeys(strokes=strokes):
            return _taught(state, page, WEDGE, teach_keys(strokes))
        case do.KeepForm() if page.taught is not None and page.taught.form is not None and not page.is_kept:
            return state, (KeepScanForm(page.source, page.taught.form),)
        case _:
            return state, ()


def scanned(state: StationState, page: TeachPage, event: Scanned) -> TeachTurn:
    """A scanner on a line of its own said something. As it came, not as it is read by now."""
    return _taught(state, page, event.source, teach_text(event.said or event.text, is_ended=event.is_ended))


def _taught(state: StationState, page: TeachPage, source: str, taught: Taught) -> TeachTurn:
    sound = Sound.WRONG if taught.form is None else Sound.OK
    return replace(state, bar=None, page=TeachPage(behind=page.behind, source=source, taught=taught)), (Play(sound),)


def kept(state: StationState, event: FormKept) -> TeachTurn:
    """The form was kept, or could not be."""
    if event.why:
        return state.said(Message("form_not_kept", Level.ACT, {"why": event.why}, error="F602")), ()
    page = state.page
    return (replace(state, page=replace(page, is_kept=True)), ()) if isinstance(page, TeachPage) else (state, ())
