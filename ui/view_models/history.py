"""The tray history page: the map of the machine, or a tray at a moment with what stands beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.audit.history import Beside, Proof
from station.audit.stays import Custody, Refusal, Stay
from station.faces.tray_face import signed_of
from station.quantity import to_text
from station.values import PastEvent, PastStock
from station.view.action import Action
from station.view.history import HistoryFace
from station.view.tray_map import TrayMap
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, page_count, paged

STEPS: Final = (Action.HISTORY_EARLIER, Action.HISTORY_LATER)
STEP_KEYS: Final = {Action.HISTORY_EARLIER: 5, Action.HISTORY_LATER: 6}
_MORE_ROWS: Final = 40  # of a trace; the command line has all


@dataclass(frozen=True, slots=True)
class CellModel:
    """A tray on the map."""

    number: int
    is_found: bool = False
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class ChooseModel:
    """The map of the machine: a page of its trays."""

    heading: str
    cells: tuple[CellModel, ...]
    page_text: str
    has_up: bool
    has_down: bool
    empty: str = ""


@dataclass(frozen=True, slots=True)
class SliderModel:
    """Where the moment is among the tray's events, and what is said at its ends."""

    index: int
    total: int
    text: str
    oldest: str
    newest: str


@dataclass(frozen=True, slots=True)
class HistoryModel:
    """`steps` are the buttons beside the slider; `note` says what is filtered or what was proven."""

    tray: str
    moment: str
    map: TrayMap | None
    detail: str
    slider: SliderModel | None
    steps: tuple[ButtonModel, ...]
    note: str
    rows: ListModel
    is_dim: bool = False


def present(
    face: HistoryFace, local: Local, texts: Texts, *, now: datetime, rows: int, on_map: int
) -> HistoryModel | ChooseModel:
    """The map while no tray is chosen and nothing was traced; else a tray, or the trace alone."""
    if face.tray is None and face.trace is None:
        return _choose(face, local, texts, on_map)
    return HistoryModel(
        tray="" if face.tray is None else str(face.tray),
        moment=_moment(face, texts),
        map=face.map,
        detail=_detail(face, texts, now),
        slider=None if face.tray is None else _slider(face, texts),
        steps=_steps(face, texts),
        note=_note(face, texts),
        rows=_beside(face, local, texts, now, rows),
        is_dim=face.map is None,
    )


def present_row(face: HistoryFace, texts: Texts) -> ActionRowModel:
    """Beside "Back" stands what else can be shown of the tray; the slider has its own buttons."""
    if face.ask is not None or face.tray is None:
        return arrange(face.offers, texts, first=(Action.HISTORY_FIND, Action.HISTORY_TRACE))
    ways = [each for each in (Beside.EVENTS, Beside.CONTENTS, Beside.CUSTODY) if each is not face.beside]
    ways += [Beside.TRACE] if face.trace is not None and face.beside is not Beside.TRACE else []
    shown = [ButtonModel(f"beside_{each}", texts.label(f"history_show_{each}")) for each in ways]
    if face.long is not None:
        return arrange(face.offers, texts, without=STEPS, first=(Action.HISTORY_STOP,), extra=shown[:1])
    return arrange(face.offers, texts, without=STEPS, extra=shown)


def row_count(face: HistoryFace) -> int:
    """How many rows the list has, or trays the map."""
    if face.tray is None and face.trace is None:
        return len(face.trays)
    match face.beside:
        case Beside.EVENTS:
            return len(face.events)
        case Beside.CONTENTS:
            return len(face.stock)
        case Beside.CUSTODY:
            return len(face.custody.stays) + len(face.custody.refusals)
        case Beside.TRACE:
            return min(_MORE_ROWS, _traced(face))


def _traced(face: HistoryFace) -> int:
    trace = face.trace
    return 0 if trace is None else len(trace.came) + len(trace.went) + len(trace.lies) + len(trace.other)


def _choose(face: HistoryFace, local: Local, texts: Texts, on_map: int) -> ChooseModel:
    pages = page_count(len(face.trays), on_map)
    page = min(local.page, pages - 1)
    shown = face.trays[page * on_map : (page + 1) * on_map]
    text = texts.label("page", page=page + 1, pages=pages) if pages > 1 else ""
    found = sum(1 for each in face.trays if each.is_found)
    heading = texts.label("history_found", count=found) if found else texts.label("history_trays", count=len(face.trays))
    cells = tuple(CellModel(each.number, each.is_found, each.is_out) for each in shown)
    empty = "" if face.trays else texts.label("reading_wear")
    return ChooseModel(heading, cells, text, page > 0, page < pages - 1, empty)


# --- the tray and its moment


