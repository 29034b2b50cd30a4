"""The page of an order: each line with what is done, open or short and who worked on it, and what can be done to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.order_seen import LineSeen, OrderSeen, Taken
from station.values import Item, LineState, OrderKind
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.orders import LineRow, OrdersFace
from station.view.work import OrderTag
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.rows import ListModel, RowModel, Tone, paged

FIRST = (Action.BACK, Action.SPLIT_ORDER, Action.CANCEL_ORDER, Action.HOLD_ORDER)
OPEN = (LineState.OPEN, LineState.SKIPPED)
WITH_WHY = (LineState.SHORT, LineState.CANCELLED)
TAKEN_SHOWN = 3  # of what was taken, beside the question what becomes of it


@dataclass(frozen=True, slots=True)
class OrdersModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: OrdersFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> OrdersModel:
    """The page of lines or orders that is shown, and the line above it."""
    if face.is_acting or (face.order and face.seen is None):
        wait = texts.message_of("booking" if face.is_acting else "reading_order")
        return OrdersModel(paged("", [], texts, page=0, size=rows, empty=wait), "")
    if face.seen is None:
        models = [_order(each, texts, now) for each in face.orders]
        return OrdersModel(paged("", models, texts, page=local.page, size=rows, empty=texts.label("no_open_orders")), "")
    models = [_line(each, face, texts) for each in face.lines]
    return OrdersModel(paged("", models, texts, page=local.page, size=rows, empty=""), _summary(face, face.seen, texts, now))


def present_row(face: OrdersFace, texts: Texts) -> ActionRowModel:
    """The one act that comes first is the primary button."""
    first = next((each for each in face.offers if each.action is face.primary), None)
    if first is None:
        return arrange(face.offers, texts, first=FIRST)
    chosen = sum(each.is_chosen for each in face.lines)
    text = texts.label("order_split_count", count=chosen) if face.chooses and chosen else texts.action(first.action)
    button = primary(f"action_{first.action.value}", text, reason=texts.refusal(first.refused))
    return arrange(face.offers, texts, primary_button=button, without=(first.action,), first=FIRST)


def said_of(face: OrdersFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    if face.seen is None or not isinstance(face.ask, AskChoice):
        return ()
    if face.ask.code == "what_of_taken":
        return _taken(face.seen, texts)
    count = face.ask.params.get("count")
    split = (texts.label("order_split_help", count=count),) if isinstance(count, int) else ()
    return (*split, texts.label("order_act_help"))


def _taken(seen: OrderSeen, texts: Texts) -> tuple[str, ...]:
    items = {each.line.item: each.item for each in seen.lines}
    shown = tuple(_taken_line(each, items.get(each.key.item), texts) for each in seen.taken[:TAKEN_SHOWN])
    more = len(seen.taken) - TAKEN_SHOWN
    return (*shown, texts.label("order_taken_more", count=more)) if more > 0 else shown


def _taken_line(taken: Taken, item: Item | None, texts: Texts) -> str:
    where: dict[str, str | int] = {"tray": taken.place.tray, "compartment": taken.place.compartment}
    quantity = texts.quantity(taken.quantity, item)
    said = texts.label("order_taken_line", quantity=quantity, item=item.name if item else taken.key.item, **where)
    return " · ".join(each for each in (said, texts.stock_key(taken.key)) if each)


def _order(tag: OrderTag, texts: Texts, now: datetime) -> RowModel:
    due = texts.moment(tag.need_by, now) if tag.need_by else texts.label("no_time")
    held = any(each.code == "missing_held_order" for each in tag.blocked)
    state = "held" if held else "started" if tag.is_started else "released"
    extent = texts.label("order_open_of", open=tag.open_lines, count=tag.lines)
    return RowModel(
        name=f"openorder_{tag.order}",
        lead=tag.order,
        main=" · ".join(each for each in (texts.kind(tag.kind), tag.destination) if each),
        sub=" · ".join((texts.label(f"order_state_{state}"), extent)),
        right=due,
        right_sub=texts.label("order_touch"),
        tone=Tone.BLOCKED if held else Tone.LATE if tag.is_late else Tone.PLAIN,
    )


def _line(row: LineRow, face: OrdersFace, texts: Texts) -> RowModel:
    seen, line = row.seen, row.seen.line
    who = texts.label("line_worked_by", names=", ".join(_names(seen, texts))) if seen.workers else ""
    right_sub = _state(seen, texts)
    if face.chooses:
        right_sub = texts.label("line_touch" if row.may_move else "line_stays")
    return RowModel(
        name=f"orderline_{line.line}",
        lead=line.line,
        main=seen.item.name if seen.item else line.item,
        sub=" · ".join(each for each in (_kit(seen, texts), who, line.item, _lot(seen, texts)) if each),
        right=_done(face, seen, texts),
        right_sub=right_sub,
        tone=Tone.LATE if line.state in WITH_WHY else Tone.PLAIN,
        is_chosen=row.is_chosen,
        is_touchable=face.chooses and row.may_move,
        has_box=face.chooses and row.may_move,
    )


def _names(seen: LineSeen, texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name or texts.label("erased") for name in seen.workers))


def _kit(seen: LineSeen, texts: Texts) -> str:
    return texts.kit_part(seen.kit, is_short=True) if seen.kit is not None else ""


def _lot(seen: LineSeen, texts: Texts) -> str:
    return texts.label("lot", lot=seen.line.lot) if seen.line.lot else ""


def _done(face: OrdersFace, seen: LineSeen, texts: Texts) -> str:
    """How much of how much; of a count nobody is told what it came to."""
    if face.seen is not None and face.seen.order.kind is OrderKind.COUNT:
        return texts.label("order_count_line")
    decimals = seen.item.decimals if seen.item else 0
    done = texts.number(seen.line.done_quantity, decimals)
    return texts.label("order_done_of", done=done, asked=texts.quantity(seen.line.quantity, seen.item))


def _state(seen: LineSeen, texts: Texts) -> str:
    line = seen.line
    if line.state in WITH_WHY and not line.reason:
        return texts.label("line_cancelled" if line.state is LineState.CANCELLED else "line_short", why="–")
    if line.state in WITH_WHY:
        return texts.label(f"line_{line.state}", why=texts.reason(line.reason))
    return texts.label(f"line_{line.state}")


def _summary(face: OrdersFace, seen: OrderSeen, texts: Texts, now: datetime) -> str:
    order, lines = seen.order, seen.order.lines
    if face.chooses:
        return texts.label("order_lines_chosen", count=sum(each.is_chosen for each in face.lines))
    parts = [order.order, texts.label(f"order_state_{order.state}")]
    parts.append(texts.label("order_open_of", open=sum(each.state in OPEN for each in lines), count=len(lines)))
    if short := sum(each.state is LineState.SHORT for each in lines):
        parts.append(texts.label("order_short_count", count=short))
    if order.split_of:
        parts.append(texts.label("order_split_of", order=order.split_of))
    if seen.owner and seen.since is not None:
        name, since = seen.owner_name or texts.label("erased"), texts.moment(seen.since, now)
        parts.append(texts.label("order_owner", name=name, station=seen.station, time=since))
    flags = (("order_in_hand", seen.is_in_hand), ("order_elsewhere", seen.is_elsewhere))
    return "  ·  ".join((*parts, *(texts.label(name) for name, is_so in flags if is_so)))
