"""The supervisor's desk: cases, what was lost where, the alarms, the health of the station, and who was told of what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from station.desk.alarms import Alarm, lines_lost
from station.desk.values import OF_COUNTS, Health, Show, Telling, is_of_figures
from station.exceptions.case import Case, Kind
from station.exceptions.losses import Loss, Reach, by_item, by_tray, losses
from station.figures.shifts import shift_of
from station.values import Item, SyncState
from station.view.action import Action
from station.view.desk import DeskFace
from station.view.sync import SyncView
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange
from ui.view_models.counts import count_rows, count_summary, money, row_count_of_counts, said_of_count
from ui.view_models.figures import BoardModel, board_of, row_count_of, rows_of, summary_of
from ui.view_models.rows import ListModel, RowModel, Tone, paged

SHIFTS: Final = (time(6), time(14), time(22))  # as the command has them where nobody says others
GIB: Final = 1024**3
OLD_COPY_S: Final = 7200  # an hour between two copies, and one that failed
MACHINE: Final = "machine"  # as a device
QUIET_KINDS: Final = frozenset({Kind.SCRAP, Kind.SCAN})  # of which nothing is open, or very many


@dataclass(frozen=True, slots=True)
class DeskModel:
    """`summary` stands above the rows; `board` instead of them."""

    rows: ListModel
    summary: str
    board: BoardModel | None = None


def present(face: DeskFace, local: Local, texts: Texts, *, now: datetime, rows: int, sync: SyncView | None) -> DeskModel:
    """The list's page and the line above it."""
    models = _rows(face, texts, now, sync)
    empty = texts.message_of(face.wait) if face.wait else texts.label("desk_none")
    shown = paged("", models, texts, page=local.page, size=rows, empty=empty)
    summary = "" if face.wait else _summary(face, texts)
    is_board = face.show is Show.FIGURES and face.sheet is not None
    return DeskModel(shown, summary, board_of(face.sheet, summary, texts) if is_board and face.sheet is not None else None)


def present_row(face: DeskFace, texts: Texts) -> ActionRowModel:
    """Beside "Back" stands what else can be shown."""
    if face.ask is not None:
        return arrange(face.offers, texts)
    others = [ButtonModel(f"desk_{each}", texts.label(f"desk_show_{each}")) for each in face.shown if each is not face.show]
    has_filter = any(offer.action is Action.DESK_FILTER for offer in face.offers)
    words = texts.label("other_days") if is_of_figures(face.show) else texts.action(Action.DESK_FILTER)
    first = [ButtonModel("action_desk_filter", words)] if has_filter else []
    return arrange(face.offers, texts, without=(Action.DESK_FILTER,), extra=[*first, *others])


def row_count(face: DeskFace) -> int:
    """How many rows the list has."""
    match face.show:
        case Show.CASES:
            return len(face.rows)
        case Show.ALARMS:
            return len(face.health.alarms) if face.health else 0
        case Show.TOLD:
            return len(face.health.tellings) if face.health else 0
        case Show.HEALTH:
            return 6 + len(lines_lost(face.health.alarms)) if face.health else 0
        case Show.LOSS_ACCESS:
            return len(face.cases.reach) if face.cases else 0
        case _ if is_of_figures(face.show):
            return row_count_of(face)
        case _ if face.show in OF_COUNTS:
            return row_count_of_counts(face)
        case _:
            return len(_losses(face))


