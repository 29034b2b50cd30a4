"""Figures of a bay: a board of the few that count with where the minute goes and the hours, and lists of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.desk.values import Show
from station.figures.bay import FEWEST_PEOPLE, Figures
from station.figures.flows import Took
from station.figures.sheet import Sheet
from station.view.desk import DeskFace
from ui.texts import Texts
from ui.view_models.rows import RowModel, Tone

NO_FIGURE: Final = "–"
CAUSES: Final = ("lift", "operator", "host", "empty")
TERMS: Final = (
    "lines",
    "lines_per_hour",
    *(f"minute_{each}" for each in CAUSES),
    "trays_per_line",
    "wrong_scans",
    "shorts",
    "accuracy",
    "dwell",
    "dock",
    "pull",
    "machine",
)
SHADES: Final = (1, 0, 2, 3)  # of the four parts of the minute: the darker, the more is worked


@dataclass(frozen=True, slots=True)
class TileModel:
    """One figure that can be read from afar, and what it is called."""

    name: str
    figure: str


@dataclass(frozen=True, slots=True)
class PartModel:
    """A part of the minute: `share` of all of it, in one of four shades."""

    name: str
    figure: str
    share: float
    shade: int


@dataclass(frozen=True, slots=True)
class BarModel:
    """A bar of the hours: `share` of the highest; a figure on top."""

    name: str
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class BoardModel:
    """Tiles above where the minute goes above the hours."""

    title: str
    tiles: tuple[TileModel, ...]
    minute_title: str
    parts: tuple[PartModel, ...]
    hours_title: str
    hours: tuple[BarModel, ...]
    empty: str = ""


def board_of(sheet: Sheet, title: str, texts: Texts) -> BoardModel:
    """What is read from afar."""
    whole = sheet.whole
    most = max((each.lines_per_hour or 0.0 for each in sheet.hours), default=0.0) or 1.0
    hours = tuple(
        BarModel(each.what, _round(each.lines_per_hour, texts), (each.lines_per_hour or 0.0) / most) for each in sheet.hours
    )
    tiles = (
        TileModel(texts.label("figure_lines"), texts.number(whole.lines)),
        TileModel(texts.label("figure_lines_per_hour"), _round(whole.lines_per_hour, texts)),
        TileModel(texts.label("figure_trays_per_line"), _decimal(whole.trays_per_line, texts, 2)),
        TileModel(texts.label("figure_wrong_scans"), _decimal(whole.wrong_scans_per_100, texts)),
        TileModel(texts.label("figure_shorts"), _decimal(whole.shorts_per_100, texts)),
    )
    return BoardModel(
        title=title,
        tiles=tiles,
        minute_title=texts.label("figure_minute"),
        parts=_parts(sheet, texts),
        hours_title=texts.label("figure_hours"),
        hours=hours,
        empty="" if whole.lines or sheet.hours else texts.label("figures_none"),
    )


def _parts(sheet: Sheet, texts: Texts) -> tuple[PartModel, ...]:
    seconds = sheet.seconds
    if seconds is None or sheet.whole.shares is None:
        return ()
    return tuple(
        PartModel(texts.label(f"minute_{cause}"), _seconds(took, texts), share, shade)
        for cause, took, share, shade in zip(CAUSES, seconds, sheet.whole.shares, SHADES, strict=True)
    )


def rows_of(face: DeskFace, texts: Texts) -> list[RowModel]:
    """The rows of a list of figures."""
    sheet = face.sheet
    if sheet is None:
        return []
    match face.show:
        case Show.TERMS:
            return [_term(name, figure, texts) for name, figure in terms_of(sheet, texts)]
        case Show.SHIFTS:
            return [_group(each, texts.label("shift_from", time=each.what), texts) for each in sheet.shifts]
        case Show.MACHINE:
            return _of_machine(sheet, texts)
        case Show.PEOPLE | Show.OWN:
            return [_group(each, sheet.names.get(each.what, "") or texts.label("erased"), texts) for each in sheet.people]
        case _:
            return []


def row_count_of(face: DeskFace) -> int:
    """How many rows the list has."""
    sheet = face.sheet
    if sheet is None:
        return 0
    sizes = {Show.TERMS: len(TERMS), Show.SHIFTS: len(sheet.shifts), Show.MACHINE: 1 + len(sheet.machine.alarms)}
    return sizes.get(face.show, len(sheet.people) if face.show in (Show.PEOPLE, Show.OWN) else 0)


def terms_of(sheet: Sheet, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Every figure by its name (`figure_<name>`, defined by `term_<name>`), as it is said."""
    whole, seconds = sheet.whole, sheet.seconds or (None,) * len(CAUSES)
    said = (
        texts.number(whole.lines),
        _round(whole.lines_per_hour, texts),
        *(_seconds(took, texts) for took in seconds),
        _decimal(whole.trays_per_line, texts, 2),
        _decimal(whole.wrong_scans_per_100, texts),
        _decimal(whole.shorts_per_100, texts),
        _accuracy(sheet, texts),
        texts.age(whole.dwell_s) if whole.dwell_s is not None else NO_FIGURE,
        _took(sheet.dock, texts),
        _took(sheet.pull, texts),
        percent(sheet.machine.share, texts),
    )
    return tuple(zip(TERMS, said, strict=True))


