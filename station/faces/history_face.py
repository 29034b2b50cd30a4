"""The tray history page, as the window shows it."""

from __future__ import annotations

import json
from dataclasses import replace

from station.audit.filters import filters_of
from station.audit.history import (
    BLOCK_REASONS,
    FIRST_FILTERS,
    FURTHER_FILTERS,
    GOODS,
    MORE,
    MOST_NAMED,
    TRACES,
    Beside,
    HistoryPage,
    Question,
)
from station.audit.stays import custody_of
from station.core.history_jumps import may_jump
from station.core.state import StationState
from station.faces.tray_map import tray_map
from station.values import Place, Stock, TrayPast
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText, Choice
from station.view.history import HistoryFace, TrayMark
from station.view.message import Level, Message
from station.view.tray_map import TrayMap


def history_face(state: StationState, page: HistoryPage) -> HistoryFace:
    """The map of the machine, a trace alone, or a tray at a moment."""
    face = HistoryFace(
        tray=page.number,
        filters=filters_of(page.wanted, page.person),
        beside=page.beside,
        trace=page.trace,
        items=page.items,
        names=page.names,
        wait=f"history_{page.open}" if page.open else "",
        offers=_offers(state, page),
        ask=_ask(page),
        long=page.long,
        proof=page.proof,
    )
    if page.number is None:
        marks = (TrayMark(number=n, is_found=n in page.found, is_out=n in state.trays_out) for n in sorted(state.trays))
        return replace(face, trays=tuple(marks))
    shown = page.page
    if shown is None:
        return face
    past = shown.past
    return replace(
        face,
        map=_map(past, page.selected),
        at=past.at,
        index=past.index,
        total=past.total,
        n=past.n,
        selected=page.selected,
        stock=past.stock,
        events=tuple(each for each in shown.events if not page.selected or _compartment(each.row.body) == page.selected),
        has_older=shown.has_older,
        custody=custody_of(shown.custody, shown.stops),
        items={**page.items, **shown.items},
        names={**page.names, **shown.names},
        changed=past.changed,
        has_others=past.has_others,
    )


def _compartment(body: str) -> str:
    return str(json.loads(body)["data"].get("compartment", ""))


def _map(past: TrayPast, selected: str) -> TrayMap | None:
    """The tray of that moment: the compartment of its last event stands out, and what is another one now is marked."""
    if past.tray is None:
        return None
    place = (past.machine, past.number)
    contents = [Stock(place=Place(*place, each.compartment), key=each.key, quantity=each.quantity) for each in past.stock]
    event = past.event
    happened = _compartment(event.row.body) if event is not None and event.n == past.n else ""
    return tray_map(past.tray, contents, target=selected or happened, also=frozenset(past.changed))


def _offers(state: StationState, page: HistoryPage) -> tuple[Offer, ...]:
    if page.question is not None:
        return (Offer(Action.BACK), Offer(Action.LOCK))
    if page.number is None:
        refused = "store_read_only" if state.store_code else ""
        block = (Offer(Action.HISTORY_BLOCK if page.to_block else Action.HISTORY_BLOCK_GOODS, refused),)
        return (Offer(Action.BACK), Offer(Action.HISTORY_FIND), Offer(Action.HISTORY_TRACE), *block, Offer(Action.LOCK))
    if page.long is not None:
        return (Offer(Action.BACK), Offer(Action.HISTORY_STOP), *_steps(page), Offer(Action.LOCK))
    reading = "" if page.page is not None else "reading"
    jumps = (("order", Action.HISTORY_ORDER), ("shift", Action.HISTORY_SHIFT))
    ways = (Offer(action) for what, action in jumps if may_jump(page, what))
    sign = reading or ("store_read_only" if state.store_code else "")
    return (
        Offer(Action.BACK),
        *_steps(page),
        Offer(Action.HISTORY_FILTER, reading),
        Offer(Action.HISTORY_FIND),
        Offer(Action.HISTORY_TRACE),
        *ways,
        Offer(Action.HISTORY_PROVE, reading),
        Offer(Action.HISTORY_EXPORT, reading),
        Offer(Action.HISTORY_REVIEW, sign),
        Offer(Action.LOCK),
    )


def _steps(page: HistoryPage) -> tuple[Offer, ...]:
    refused = "" if page.page is not None else "reading"
    return (Offer(Action.HISTORY_EARLIER, refused), Offer(Action.HISTORY_LATER, refused))


def _ask(page: HistoryPage) -> Ask | None:
    question = page.question
    if question is None:
        return None
    params: dict[str, str | int] = {"tray": page.number or 0}
    match question:
        case Question("filter", ""):
            clear = (Choice("clear", "history_filter_clear"),) if filters_of(page.wanted, page.person) else ()
            return AskChoice(code="history_filter", choices=(*_choices("filter", (*FIRST_FILTERS, MORE)), *clear))
        case Question("filter", "more"):
            return AskChoice(code="history_filter_more", choices=_choices("filter", FURTHER_FILTERS))
        case Question("trace", ""):
            return AskChoice(code="history_trace", choices=_choices("trace", TRACES))
        case Question("block", ""):
            choices = tuple(Choice(each, f"reason_{each}") for each in BLOCK_REASONS)
            return AskChoice(code=_why_code(page), choices=choices, params=_why_params(page))
        case Question("goods", ""):
            return AskChoice(code="history_goods", choices=_choices("goods", GOODS))
        case Question("review", "", text) if text:
            sign = Choice("sign", "history_sign", params, is_primary=True)
            return AskChoice(code="history_sign_off", choices=(sign, Choice("leave", "history_not_signed")), params=params)
        case Question(what, "", _):
            return AskText(code=f"history_{what}", params=params)
        case Question(what, field, _):
            return AskText(code=f"history_{what}_{field}", params=params)


def _why_code(page: HistoryPage) -> str:
    """Which goods the reason is asked for: those of the trace, all of an item, or the lots of a supplier."""
    return "history_block" if page.goods is None else f"history_block_{page.goods.what}"


def _why_params(page: HistoryPage) -> dict[str, str | int]:
    named = page.goods
    scopes = [(each.item, each.lot) for each in page.to_block] if named is None else list(named.scopes)
    goods = ", ".join(dict.fromkeys(f"{item} {lot}".strip() for item, lot in scopes[:MOST_NAMED]))
    if named is None or named.what == "item":
        return {"goods": goods}
    return {"count": len(scopes), "supplier": named.key, "goods": goods + (" …" if len(scopes) > MOST_NAMED else "")}


def _choices(what: str, names: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(each, f"history_{what}_{each}") for each in names)


def history_bar(page: HistoryPage) -> Message:
    """What to do, or what is waited for."""
    if page.question is not None and page.goods is not None and not page.goods.is_whole:
        return Message("history_goods_own", Level.ACT, error="O543")
    if page.question is not None:
        return Message("answer_question")
    if page.long is not None:
        percent = 100 * page.long.done // page.long.total if page.long.total else 0
        return Message(f"history_{page.long.what}", params={"percent": percent})
    if page.open:
        return Message(f"history_{page.open}", params={"tray": page.number or 0})
    if page.number is None:
        return Message("history_traced" if page.trace is not None else "history_choose")
    if page.page is not None and page.page.past.has_others:
        return Message("history_others", Level.NOTE, {"tray": page.number})
    if page.page is not None and page.beside is Beside.TRACE:
        return Message("history_traced")
    return Message("history_page")