def _moment(face: HistoryFace, texts: Texts) -> str:
    if face.tray is None and face.trace is not None:
        return texts.label(f"history_of_{face.trace.what}", name=face.trace.key)
    if face.at is None:
        return texts.label("history_before") if face.map is not None else ""
    return said_at(face.at, texts)


def said_at(at: datetime, texts: Texts) -> str:
    """A moment of the past with its year and seconds: a record is read years later."""
    local = texts.local(at)
    return texts.label("history_at", date=f"{local:%Y-%m-%d}", time=f"{local:%H:%M:%S}")


def _short(at: datetime, now: datetime, texts: Texts) -> str:
    """A moment for a row: the time of today, the day of this year, or the date."""
    local, today = texts.local(at), texts.local(now)
    if local.date() == today.date():
        return f"{local:%H:%M:%S}"
    return texts.moment(at, now) if local.year == today.year else f"{local:%Y-%m-%d}"


def _slider(face: HistoryFace, texts: Texts) -> SliderModel:
    text = texts.label("history_place", index=face.index, total=face.total)
    return SliderModel(face.index, face.total, text, texts.label("history_oldest"), texts.label("history_newest"))


def _steps(face: HistoryFace, texts: Texts) -> tuple[ButtonModel, ...]:
    offers = {each.action: each for each in face.offers}
    made = []
    for action in STEPS:
        offer = offers.get(action)
        is_end = face.index >= face.total if action is Action.HISTORY_LATER else face.index <= 0
        is_enabled = offer is not None and offer.is_allowed and not is_end
        made.append(ButtonModel(f"action_{action.value}", texts.action(action), is_enabled=is_enabled, f_key=STEP_KEYS[action]))
    return tuple(made)


def _detail(face: HistoryFace, texts: Texts, now: datetime) -> str:
    """What is in the chosen compartment and who left it so; else how much has changed since."""
    if face.selected:
        lies = [_said_stock(each, face, texts) for each in face.stock if each.compartment == face.selected]
        return "  ·  ".join([face.selected, *lies]) if lies else f"{face.selected}: {texts.label('empty_compartment')}"
    if face.map is None:
        return ""
    return texts.label("history_changed", count=len(face.changed)) if face.changed else texts.label("history_same")


def _said_stock(stock: PastStock, face: HistoryFace, texts: Texts) -> str:
    item = face.items.get(stock.key.item)
    who = face.names.get(stock.person, "") or (texts.label("erased") if stock.person else "")
    parts = (
        item.name if item else stock.key.item,
        texts.quantity(stock.quantity, item),
        texts.stock_key(stock.key),
        who,
        stock.order,
    )
    return " · ".join(each for each in parts if each)


def _note(face: HistoryFace, texts: Texts) -> str:
    filters = " · ".join(texts.label(f"history_by_{name}", text=text) for name, text in face.filters)
    return "  ·  ".join(each for each in (_said_proof(face.proof, texts), filters) if each)


def _said_proof(proof: Proof | None, texts: Texts) -> str:
    if proof is None:
        return ""
    if not proof.is_right:
        first = proof.flaws[0] if proof.flaws else ", ".join(map(str, proof.missing))
        return texts.label("history_proof_wrong", what=first)
    return texts.label("history_proof", shown=proof.shown, events=proof.events, sealed=proof.sealed_seq, receipts=proof.receipts)


# --- what stands beside it


def _beside(face: HistoryFace, local: Local, texts: Texts, now: datetime, size: int) -> ListModel:
    heading = texts.label(f"history_show_{face.beside}")
    empty = texts.message_of(face.wait) if face.wait and face.map is None else texts.label(f"history_no_{face.beside}")
    match face.beside:
        case Beside.EVENTS:
            models = [_event(now, each, face, texts) for each in face.events]
            return paged(heading, models, texts, page=local.page, size=size, empty=empty)
        case Beside.CONTENTS:
            models = [_stock(now, each, face, texts) for each in face.stock]
        case Beside.CUSTODY:
            models = _custody(now, face.custody, face, texts)
        case Beside.TRACE:
            models = _trace(now, face, texts)[:_MORE_ROWS]
    return paged(heading, models, texts, page=local.page, size=size, empty=empty)


