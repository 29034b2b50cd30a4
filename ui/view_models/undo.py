"""The button that takes the last booking back: beside the row of every screen of the bay, with the seconds that are left."""

from __future__ import annotations

from dataclasses import replace

from station.view.undo import UndoTag
from ui.texts import Texts
from ui.view_models.buttons import FIRST, ROW_PLACES, UNDO_KEY, ActionRowModel, ButtonModel

NEEDED = frozenset(f"action_{each.value}" for each in FIRST) | {"action_more"}


def present_undo(tag: UndoTag | None, texts: Texts) -> ButtonModel | None:
    """The button; what it says is what a touch does now."""
    if tag is None:
        return None
    left = f"{tag.seconds}\N{NO-BREAK SPACE}s"  # number and unit stay on one line
    where = f"{tag.tray}·{tag.compartment}"  # another tray may be at the bay by now
    text = texts.label("undo_for", left=left) if tag.seconds else texts.label(f"undo_{tag.instead}", place=where)
    reason = texts.short_refusal(tag.refused)
    return ButtonModel("action_undo", text, reason, is_enabled=not tag.refused, f_key=UNDO_KEY)


def with_undo(row: ActionRowModel, undo: ButtonModel | None) -> ActionRowModel:
    """The row with the button. In a full row one that is needed less goes behind "More", so that none gets too small; all keep
    their keys."""
    if undo is None:
        return row
    if len(row.secondary) < ROW_PLACES:
        return replace(row, undo=undo)
    leaves = next((each for each in row.secondary if each.name not in NEEDED), row.secondary[-2])
    kept = tuple(each for each in row.secondary if each is not leaves)
    return replace(row, secondary=kept, further=(leaves, *row.further), undo=undo)
