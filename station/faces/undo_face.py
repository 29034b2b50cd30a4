"""The button that takes the last booking back, and its question over whatever the screen shows."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from station.core.inputs import Now
from station.core.state import ReceiptsPage, StationState
from station.core.undo import opposite, refused
from station.core.undo_receipt import is_its_page
from station.faces.task_face import zone_tag
from station.flows.sign_on import Active
from station.flows.undo import AS_BOOKED, LIE_BACK, Asking, Made, Open, Undo, Undoing
from station.quantity import to_text
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.receipts import ReceiptsFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.undo import UndoTag
from station.view.wait import Wait
from station.view.work import WorkFace


def undo_tag(state: StationState, now: Now) -> UndoTag | None:
    """The button, for whoever booked and only at the bay's own screens."""
    undo = state.undo
    is_shown = isinstance(state.session, Active) and state.held_back is None
    if undo is None or undo.is_asking or not is_shown or not _is_here(state, undo):
        return None
    left_s = ceil(undo.step.until_s - now.mono_s) if isinstance(undo.step, Open) else 0
    place = undo.made.place
    return UndoTag(max(0, left_s), place.tray, place.compartment, refused(state, undo), _what_else(undo.made))


def _is_here(state: StationState, undo: Undo) -> bool:
    return isinstance(state.page, ReceiptsPage | None) and is_its_page(state, undo.made)


def _what_else(made: Made) -> str:
    if made.receipt is not None:
        return "why"
    return f"load_{opposite(made)}" if made.task.load is not None else "count"


def asked_of_receipts(state: StationState, face: ReceiptsFace) -> ReceiptsFace:
    """The page of receipts with the question in it."""
    undo = state.undo
    if undo is None or not undo.is_asking or not _is_here(state, undo):
        return face
    face = replace(face, accepts=None, offer=None)
    if isinstance(undo.step, Undoing):
        return replace(face, ask=None, wait="booking", offers=(Offer(Action.LOCK),))
    return replace(face, wait="", ask=_question(undo), offers=(Offer(Action.BACK), Offer(Action.LOCK)))


def asked_over(state: StationState, face: TaskFace | WorkFace | BayFace) -> TaskFace | WorkFace | BayFace:
    """The face with the question in it. While the answer is on its way to the disk there is nothing to touch."""
    undo = state.undo
    if undo is None or not undo.is_asking:
        return face
    if isinstance(face, TaskFace):
        face = _about(state, face, undo.made)
    if isinstance(undo.step, Undoing):
        return replace(face, ask=None, wait=Wait("booking"), offers=(Offer(Action.LOCK),))
    return replace(face, ask=_question(undo), offers=(Offer(Action.BACK), Offer(Action.LOCK)))


def _about(state: StationState, face: TaskFace, made: Made) -> TaskFace:
    """What the hands are to do now: the opposite of what was booked. The task in hand waits."""
    task = made.task
    zone = zone_tag(state, made.place)
    is_same = zone == face.zone or zone is None
    return replace(
        face,
        zone=zone,
        tray=made.place.tray,
        map=face.map if is_same else None,
        mode=_mode(made),
        order=task.order,
        line_no=task.line_no,
        line_count=task.line_count,
        destination="",
        item=task.item,
        key=task.key,
        asked=made.quantity,
        confirm_quantity=made.quantity,
        scanned=0,
        book=None,
        left_after=None,
        compartment=made.place.compartment,
        next_label="",
        note="",
        reason="",
        reasons=(),
        runners_up=(),
        departure="",
        load=None,
        tote=None,
        orders=(),
        rank=0,
        ranks=0,
        is_locked=False,
        weighing=None,
    )


def _mode(made: Made) -> str:
    back = "put" if made.moved == "pick" else "pick"
    return f"load_{back}" if made.task.load is not None else back


def _question(undo: Undo) -> AskChoice:
    params = _params(undo.made)
    choices = (Choice(LIE_BACK, _answer(undo.made), params, is_primary=True), Choice(AS_BOOKED, "undo_as_booked", params))
    return AskChoice(code=_code(undo.made), choices=choices, params=params)


def _code(made: Made) -> str:
    if made.task.load is not None:
        return f"undo_{made.moved}_load"
    return f"undo_{made.moved}_tote" if made.task.tote and made.moved == "pick" else f"undo_{made.moved}"


def _answer(made: Made) -> str:
    if made.task.load is not None:
        return {"pick": "undo_lies_back", "put": "undo_is_out"}.get(made.moved, "undo_book")
    if made.receipt is not None:
        return "undo_passed" if made.moved == "passed" else "undo_received"
    return {"pick": "undo_lie_back", "put": "undo_taken_out"}.get(made.moved, "undo_book")


def _params(made: Made) -> dict[str, str | int]:
    return {
        "quantity": to_text(made.quantity, made.item.decimals),
        "unit": made.item.unit,
        "item": made.item.code,
        "order": made.task.order,
        "compartment": made.place.compartment,
        "tote": made.task.position or made.task.tote,
    }


def undo_message(state: StationState) -> Message | None:
    """What to do while the question is open."""
    undo = state.undo
    if undo is None or not isinstance(undo.step, Asking):
        return None
    if refused(state, undo):
        return Message("undo_wait", Level.ACT, {"compartment": undo.made.place.compartment})
    if undo.made.task.load is not None and undo.made.moved != "book":
        return Message(f"undo_ask_{undo.made.moved}_load", Level.ACT, _params(undo.made))
    if undo.made.moved == "book":
        return Message("undo_ask_book", Level.ACT, {"compartment": undo.made.place.compartment})
    return Message(f"undo_ask_{undo.made.moved}", Level.ACT, _params(undo.made))
