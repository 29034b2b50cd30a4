"""The questions of a late booking, as values for the screen."""

from __future__ import annotations

from collections.abc import Iterable

from station.count_due import LATE_REASONS
from station.flows.late_draft import (
    A_PAGE,
    BOOK,
    DAYS,
    MORE,
    RESTS,
    WHATS,
    Draft,
    Step,
    kind_of,
    open_lines,
    released,
    shown,
    true_at,
)
from station.quantity import to_text
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.view.message import Level, Message

Params = dict[str, str | int]


def draft_ask(draft: Draft) -> Ask | None:
    """The open question; None while something is awaited."""
    params: Params = {"order": draft.order, "compartment": draft.compartment, "tray": draft.tray or 0}
    item = draft.item.code if draft.item else ""
    match draft.step:
        case Step.WHAT:
            return AskChoice(code="late_what", choices=tuple(Choice(each, f"late_what_{each}") for each in WHATS))
        case Step.ORDER:
            orders = released(draft)
            found = (
                Choice(each.order, "late_order", _order(each.order, str(each.kind), each.destination))
                for each in shown(draft, orders)
            )
            return AskChoice(code="late_which_order", choices=_paged(draft, found, len(orders)))
        case Step.LINE:
            return AskChoice(code="late_which_line", choices=_lines(draft), params=params)
        case Step.TRAY:
            return AskNumber(code="which_tray", result="accept")
        case Step.COMPARTMENT:
            return AskText(code="late_which_compartment", params=params)
        case Step.ITEM:
            return AskText(code="which_item", params=params)
        case Step.LOT:
            return AskText(code="which_lot", params={"item": item})
        case Step.SERIAL:
            return AskText(code="late_which_serial", params={"item": item})
        case Step.QUANTITY:
            return AskNumber(code=f"late_quantity_{kind_of(draft)}", item=draft.item, params={**params, "item": item})
        case _:
            return _who_and_when(draft, params)


def _who_and_when(draft: Draft, params: Params) -> Ask | None:
    match draft.step:
        case Step.REST:
            return AskChoice(code="late_rest", choices=tuple(Choice(each, f"late_rest_{each}") for each in RESTS))
        case Step.WHO:
            people = draft.known.people
            named = (Choice(each.person, "late_person", {"name": each.name}) for each in shown(draft, people))
            return AskChoice(code="late_who", choices=_paged(draft, named, len(people)))
        case Step.DAY:
            return AskChoice(code="late_day", choices=tuple(Choice(each, f"late_day_{each}") for each in DAYS))
        case Step.DATE:
            return AskNumber(code="late_date", maximum=3112)
        case Step.TIME:
            return AskNumber(code="late_time", maximum=2359)
        case Step.WHY:
            return AskChoice(code="late_why", choices=tuple(Choice(each, f"reason_{each}") for each in LATE_REASONS))
        case Step.SAY:
            return AskText(code="say_why_late", params=params)
        case Step.SURE:
            book = Choice(BOOK, "late_book_all_the_same" if draft.warned else "late_book", is_primary=not draft.warned)
            code = "late_sure_line" if draft.order else "late_sure"
            said: Params = {"order": draft.order, "line": draft.line}
            return AskChoice(code=code, choices=(book, Choice("not_booked", "not_booked")), params=said)
        case _:
            return None


def draft_said(draft: Draft) -> tuple[Message, ...]:
    """What stands beside the last question: the whole booking, and what speaks against it."""
    if draft.step is not Step.SURE or draft.item is None or draft.person is None:
        return ()
    at = true_at(draft).astimezone()
    done: Params = {
        "quantity": to_text(draft.quantity or 0, draft.item.decimals),
        "decimals": draft.item.decimals,
        "unit": draft.item.unit,
        "item": draft.item.code,
        "tray": draft.tray or 0,
        "compartment": draft.compartment,
    }
    when: Params = {"name": draft.person.name, "date": at.date().isoformat(), "hour": at.hour, "minute": at.minute}
    warning = (Message("late_counted_since", Level.ACT),) if draft.warned else ()
    said = (
        Message(f"late_said_{kind_of(draft)}", params=done),
        Message("late_said_when", params={**when, "reason": draft.reason}),
    )
    return (*warning, *said)


def _lines(draft: Draft) -> tuple[Choice, ...]:
    lines = open_lines(draft)
    items = {each.code: each for each in draft.known.items}
    found = []
    for each in shown(draft, lines):
        item = items.get(each.item)
        quantity = to_text(max(0, each.quantity - each.done_quantity), item.decimals if item else 0)
        measure: Params = {"quantity": quantity, "decimals": item.decimals if item else 0, "unit": item.unit if item else ""}
        found.append(Choice(each.line, "late_line", {"line": each.line, "item": each.item, **measure}))
    return _paged(draft, found, len(lines))


def _order(order: str, kind: str, destination: str) -> Params:
    return {"order": order, "kind": kind, "destination": destination}


def _paged(draft: Draft, choices: Iterable[Choice], count: int) -> tuple[Choice, ...]:
    """The choices of this page, and the way to the next where there are more."""
    more = (Choice(MORE, "late_more"),) if count > (draft.page + 1) * A_PAGE else ()
    return (*choices, *more)
