"""The questions of work that no order asks for, as values for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from station.flows.other_draft import (
    A_PAGE,
    CONDITIONS,
    DUES_H,
    FOUND_REASONS,
    HOLDERS,
    MORE,
    NO_ORDER,
    OTHER_PLACE,
    SCRAP_REASONS,
    OtherDraft,
    Step,
    What,
    choices_of_stock,
    shown,
)
from station.flows.other_work import Circumstances, treatments
from station.quantity import to_text
from station.values import NetPick, Place, Stock, StockKey, StockStatus, Taken
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.view.message import Message
from station.zones import place_text

Params = dict[str, str | int]
T = TypeVar("T")
DAYS = {"due_24": 1, "due_72": 3, "due_168": 7}


def draft_ask(draft: OtherDraft, around: Circumstances) -> Ask | None:
    """The open question; None while something is awaited."""
    item: Params = {"item": draft.item.code if draft.item else ""}
    match draft.step:
        case Step.ITEM:
            return AskText(code="other_tool" if draft.what in (What.TOOL_OUT, What.TOOL_IN) else f"other_item_{draft.what}")
        case Step.STOCK:
            stock = choices_of_stock(draft)
            named = (Choice(f"stock_{n}", _stock_code(each, around), _stock(each)) for n, each in _numbered(draft, stock))
            code = "other_which_damaged" if draft.what is What.DAMAGED else "other_which_stock"
            return AskChoice(code=code, choices=_paged(draft, named, len(stock)), params=item)
        case Step.OF:
            picks = (Choice(f"of_{n}", "other_of", _pick(draft, each)) for n, each in _numbered(draft, draft.picks))
            none = Choice(NO_ORDER, "other_of_none")
            return AskChoice(code="other_of", choices=(*_paged(draft, picks, len(draft.picks)), none), params=item)
        case Step.WHICH:
            out = (Choice(f"which_{n}", _which(draft, each), _entry(draft, each)) for n, each in _numbered(draft, draft.taken))
            return AskChoice(code=f"other_which_{draft.what}", choices=_paged(draft, out, len(draft.taken)), params=item)
        case Step.QUANTITY:
            return AskNumber(code=f"other_quantity_{_moved(draft)}", item=draft.item, params=item, result="go_on")
        case Step.TRAY:
            return AskNumber(code=f"other_tray_{_where(draft)}", params=item)
        case Step.COMPARTMENT:
            return AskText(code="late_which_compartment", params={"tray": draft.tray or 0})
        case Step.PLACE:
            return _place_ask(draft, item, around)
        case _:
            return _end_ask(draft, around, item)


def _end_ask(draft: OtherDraft, around: Circumstances, item: Params) -> Ask | None:
    match draft.step:
        case Step.WHY:
            reasons = FOUND_REASONS if draft.what is What.FOUND else SCRAP_REASONS
            code = "other_why_found" if draft.what is What.FOUND else "other_why_scrap"
            return AskChoice(code=code, choices=tuple(Choice(each, f"reason_{each}") for each in reasons), params=item)
        case Step.TREATMENT:
            ways = tuple(Choice(each, f"other_{each}") for each in treatments(draft, around))
            return AskChoice(code=f"other_treatment_{draft.what}", choices=ways, params=item)
        case Step.HOLDER:
            return AskChoice(code="other_holder", choices=tuple(Choice(e, f"other_for_{e}") for e in HOLDERS), params=item)
        case Step.PERSON:
            people = draft.people
            named = (Choice(f"person_{n}", "late_person", {"name": each.name}) for n, each in _numbered(draft, people))
            return AskChoice(code="other_person", choices=_paged(draft, named, len(people)), params=item)
        case Step.JOB:
            return AskText(code="other_job", params=item)
        case Step.DUE:
            dues = tuple(_due(each) for each in DUES_H)
            return AskChoice(code="other_due", choices=dues, params=item)
        case Step.CONDITION:
            states = tuple(Choice(each, f"other_condition_{each}") for each in CONDITIONS)
            return AskChoice(code="other_condition", choices=states, params=item)
        case _:
            return None


def draft_said(draft: OtherDraft) -> tuple[Message, ...]:
    """What the question is about: the goods in hand, or what was said so far."""
    if draft.item is None or draft.quantity is None or draft.step not in (Step.PLACE, Step.TRAY, Step.COMPARTMENT):
        return ()
    measure: Params = {"quantity": draft.quantity, "decimals": draft.item.decimals, "unit": draft.item.unit}
    code = "other_in_hand" if draft.what is What.DOWN else "other_comes_back"
    return (Message(code, params={"item": draft.item.code, "name": draft.item.name, **measure}),)


def _stock_code(stock: Stock, around: Circumstances) -> str:
    """A place without a lift is named as it stands on its label."""
    kind = "other_zone_stock" if stock.place.machine in around.zones else "other_stock"
    return f"{kind}{_suffix(stock.key)}"


def _place_ask(draft: OtherDraft, item: Params, around: Circumstances) -> AskChoice:
    """The proposed places, the best first, and any other."""
    found = draft.proposals or ()
    places = tuple(
        Choice(f"place_{n}", _to(each.place, around), _place(each.place), is_primary=n == 0) for n, each in enumerate(found)
    )
    return AskChoice(code="other_place", choices=(*places, Choice(OTHER_PLACE, "other_another_place")), params=item)


def _numbered(draft: OtherDraft, among: Sequence[T]) -> list[tuple[int, T]]:
    """The choices of this page, each with its number among all."""
    first = draft.page * A_PAGE
    return list(enumerate(shown(draft, among), start=first))


def _to(place: Place, around: Circumstances) -> str:
    return "other_to_zone" if place.machine in around.zones else "other_to"


def _place(place: Place) -> Params:
    return {"tray": place.tray, "compartment": place.compartment, "place": place_text(place)}


def _stock(stock: Stock) -> Params:
    key = stock.key
    named: Params = {"lot": key.lot, "serial": key.serial, "status": str(key.status)}
    return {**_place(stock.place), **named}


def _suffix(key: StockKey) -> str:
    """Which words say what tells this stock apart."""
    part = "_serial" if key.serial else "_lot" if key.lot else ""
    return f"{part}_held" if key.status is not StockStatus.FREE else part


def _pick(draft: OtherDraft, pick: NetPick) -> Params:
    item = draft.item
    measure: Params = {"decimals": item.decimals if item else 0, "unit": item.unit if item else ""}
    return {"order": pick.order, "quantity": pick.quantity, **measure}


def _which(draft: OtherDraft, entry: Taken) -> str:
    return "other_hand" if draft.what is What.DOWN else "other_out_job" if entry.job else "other_out_person"


def _entry(draft: OtherDraft, entry: Taken) -> Params:
    names = {each.person: each.name for each in draft.people}
    decimals = draft.item.decimals if draft.item else 0
    return {
        "item": entry.key.item,
        "name": names.get(entry.holder, entry.holder),
        "job": entry.job,
        "serial": entry.key.serial,
        "amount": to_text(entry.quantity, decimals),
    }


def _moved(draft: OtherDraft) -> str:
    return "in" if draft.what in (What.RETURN, What.FOUND, What.TOOL_IN, What.WRONG) else "out"


def _where(draft: OtherDraft) -> str:
    return "found" if draft.what in (What.WRONG, What.FOUND) else "put"


def _due(key: str) -> Choice:
    if key in DAYS:
        return Choice(key, "other_due_days", {"count": DAYS[key]})
    return Choice(key, f"other_{key}")


def _paged(draft: OtherDraft, choices: Iterable[Choice], count: int) -> tuple[Choice, ...]:
    """The choices of this page, and the way to the next ones where there are more."""
    return (*choices, *((Choice(MORE, "late_more"),) if count > A_PAGE else ()))
