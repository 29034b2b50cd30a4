"""Hand-made Views of what waits in the machine for somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.values import Load, Place
from station.view.action import Action
from station.view.ask import AskChoice, AskText, Choice
from station.view.loads import Ceiling, LoadsFace
from station.view.message import Message
from station.view.view import View
from tests.helpers.faces import NOW, offers, view


def _load(number: int, hours: float | None, consumer: str = "Line 3", order: str = "FA-70412") -> Load:
    take_at = None if hours is None else NOW + timedelta(hours=hours)
    place = Place("VLM1", 40 + number, f"A{number}")
    put_at = NOW - timedelta(hours=3 * number)
    return Load(
        load=f"LD-00{number}7",
        place=place,
        production_order=order,
        operation="20" if order else "",
        consumer=consumer,
        put_at=put_at,
        take_at=take_at,
    )


ROWS = (_load(1, -0.5), _load(2, 0.4), _load(3, 5.0, "Assembly cell for control cabinets"), _load(4, None, "", ""))
CEILINGS = (Ceiling("Line 3", 2, 8), Ceiling("Line 4", 4, 4))


def load_views() -> Iterator[tuple[str, View]]:
    """The list, and what is asked of a load that goes in."""
    buttons = offers(Action.BACK, Action.PUT_LOAD, Action.LOCK)
    listed = LoadsFace(rows=ROWS, ceilings=CEILINGS, offers=buttons)
    yield "loads", view(listed, Message("loads_page"))
    yield "loads_none", view(replace(listed, rows=()), Message("loads_page_empty"))
    asking = replace(listed, offers=offers(Action.BACK, Action.LEAVE_OUT, Action.LOCK), load="LD-0057")
    about = ({"load": f"LD-{51 + each}", "operation": "20", "tray": 7, "compartment": f"C{each}"} for each in (1, 2, 3))
    of_order = tuple(Choice(str(each["load"]), "load_of_order", each) for each in about)
    new = Choice("new_load", "load_new", {"load": "FA-77120"})
    which = AskChoice(code="load_which", choices=(*of_order, new), params={"load": "FA-77120"})
    asked = replace(listed, offers=offers(Action.BACK, Action.LOCK), load="FA-77120", ask=which)
    yield "load_which", view(asked, Message("answer_question"))
    yield "load_order", view(replace(asking, ask=AskText(code="load_order", params={"load": "LD-0057"})), Message("answer_load"))
    chosen = replace(listed, offers=offers(Action.BACK, Action.LOCK), load="LD-0057")
    named = tuple(Choice(each, "load_consumer", {"consumer": each}) for each in ("Line 3", "Line 4", "Assembly cell"))
    who = AskChoice(code="load_consumer", choices=(*named, Choice("nobody", "load_for_nobody")))
    yield "load_consumer", view(replace(chosen, ask=who), Message("answer_question"))
    hours = tuple(Choice(f"load_in_{each}", "load_in_hours", {"count": each}) for each in (1, 2, 4, 8, 24))
    when = AskChoice(code="load_when", choices=(*hours, Choice("load_not_planned", "load_not_planned")))
    yield "load_when", view(replace(chosen, ask=when), Message("answer_question"))
    over_choices = (Choice("leave_it", "load_leave_it", is_primary=True), Choice("put_over", "load_put_over"))
    over = AskChoice(code="load_over", choices=over_choices, params={"consumer": "Line 4", "count": 4})
    yield "load_over", view(replace(chosen, ask=over), Message("answer_question"))
