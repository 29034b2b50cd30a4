"""The button that takes the last booking back: beside the row of every screen of the bay, with the seconds that are left."""

from __future__ import annotations

from station.view.undo import UndoTag
from ui.texts import Texts
from ui.view_models.buttons import UNDO_KEY, ButtonModel


def present_undo(tag: UndoTag | None, texts: Texts) -> ButtonModel | None:
    """The button; what it says is what a touch does now."""
    if tag is None:
        return None
    left = f"{tag.seconds}\N{NO-BREAK SPACE}s"  # number and unit stay on one line
    text = texts.label("undo_for", left=left) if tag.seconds else texts.label("undo_count", compartment=tag.compartment)
    reason = texts.short_refusal(tag.refused)
    return ButtonModel("action_undo", text, reason, is_enabled=not tag.refused, f_key=UNDO_KEY)
