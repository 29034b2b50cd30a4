"""Hand-made Views of a booking that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.view.action import Action
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.receipts import ReceiptsFace
from station.view.undo import UndoTag
from station.view.view import View
from tests.helpers.faces import PICK, TAKE, offers, view
from tests.helpers.receipt_faces import receipt_views


def undo_views() -> Iterator[tuple[str, View]]:
    """The time runs, is over, or counts for nothing; and the question whether the goods lie back."""
    yield "undo_open", replace(view(PICK, TAKE), undo=UndoTag(seconds=10, tray=47, compartment="C10"))
    yield "undo_past", replace(view(PICK, TAKE), undo=UndoTag(seconds=0, tray=47, compartment="C10"))
    yield "undo_refused", replace(view(PICK, TAKE), undo=UndoTag(seconds=0, tray=47, compartment="C10", refused="no_right"))
    about: dict[str, str | int] = {"quantity": "24", "unit": "pcs", "compartment": "B2", "tote": "T2"}
    back = Choice("lie_back", "undo_lie_back", about, is_primary=True)
    ask = AskChoice(code="undo_pick_tote", choices=(back, Choice("as_booked", "undo_as_booked", about)), params=about)
    laid = replace(PICK, mode="put", book=None, left_after=None, destination="", compartment="B2", ask=ask)
    asked = replace(laid, offers=offers(Action.BACK, Action.LOCK))
    yield "undo_asked", view(asked, Message("undo_ask_pick", Level.ACT, about))
    yield from _of_receipts()
    yield from _of_loads()


def _of_receipts() -> Iterator[tuple[str, View]]:
    """Goods that came in: the time runs, the question, and it is too late."""
    shown = dict(receipt_views())
    rest = shown["receipt_end"]
    assert isinstance(rest.face, ReceiptsFace)
    yield "undo_receipt_open", replace(rest, undo=UndoTag(seconds=9, tray=1, compartment="BAY", instead="why"))
    yield "undo_receipt_past", replace(rest, undo=UndoTag(seconds=0, tray=1, compartment="BAY", instead="why"))
    about: dict[str, str | int] = {"quantity": "36", "unit": "pcs", "order": "P-88412", "item": "7710-0205"}
    for moved, answer in (("received", "undo_received"), ("passed", "undo_passed")):
        choices = (Choice("lie_back", answer, about, is_primary=True), Choice("as_booked", "undo_as_booked", about))
        ask = AskChoice(code=f"undo_{moved}", choices=choices, params=about)
        asked = replace(rest.face, ask=ask, offers=offers(Action.BACK, Action.LOCK))
        yield f"undo_receipt_{moved}", view(asked, Message(f"undo_ask_{moved}", Level.ACT, about))


def _of_loads() -> Iterator[tuple[str, View]]:
    """A load: the touch moves it the other way once it is too late, and the question before."""
    yield "undo_load_past", replace(view(PICK, TAKE), undo=UndoTag(seconds=0, tray=47, compartment="C10", instead="load_put"))
    about: dict[str, str | int] = {"quantity": "1", "unit": "", "compartment": "B2", "item": "LD-0057", "tote": ""}
    choices = (Choice("lie_back", "undo_is_out", about, is_primary=True), Choice("as_booked", "undo_as_booked", about))
    ask = AskChoice(code="undo_put_load", choices=choices, params=about)
    laid = replace(PICK, mode="load_pick", book=None, left_after=None, destination="", compartment="B2", ask=ask)
    asked = replace(laid, offers=offers(Action.BACK, Action.LOCK))
    yield "undo_load_asked", view(asked, Message("undo_ask_put_load", Level.ACT, about))
