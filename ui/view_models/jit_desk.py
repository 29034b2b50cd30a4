"""Just-in-time at the bay: the buffers with their zones and what is proposed, what runs dry, and the verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.jit.buffers import Zone
from station.jit.desk import Cover, Desk, ItemTold
from station.jit.exposure import Stop
from station.jit.loop_buffers import LoopBuffer, cycles_left, resized
from station.jit.readiness import Light
from station.jit.suitability import Reason, Verdict
from station.values import Item, PullLoop
from station.view.action import Action
from station.view.jit import JitFace
from station.view.message import Level
from ui.local_state import Local
from ui.sentences.jit import CLASSES, REASONS, SHARES
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.jit_warnings import if_late, warning_row, way_row
from ui.view_models.rows import ListModel, RowModel, Tone, paged

LEVELS: Final = {Zone.BLACK: Level.STOP, Zone.RED: Level.STOP, Zone.YELLOW: Level.ACT, Zone.GREEN: Level.NOTE}
FIRST: Final = (Action.BACK, Action.JIT_BUFFERS, Action.JIT_EXPOSURE, Action.JIT_VERDICTS)


@dataclass(frozen=True, slots=True)
class JitModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: JitFace, local: Local, texts: Texts, *, rows: int) -> JitModel:
    """The list's page and the line above it."""
    desk = face.desk
    if desk is None:
        return JitModel(paged("", [], texts, page=0, size=rows, empty=texts.message_of(face.wait or "jit_reading")), "")
    models, empty, summary = _list(face.at, desk, texts)
    return JitModel(paged("", models, texts, page=local.page, size=rows, empty=empty), summary)