def said_of(face: DeskFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer: the case, who had the tray of a loss, and what is to be done."""
    if face.to_count is not None:
        return said_of_count(face, texts)
    case = face.about
    if case is None or face.cases is None:
        return ()
    had = [each for each in face.cases.reach if (each.case.event, each.case.at) == (case.event, case.at)]
    names = ", ".join(f"{_name(each.person, face, texts)} ({each.times})" for each in had[:4])
    what = (texts.label(f"case_{case.kind}"), _place(case, texts), _what(case, face), _quantity(case, face, texts))
    lines = (" · ".join(each for each in what if each), texts.label("case_reach", names=names) if names else "")
    return (*(each for each in lines if each), texts.label(f"case_next_{case.kind}"))


def _summary(face: DeskFace, texts: Texts) -> str:
    if face.show is Show.CASES:
        count = sum(1 for each in face.rows if not each.answer)
        kind = texts.label(f"case_{face.kind}") if face.kind else ""
        return " · ".join(each for each in (texts.label("cases_open", count=count), kind) if each)
    if is_of_figures(face.show):
        return summary_of(face, texts)
    if face.show in OF_COUNTS:
        return count_summary(face, texts)
    return texts.label(f"desk_show_{face.show}")


def _rows(face: DeskFace, texts: Texts, now: datetime, sync: SyncView | None) -> list[RowModel]:
    if face.show in (Show.ALARMS, Show.HEALTH, Show.TOLD):
        return _of_health(face.show, face.health, texts, now, sync) if face.health is not None else []
    if is_of_figures(face.show):
        return rows_of(face, texts)
    if face.show in OF_COUNTS:
        return count_rows(face, texts, now)
    if face.cases is None:
        return []
    if face.show is Show.CASES:
        return [_case(number, each, face, texts, now) for number, each in enumerate(face.rows)]
    if face.show is Show.LOSS_ACCESS:
        return [_reach(number, each, face, texts, now) for number, each in enumerate(face.cases.reach)]
    return [_loss(number, each, face, texts) for number, each in enumerate(_losses(face))]


# --- cases and losses


def _case(number: int, case: Case, face: DeskFace, texts: Texts, now: datetime) -> RowModel:
    who = _name(case.person, face, texts) if case.person else ""
    done = texts.label(f"case_done_{case.answer}", name=_name(case.answered_by, face, texts)) if case.answer else ""
    sub = (done or _reason(case.reason, texts), _what(case, face), who, case.order)
    return RowModel(
        name=f"case_{number}",
        lead=texts.moment(case.at, now),
        main=" · ".join(each for each in (texts.label(f"case_{case.kind}"), _place(case, texts)) if each),
        sub=" · ".join(each for each in sub if each),
        right=_quantity(case, face, texts),
        right_sub=money(case.value, texts),
        tone=Tone.PLAIN if case.answer or case.kind in QUIET_KINDS else Tone.LATE,
        is_touchable=not case.answer,
    )


def _losses(face: DeskFace) -> tuple[Loss, ...]:
    shift = shift_of(SHIFTS)
    of: dict[Show, Callable[[Case], str]] = {Show.LOSS_ITEM: by_item, Show.LOSS_TRAY: by_tray}
    return losses(face.cases.cases, of.get(face.show, lambda case: shift(case.at))) if face.cases is not None else ()


def _loss(number: int, loss: Loss, face: DeskFace, texts: Texts) -> RowModel:
    """Pieces are added up for one item alone: bolts and litres have no sum."""
    item = _item(loss.what, face) if face.show is Show.LOSS_ITEM else None
    of_item = (texts.signed(-loss.missing, item), texts.signed(loss.surplus, item)) if item is not None else ()
    return RowModel(
        name=f"loss_{number}",
        lead=loss.what,
        main=item.name if item is not None else texts.label("loss_cases", count=loss.cases),
        sub=texts.label("loss_cases", count=loss.cases) if item is not None else "",
        right=" / ".join(of_item),
        right_sub=money(loss.value, texts),
        is_touchable=False,
    )


def _reach(number: int, reach: Reach, face: DeskFace, texts: Texts, now: datetime) -> RowModel:
    case = reach.case
    return RowModel(
        name=f"reach_{number}",
        lead=texts.moment(case.at, now),
        main=texts.label("reach_had", name=_name(reach.person, face, texts), count=reach.times),
        sub=" · ".join(each for each in (_place(case, texts), _what(case, face)) if each),
        right=_quantity(case, face, texts),
        right_sub=money(case.value, texts),
        is_touchable=False,
    )


def _name(person: str, face: DeskFace, texts: Texts) -> str:
    names = face.cases.names if face.cases is not None else {}
    return names.get(person, "") or texts.label("erased")


def _item(code: str, face: DeskFace) -> Item | None:
    return face.cases.items.get(code) if face.cases is not None else None


def _what(case: Case, face: DeskFace) -> str:
    item = _item(case.item, face)
    return item.name if item is not None else case.item


def _place(case: Case, texts: Texts) -> str:
    if case.tray is None:
        return ""
    return texts.label("case_place", tray=case.tray, compartment=case.compartment) if case.compartment else ""


def _quantity(case: Case, face: DeskFace, texts: Texts) -> str:
    return texts.signed(case.quantity, _item(case.item, face)) if case.quantity else ""


def _reason(code: str, texts: Texts) -> str:
    return texts.reason(code)


# --- alarms, health and what was told


def _of_health(show: Show, health: Health, texts: Texts, now: datetime, sync: SyncView | None) -> list[RowModel]:
    if show is Show.ALARMS:
        return [_alarm(number, each, health, texts, now) for number, each in enumerate(health.alarms)]
    if show is Show.TOLD:
        return [_telling(number, each, health, texts, now) for number, each in enumerate(health.tellings)]
    return _health(health, texts, now, sync)


def _alarm(number: int, alarm: Alarm, health: Health, texts: Texts, now: datetime) -> RowModel:
    name = health.names.get(alarm.answered_by, "") or texts.label("erased")
    seen = texts.label("alarm_answered", name=name, time=_time(alarm.answer_s, texts)) if alarm.answered_at else ""
    held = round(((alarm.until or now) - alarm.at).total_seconds())
    over = texts.label("alarm_held", time=_time(held, texts)) if alarm.until else texts.label("still_holds")
    return RowModel(
        name=f"alarm_{number}",
        lead=texts.moment(alarm.at, now),
        main=f"{texts.label('alarm_stop' if alarm.is_stop else 'alarm_line')} · {alarm.source}",
        sub=" · ".join(each for each in (texts.label("alarm_first") if alarm.is_first_out else "", seen) if each),
        right=alarm.code,
        right_sub=over,
        tone=Tone.PLAIN if alarm.until else Tone.LATE,
        is_touchable=False,
    )


def _time(seconds: int | None, texts: Texts) -> str:
    seconds = max(0, seconds or 0)
    return texts.label("minutes_seconds", minutes=seconds // 60, seconds=f"{seconds % 60:02d}")


def _telling(number: int, told: Telling, health: Health, texts: Texts, now: datetime) -> RowModel:
    name = health.names.get(told.answered_by, "") or texts.label("erased")
    seen = texts.label("told_seen", name=name) if told.answered_by else texts.label("told_open")
    return RowModel(
        name=f"told_{number}",
        lead=texts.moment(told.at, now),
        main=texts.label(f"topic_{told.topic}"),
        sub=" · ".join((texts.label(f"way_{told.way}"), told.to, seen) if told.to else (texts.label(f"way_{told.way}"), seen)),
        right=texts.label(f"told_{told.outcome}"),
        right_sub=told.code or texts.label("told_attempt", count=told.attempt),
        tone=Tone.PLAIN if told.answered_by else Tone.LATE,
        is_touchable=not told.answered_by,
    )


def _health(health: Health, texts: Texts, now: datetime, sync: SyncView | None) -> list[RowModel]:
    """The machine's and the station's health; what is not well is marked."""
    held = [each for each in health.alarms if each.until is None and (each.is_stop or each.source == MACHINE)]
    rows = [_line("machine", held[-1].code if held else texts.label("health_good"), texts, is_bad=bool(held))]
    disk = health.disk
    if disk is not None:
        size = texts.label("health_size", mib=disk.store_bytes // 1024**2)
        rows.append(_line("store", size, texts, sub=texts.label("health_events", count=health.events)))
        free = texts.label("health_free", gib=round(disk.free_bytes / GIB))
        rows.append(_line("disk", free, texts, is_bad=disk.free_bytes < GIB))
        is_old = disk.copied_at is None or (now - disk.copied_at).total_seconds() > OLD_COPY_S
        copied = texts.moment(disk.copied_at, now) if disk.copied_at else texts.label("health_no_copy")
        rows.append(_line("copy", copied, texts, is_bad=is_old))
    rows.append(_clock(health, texts))
    rows.append(_outbox(sync, texts, now))
    lost = lines_lost(health.alarms).items()
    return [*rows, *(_lost(device, count, texts) for device, count in lost)]


def _clock(health: Health, texts: Texts) -> RowModel:
    steps = health.clock_steps
    right = "" if steps else texts.label("health_good")
    return _line("clock", right, texts, sub=texts.label("health_steps", count=steps) if steps else "", is_bad=bool(steps))


def _lost(device: str, count: int, texts: Texts) -> RowModel:
    row = _line("line", texts.label("health_lost", count=count), texts, is_bad=True)
    return RowModel(name=f"line_{device}", lead=device, main=row.main, right=row.right, tone=row.tone, is_touchable=False)


def _outbox(sync: SyncView | None, texts: Texts, now: datetime) -> RowModel:
    if sync is None:
        return _line("outbox", texts.label("health_no_site"), texts)
    oldest = texts.label("health_oldest", time=texts.moment(sync.oldest_at, now)) if sync.oldest_at and sync.waiting else ""
    waits = texts.label("health_waits", count=sync.waiting)
    return _line("outbox", waits, texts, sub=oldest, is_bad=sync.state is not SyncState.ONLINE)


def _line(what: str, right: str, texts: Texts, *, sub: str = "", is_bad: bool = False) -> RowModel:
    return RowModel(
        name=f"health_{what}",
        lead="▲" if is_bad else "✓",
        main=texts.label(f"health_{what}"),
        sub=sub,
        right=right,
        tone=Tone.LATE if is_bad else Tone.PLAIN,
        is_touchable=False,
    )
