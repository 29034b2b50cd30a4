"""Hand-made Views of a booking that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.view.action import Action
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.undo import UndoTag
from station.view.view import View
from tests.helpers.faces import PICK, TAKE, offers, view


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