def present_row(face: JitFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def row_count(face: JitFace) -> int:
    """How many rows the list has that is shown."""
    desk = face.desk
    if desk is None:
        return 0
    if face.at == "exposure":
        return len(desk.warnings) + len(desk.stops) + len(desk.covers) + len(desk.ways)
    return len(desk.buffers) if face.at == "buffers" else len(desk.verdicts)


def said_of(face: JitFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer: the effect, the rule then and now, and what the proposal rests on."""
    about, desk = face.about, face.desk
    if about is None or about.change is None or desk is None:
        return ()
    item, change = _item(desk, about.loop.item), about.change
    pieces = texts.signed(change.pieces, item)
    if change.money is None:
        effect = texts.label("jit_effect", pieces=pieces)
    else:
        effect = texts.label("jit_effect_money", pieces=pieces, money=_money(change.money, desk, texts))
    was, then = (_rule(each, item, texts) for each in (about.loop, resized(about.loop, change.after)))
    return (effect, texts.label("jit_rule_then", was=was, then=then), *_figures(about, item, texts))


def _figures(about: LoopBuffer, item: Item | None, texts: Texts) -> tuple[str, ...]:
    change, dynamic, internal = about.change, about.dynamic, about.internal
    if change is not None and change.levels:
        return (texts.label("jit_step_figures", step=change.step, steps=len(change.levels) - 1),)
    if dynamic is not None:
        missing, limit = texts.quantity(dynamic.red_sum, item), texts.quantity(dynamic.red_limit, item)
        return (texts.label("jit_red_figures", sum=missing, limit=limit),)
    if internal is not None:
        days = texts.decimal(internal.replenishment_p95_days, 2)
        use = texts.quantity(round(internal.use_per_day), item)
        return (texts.label("jit_inside_figures", days=days, use=use),)
    return ()


def _list(at: str, desk: Desk, texts: Texts) -> tuple[list[RowModel], str, str]:
    if at == "buffers":
        return [_buffer(each, desk, texts) for each in desk.buffers], texts.label("jit_no_buffers"), _buffers_line(desk, texts)
    if at == "exposure":
        stops = [_stop(number, each, desk, texts) for number, each in enumerate(desk.stops)]
        covers = [_cover(each, desk, texts) for each in desk.covers]
        warnings = [warning_row(number, each, texts) for number, each in enumerate(desk.warnings)]
        ways = [way_row(each, _in_days(each.in_days, texts), texts) for each in desk.ways]
        return warnings + stops + covers + ways, texts.label("jit_nothing_dry"), _exposure_line(desk, texts)
    return [_verdict(each, desk, texts) for each in desk.verdicts], texts.label("jit_no_items"), _verdicts_line(desk, texts)


def _joined(*parts: str) -> str:
    return "  ·  ".join(each for each in parts if each)


def _buffers_line(desk: Desk, texts: Texts) -> str:
    proposed = sum(each.change is not None for each in desk.buffers)
    red = [texts.label(f"jit_gate_{each.gate}") for each in desk.gates if each.light is not Light.GREEN]
    return _joined(
        texts.label("jit_count", count=len(desk.buffers)),
        texts.label("jit_proposed", count=proposed) if proposed else "",
        texts.label("jit_red_gates", gates=", ".join(red)) if red else "",
    )


def _buffer(each: LoopBuffer, desk: Desk, texts: Texts) -> RowModel:
    item, change = _item(desk, each.loop.item), each.change
    size = texts.quantity(each.size, item)
    on_hand = texts.number(each.on_hand, item.decimals if item else 0)
    zone = texts.label(f"jit_zone_{each.zone}")
    stair = texts.label("jit_stair", step=each.step, steps=each.steps) if each.steps else ""
    if change is not None:
        name = "jit_larger" if change.pieces > 0 else "jit_smaller"
        right = texts.label(name, size=texts.quantity(change.after, item))
        right_sub = texts.signed(change.pieces, item) if change.money is None else _money(change.money, desk, texts)
    else:
        right, right_sub = texts.label(f"jit_still_{each.still}", count=cycles_left(each)), ""
    return RowModel(
        name=f"jit_{each.loop.loop}",
        lead=each.loop.item,
        main=texts.label("jit_of", on_hand=on_hand, size=size, zone=zone),
        sub=_joined(each.loop.loop, each.loop.supplier or each.loop.consumer, _rule(each.loop, item, texts), stair),
        right=right,
        right_sub=right_sub,
        tone=Tone.LATE if change is not None and change.pieces > 0 else Tone.PLAIN,
        level=LEVELS[each.zone],
    )


def _rule(loop: PullLoop, item: Item | None, texts: Texts) -> str:
    """Today's static rule."""
    decimals = item.decimals if item else 0
    if loop.trigger_at is not None:
        return texts.label("jit_trigger", at=texts.number(loop.trigger_at, decimals), up_to=texts.number(loop.up_to, decimals))
    return texts.label("jit_cards", count=loop.cards, container=texts.number(loop.container, decimals))


def _exposure_line(desk: Desk, texts: Texts) -> str:
    if not desk.covers and not desk.stops and not desk.warnings:
        return ""
    return _joined(
        if_late(desk.late_supplier, desk.late_days, texts),
        texts.label("jit_warning_count", count=len(desk.warnings)) if desk.warnings else "",
        texts.label("jit_stop_count", count=len(desk.stops)) if desk.stops else "",
        texts.label("jit_dry_count", count=len(desk.covers)),
        texts.label("jit_cut", count=desk.cut) if desk.cut else "",
    )


def _stop(number: int, each: Stop, desk: Desk, texts: Texts) -> RowModel:
    item = _item(desk, each.item)
    decimals = item.decimals if item else 0
    return RowModel(
        name=f"stop_{number}",
        lead=each.order,
        main=texts.label("jit_missing", quantity=texts.quantity(round(each.missing * 10**decimals), item)),
        sub=_joined(
            each.item, item.name if item else "", texts.label("jit_for_consumer", consumer=each.consumer) if each.consumer else ""
        ),
        right=texts.label("jit_stops"),
        right_sub=_in_days(each.in_days, texts),
        tone=Tone.LATE,
        is_touchable=False,
        level=Level.STOP,
    )


def _in_days(days: float, texts: Texts) -> str:
    return texts.label("jit_in_days", days=texts.decimal(days, 1)) if days >= 0.05 else texts.label("jit_now")


def _cover(each: Cover, desk: Desk, texts: Texts) -> RowModel:
    item, dry = _item(desk, each.item), each.dry
    left = texts.label("jit_cover", days=texts.decimal(each.days, 1)) if each.days else texts.label("jit_no_cover")
    gap = dry.for_days if dry is not None else None
    then = texts.label("jit_dry_open") if gap is None else texts.label("jit_dry_for", days=texts.decimal(gap, 1))
    soon = dry is not None and dry.in_days < 7
    return RowModel(
        name=f"jit_{each.item}",
        lead=each.item,
        main=left,
        sub=_joined(item.name if item else "", texts.label("jit_from_supplier", supplier=each.supplier) if each.supplier else ""),
        right=_in_days(dry.in_days, texts) if dry is not None else "",
        right_sub=then,
        tone=Tone.LATE if soon else Tone.PLAIN,
        level=Level.STOP if dry is not None and dry.in_days < 1 else Level.ACT if soon else Level.NOTE,
    )


def _verdicts_line(desk: Desk, texts: Texts) -> str:
    close = sum(each.is_close for each in desk.verdicts)
    return _joined(
        texts.label("jit_verdict_count", count=len(desk.verdicts)),
        texts.label("jit_close_count", count=close) if close else "",
        texts.label("jit_cut", count=desk.cut) if desk.cut else "",
    )


def _verdict(each: Verdict, desk: Desk, texts: Texts) -> RowModel:
    item = _item(desk, each.item)
    changes = ", ".join(texts.label(f"jit_{name}") for name in each.close_because)
    reason = each.reasons[0] if each.reasons else None
    return RowModel(
        name=f"verdict_{each.item}",
        lead=each.item,
        main=texts.label(f"jit_verdict_{each.kind}"),
        sub=texts.label("jit_turns_with", changes=changes) if changes else _reason(reason, texts),
        right=texts.label("jit_close") if each.is_close else "",
        right_sub=item.name if item else "",
        tone=Tone.LATE if each.is_close else Tone.PLAIN,
        is_touchable=False,
        level=Level.ACT if each.is_close else None,
    )


def _reason(reason: Reason | None, texts: Texts) -> str:
    if reason is None:
        return ""
    figure, limit = _figure(reason, reason.figure, texts), _figure(reason, reason.limit, texts)
    return texts.sentence(REASONS[reason.code], figure=figure, limit=limit)


def _figure(reason: Reason, value: float | str | None, texts: Texts) -> str:
    if isinstance(value, str) or value is None:
        return texts.sentence(CLASSES[value]) if value in CLASSES else value or "–"
    return f"{texts.decimal(100 * value, 0)} %" if reason.code in SHARES else texts.figure(value)


def _item(desk: Desk, code: str) -> Item | None:
    told: ItemTold | None = desk.items.get(code)
    return None if told is None else Item(code=told.code, name=told.name, unit=told.unit, decimals=told.decimals)


def _money(minor: int, desk: Desk, texts: Texts) -> str:
    sign = "+" if minor > 0 else "−" if minor < 0 else ""
    return f"{sign}{texts.number(abs(minor), 2) if minor % 100 else texts.number(abs(minor) // 100)} {desk.currency}"