def summary_of(face: DeskFace, texts: Texts) -> str:
    """Which list, of when, and what figures by person are for."""
    parts = [texts.label(f"desk_show_{face.show}"), texts.label(f"stretch_{face.stretch}")]
    if face.show is Show.SHIFTS:
        parts.append(texts.label("shifts_fewest", number=FEWEST_PEOPLE))
    if face.show in (Show.PEOPLE, Show.OWN):
        parts.append(face.by_person.purpose)
    return " · ".join(each for each in parts if each)


def percent(share: float | None, texts: Texts) -> str:
    """A share of one with a decimal, as people read it."""
    return NO_FIGURE if share is None else f"{_decimal(100 * share, texts)}\N{NO-BREAK SPACE}%"


def _term(name: str, figure: str, texts: Texts) -> RowModel:
    return RowModel(
        name=f"term_{name}",
        lead=texts.label(name if name.startswith("minute_") else f"figure_{name}"),
        main=texts.label(f"term_{name}"),
        right=figure,
        lines=2,
        is_touchable=False,
    )


def _group(each: Figures, name: str, texts: Texts) -> RowModel:
    """A shift or a person: lines, lines an hour, trays, what went wrong. Where too few worked only its lines are known."""
    if each.lines_per_hour is None:
        told = texts.label("figures_too_few")
    else:
        told = texts.label(
            "figures_of_group",
            trays=_decimal(each.trays_per_line, texts, 2),
            scans=_decimal(each.wrong_scans_per_100, texts),
            shorts=_decimal(each.shorts_per_100, texts),
        )
    return RowModel(
        name=f"group_{each.what}",
        lead=name,
        main=texts.label("figures_lines", count=each.lines),
        sub=told,
        right=_round(each.lines_per_hour, texts),
        right_sub=texts.label("figure_lines_per_hour") if each.lines_per_hour is not None else "",
        is_touchable=False,
    )


def _of_machine(sheet: Sheet, texts: Texts) -> list[RowModel]:
    machine = sheet.machine
    first = RowModel(
        name="machine_share",
        lead=percent(machine.share, texts),
        main=texts.label("term_machine"),
        lines=2,
        right=texts.age(machine.ran.total_seconds()),
        right_sub=texts.label("machine_ran"),
        is_touchable=False,
    )
    alarms = (
        RowModel(
            name=f"cause_{each.code}",
            lead=each.code,
            main=texts.code_words(each.code) or texts.label("alarm_stop"),
            sub=texts.label("cause_longest", time=texts.age(each.longest.total_seconds())),
            right=texts.age(each.lasted.total_seconds()),
            right_sub=texts.label("cause_times", count=each.times),
            tone=Tone.LATE,
            is_touchable=False,
        )
        for each in machine.alarms
    )
    return [first, *alarms]


def _accuracy(sheet: Sheet, texts: Texts) -> str:
    found = sheet.accuracy
    if found is None or found.share is None or found.low is None or found.high is None:
        return NO_FIGURE
    return f"{percent(found.share, texts)} ({_decimal(100 * found.low, texts)}–{_decimal(100 * found.high, texts)})"


def _took(took: Took, texts: Texts) -> str:
    return NO_FIGURE if took.median_s is None else texts.age(took.median_s)


def _round(value: float | None, texts: Texts) -> str:
    return NO_FIGURE if value is None else texts.number(round(value))


def _decimal(value: float | None, texts: Texts, places: int = 1) -> str:
    return NO_FIGURE if value is None else texts.number(round(value * 10**places), places)


def _seconds(value: float | None, texts: Texts) -> str:
    return NO_FIGURE if value is None else f"{_decimal(value, texts)}\N{NO-BREAK SPACE}s"
