"""What the bar said lately: the alarms that still hold, then the rest, newest first. It lies over every face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from station.messages import Heard
from station.view.messages import MessagesView
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel
from ui.view_models.rows import ListModel, RowModel, Tone, paged

MESSAGES_KEY: Final = 9
OPEN: Final = "action_messages"
LINES: Final = 3  # of a sentence in its row


@dataclass(frozen=True, slots=True)
class MessagesModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(view: MessagesView, local: Local, texts: Texts, *, now: datetime, rows: int) -> MessagesModel:
    """The list's page and the line above it."""
    holds = [replace(_row(each, texts, now), name=f"holds_{place}") for place, each in enumerate(view.holds)]
    said = [replace(_row(each, texts, now), name=f"said_{place}") for place, each in enumerate(view.said)]
    models = [*(_holding(each, texts) for each in holds), *said]
    shown = paged("", models, texts, page=local.messages_page, size=rows, empty=texts.label("no_messages"))
    summary = texts.label("alarms_hold", count=len(holds)) if holds else texts.label("no_alarm_holds")
    return MessagesModel(shown, summary)


def present_row(texts: Texts) -> ActionRowModel:
    return ActionRowModel((ButtonModel("action_less", texts.action("less"), f_key=1),))


def open_button(texts: Texts) -> ButtonModel:
    """What opens the page: in "More", and with its key from everywhere."""
    return ButtonModel(OPEN, texts.action("messages"), f_key=MESSAGES_KEY)


def row_count(view: MessagesView | None) -> int:
    """How many rows the list has."""
    return len(view.holds) + len(view.said) if view is not None else 0


def _row(heard: Heard, texts: Texts, now: datetime) -> RowModel:
    message = heard.message
    level = texts.label(f"level_{message.level}")
    until = texts.label("heard_until", time=texts.moment(heard.until, now)) if heard.until is not None else ""
    return RowModel(
        name="",
        lead=texts.moment(heard.at, now),
        main=texts.message(message),
        right=message.error,
        right_sub=until or level,
        level=message.level,
        lines=LINES,
        is_touchable=False,
    )


def _holding(row: RowModel, texts: Texts) -> RowModel:
    return replace(row, right_sub=texts.label("still_holds"), tone=Tone.LATE)