def _event(now: datetime, event: PastEvent, face: HistoryFace, texts: Texts, way: str = "") -> RowModel:
    data = json.loads(event.row.body)["data"]
    item = face.items.get(str(data.get("item", "")))
    quantity = signed_of(event.row.kind, data)
    who = face.names.get(event.row.operator, "") or (texts.label("erased") if event.row.operator else "")
    marks = [str(data.get(name, "")) for name in ("lot", "serial")]
    why = texts.reason(str(data.get("reason") or data.get("note") or ""))
    sub = (way, who, str(data.get("order", "")), *marks, why)
    return RowModel(
        name=f"past_{event.n}",
        lead=str(data.get("compartment", "")) or str(event.row.seq),
        main=" · ".join(each for each in (texts.event(event.row.kind), str(data.get("item", ""))) if each),
        sub=" · ".join(each for each in sub if each),
        right="" if quantity is None else texts.signed(quantity, item),
        right_sub=_short(event.row.at, now, texts),
        is_chosen=event.n == face.n,
        is_touchable=face.tray is not None,
    )


def _stock(now: datetime, stock: PastStock, face: HistoryFace, texts: Texts) -> RowModel:
    item = face.items.get(stock.key.item)
    who = face.names.get(stock.person, "") or (texts.label("erased") if stock.person else "")
    changed = texts.label("history_other_now") if stock.compartment in face.changed else ""
    sub = (stock.key.item, texts.stock_key(stock.key), who, stock.order)
    return RowModel(
        name=f"content_{stock.compartment}",
        lead=stock.compartment,
        main=item.name if item else stock.key.item,
        sub=" · ".join(each for each in sub if each),
        right=texts.quantity(stock.quantity, item) if item else to_text(stock.quantity, 0),
        right_sub=changed or _short(stock.at, now, texts),
        tone=Tone.LATE if changed else Tone.PLAIN,
        is_chosen=stock.compartment == face.selected,
    )


def _custody(now: datetime, custody: Custody, face: HistoryFace, texts: Texts) -> list[RowModel]:
    """Stays and refusals together, the newest first."""
    rows = [(each.seq, _stay(now, each, face, texts)) for each in custody.stays]
    rows += [(each.seq, _refusal(now, each, face, texts)) for each in custody.refusals]
    return [row for _, row in sorted(rows, key=lambda each: each[0], reverse=True)]


def _stay(now: datetime, stay: Stay, face: HistoryFace, texts: Texts) -> RowModel:
    names = {who: face.names.get(who, "") or texts.label("erased") for who in (stay.called_by, stay.sent_by) if who}
    called = texts.label("history_called", name=names[stay.called_by]) if stay.called_by else texts.label("history_appeared")
    sent = texts.label("history_sent", name=names[stay.sent_by]) if stay.sent_by else ""
    stops = texts.label("history_stops", count=stay.stops) if stay.stops else ""
    arrived = texts.label("history_in_reach", time=f"{texts.local(stay.arrived_at):%H:%M:%S}") if stay.arrived_at else ""
    failed = texts.label(f"history_call_{stay.outcome}") if stay.outcome else ""
    exposed, began = stay.exposed_s(), stay.called_at or stay.arrived_at
    still = texts.label("history_still") if stay.arrived_at and stay.left_at is None else ""
    return RowModel(
        name=f"stay_{stay.seq}",
        lead=stay.opening,
        main=called,
        sub=" · ".join(each for each in (failed, arrived, sent, stops) if each),
        right=texts.label("history_exposed", count=exposed) if exposed is not None else still,
        right_sub="" if began is None else _short(began, now, texts),
        tone=Tone.LATE if stay.stops or stay.outcome else Tone.PLAIN,
        is_touchable=False,
    )


def _refusal(now: datetime, refusal: Refusal, face: HistoryFace, texts: Texts) -> RowModel:
    name = face.names.get(refusal.person, "") or texts.label("erased")
    return RowModel(
        name=f"refused_{refusal.seq}",
        lead="▲",
        main=texts.label("history_refused_to", name=name),
        sub=texts.label("history_refused_why", right=refusal.right),
        right_sub=_short(refusal.at, now, texts),
        tone=Tone.BLOCKED,
        is_touchable=False,
    )


def _trace(now: datetime, face: HistoryFace, texts: Texts) -> list[RowModel]:
    """Where it lies now, who got it, where it came from, what else was done: what is asked first stands first."""
    trace = face.trace
    if trace is None:
        return []
    lies = [
        RowModel(
            name=f"lies_{number}",
            lead=each.place.compartment,
            main=f"{texts.label('tray')} {each.place.tray}",
            sub=" · ".join(part for part in (texts.label("history_lies"), each.key.item, texts.stock_key(each.key)) if part),
            right=texts.quantity(each.quantity, face.items.get(each.key.item)),
            is_touchable=False,
        )
        for number, each in enumerate(trace.lies)
    ]
    went = [_event(now, each, face, texts, texts.label("history_went")) for each in trace.went]
    came = [_event(now, each, face, texts, texts.label("history_came")) for each in trace.came]
    return [*lies, *went, *came, *(_event(now, each, face, texts) for each in trace.other)]
