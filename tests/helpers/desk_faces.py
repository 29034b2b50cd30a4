"""Hand-made Views of the supervisor's desk: cases, losses, what may be done, alarms, health, and who was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.accuracy.counts import Source
from station.accuracy.desk import CountSheet, CountVariance
from station.accuracy.programme import ClassOfCounts
from station.accuracy.share import Accuracy
from station.count_orders import WhatToCount
from station.desk.alarms import Alarm
from station.desk.values import OF_ALARMS, OF_CASES, OF_COUNTS, OF_FIGURES, OF_OWN, WITH_PEOPLE, Disk, Health, Show, Telling
from station.exceptions.case import Case, Kind
from station.exceptions.losses import Reach
from station.exceptions.reading import Cases
from station.figures.alarms import Alarm as AlarmCause
from station.figures.alarms import Availability
from station.figures.bay import Figures
from station.figures.flows import Took
from station.figures.sheet import NOTHING, ByPerson, Sheet
from station.values import TrayCounted
from station.view.action import Action
from station.view.ask import AskChoice, Choice
from station.view.desk import DeskFace
from station.view.message import Message
from station.view.view import View
from tests.helpers.faces import BOLT, GLUE, NOW, OPERATOR, QUESTION, offers, view

NAMES = {OPERATOR.person: "M. Keller", "p_2": "J. Weber"}
VARIANCE = Case(
    kind=Kind.VARIANCE,
    at=NOW - timedelta(minutes=48),
    person="p_2",
    machine="VLM1",
    tray=47,
    compartment="C7",
    item=BOLT.code,
    lot="2409-17",
    quantity=-24,
    value=-1896,
    event="e_2",
)
CASES = (
    Case(
        kind=Kind.SHORT,
        at=NOW - timedelta(minutes=9),
        person=OPERATOR.person,
        item=GLUE.code,
        order="SO-48213",
        line="20",
        quantity=-6,
        value=-8940,
        reason="empty",
        event="e_1",
    ),
    VARIANCE,
    Case(kind=Kind.IMPORT, at=NOW - timedelta(hours=3), quantity=-2, reason="orders_0211.csv", event="e_3"),
    replace(VARIANCE, kind=Kind.WITHOUT_ORDER, event="e_4", at=NOW - timedelta(hours=5), answer="dismissed", answered_by="p_2"),
)
REACH = (Reach(case=VARIANCE, person=OPERATOR.person, times=3), Reach(case=VARIANCE, person="p_2", times=1))
READ = Cases(cases=CASES, items={each.code: each for each in (BOLT, GLUE)}, names=NAMES, reach=REACH)
HEALTH = Health(
    alarms=(
        Alarm(source="scanner-1", code="L101", at=NOW - timedelta(minutes=7), is_stop=False, is_first_out=False),
        Alarm(
            source="VLM1",
            code="E207",
            at=NOW - timedelta(minutes=41),
            is_stop=True,
            is_first_out=True,
            until=NOW - timedelta(minutes=36),
            answered_at=NOW - timedelta(minutes=39, seconds=20),
            answered_by=OPERATOR.person,
        ),
    ),
    tellings=(
        Telling(
            topic="short",
            about="e_1",
            way="mail",
            to="weber@werk.example",
            at=NOW - timedelta(minutes=8),
            outcome="failed",
            attempt=2,
            code="O593",
        ),
        Telling(
            topic="tray",
            about="e_9",
            way="screen",
            to="",
            at=NOW - timedelta(hours=1),
            outcome="sent",
            attempt=1,
            answered_by="p_2",
        ),
    ),
    events=1_048_211,
    clock_steps=0,
    disk=Disk(store_bytes=1_610_612_736, free_bytes=193_273_528_320, copied_at=NOW - timedelta(minutes=26)),
    names=NAMES,
)


def desk_views() -> Iterator[tuple[str, View]]:
    """Each list, the questions about a case, and the page before it was read."""
    buttons = offers(Action.BACK, Action.DESK_FILTER, Action.LOCK)
    cases = DeskFace(show=Show.CASES, offers=buttons, shown=OF_CASES, rows=CASES, cases=READ)
    yield "desk", view(cases, Message("desk_cases"))
    plain = replace(cases, offers=offers(Action.BACK, Action.LOCK))
    steps = tuple(Choice(each, each) for each in ("count_case", "counter_book", "dismiss"))
    ask = AskChoice(code="case_steps", choices=steps)
    yield "desk_steps", view(replace(plain, ask=ask, about=VARIANCE), QUESTION)
    reasons = tuple(Choice(each, f"reason_{each}") for each in ("booked_wrong", "counted_wrong", "goods_turned_up"))
    yield "desk_reason", view(replace(plain, ask=AskChoice(code="why_counter_book", choices=reasons), about=VARIANCE), QUESTION)
    kinds = tuple(Choice(each, f"case_{each}") for each in ("all", "import", "short", "variance"))
    yield "desk_filter", view(replace(plain, ask=AskChoice(code="desk_filter", choices=kinds)), QUESTION)
    yield "desk_losses", view(replace(plain, show=Show.LOSS_ITEM), Message("desk_page"))
    yield "desk_access", view(replace(plain, show=Show.LOSS_ACCESS), Message("desk_page"))
    waits = DeskFace(show=Show.CASES, offers=plain.offers, shown=OF_CASES, wait="reading")
    yield "desk_reading", view(waits, Message("reading"))
    alarms = DeskFace(show=Show.ALARMS, offers=plain.offers, shown=OF_ALARMS, health=HEALTH)
    yield "desk_alarms", view(alarms, Message("desk_page"))
    yield "desk_health", view(replace(alarms, show=Show.HEALTH), Message("desk_page"))
    yield "desk_told", view(replace(alarms, show=Show.TOLD), Message("desk_told"))
    yield from _figures()
    yield from _counts()


def _figures() -> Iterator[tuple[str, View]]:
    """The figures of a day: the board, what they mean, by shift, the machine, by person, and of a day without work."""
    buttons = offers(Action.BACK, Action.DESK_FILTER, Action.DESK_EXPORT, Action.LOCK)
    board = DeskFace(show=Show.FIGURES, offers=buttons, shown=OF_FIGURES, sheet=SHEET)
    yield "figures", view(board, Message("desk_page"))
    yield "figures_terms", view(replace(board, show=Show.TERMS), Message("desk_page"))
    yield "figures_shifts", view(replace(board, show=Show.SHIFTS), Message("desk_page"))
    yield "figures_machine", view(replace(board, show=Show.MACHINE), Message("desk_page"))
    by_person = ByPerson(is_on=True, purpose="Training plan 2026, works agreement 14")
    of_people = replace(board, show=Show.PEOPLE, shown=WITH_PEOPLE, by_person=by_person)
    yield "figures_people", view(of_people, Message("desk_people"))
    own = replace(of_people, show=Show.OWN, shown=OF_OWN, offers=offers(Action.BACK, Action.DESK_FILTER, Action.LOCK))
    yield "figures_own", view(own, Message("desk_people"))
    stretches = tuple(Choice(each, f"stretch_{each}") for each in ("today", "week", "month"))
    plain = replace(board, offers=offers(Action.BACK, Action.LOCK))
    yield "figures_stretch", view(replace(plain, ask=AskChoice(code="desk_stretch", choices=stretches)), QUESTION)
    yield "figures_none", view(replace(board, sheet=replace(SHEET, whole=NOTHING, hours=())), Message("desk_page"))


def _of_hour(what: str, lines: int, lines_per_hour: float | None) -> Figures:
    """Of an hour, a shift or a person; None: too few people to tell more."""
    if lines_per_hour is None:
        return replace(NOTHING, what=what, lines=lines)
    return Figures(
        what=what,
        lines=lines,
        hours=lines / lines_per_hour,
        lines_per_hour=lines_per_hour,
        shares=(0.31, 0.53, 0.05, 0.11),
        trays_per_line=0.62,
        wrong_scans_per_100=0.4,
        shorts_per_100=0.7,
        dwell_s=5400,
    )


_HOURS = ((6, 68), (7, 96), (8, 64), (9, 76), (10, 67), (11, 91), (12, 88), (13, 90), (14, 84))
SHEET = Sheet(
    first=NOW.replace(hour=0, minute=0),
    until=NOW,
    whole=_of_hour("", 412, 86.2),
    hours=tuple(_of_hour(f"{hour:02}", lines, float(lines)) for hour, lines in _HOURS),
    shifts=(_of_hour("06:00", 328, 84.4), _of_hour("14:00", 84, None)),
    people=(_of_hour(OPERATOR.person, 241, 91.0), _of_hour("p_2", 171, 80.2)),
    machine=Availability(
        ran=timedelta(hours=8, minutes=32),
        down=timedelta(minutes=11),
        alarms=(
            AlarmCause(code="E207", times=2, lasted=timedelta(minutes=9), longest=timedelta(minutes=6)),
            AlarmCause(code="L101", times=1, lasted=timedelta(minutes=2), longest=timedelta(minutes=2)),
        ),
    ),
    accuracy=Accuracy(counts=200, right=197, share=0.985, low=0.9568, high=0.9949, by_value=0.9981),
    dock=Took(count=14, median_s=2520),
    pull=Took(count=9, median_s=1260),
    names=NAMES,
)


def _counts() -> Iterator[tuple[str, View]]:
    """The lists of counts, and the question about a row."""
    programme = DeskFace(show=Show.PROGRAMME, offers=offers(Action.BACK, Action.LOCK), shown=OF_COUNTS, counts=COUNTS)
    yield "counts", view(programme, Message("desk_counts"))
    yield "counts_accuracy", view(replace(programme, show=Show.ACCURACY), Message("desk_page"))
    yield "counts_variances", view(replace(programme, show=Show.VARIANCES), Message("desk_counts"))
    yield "counts_missing", view(replace(programme, show=Show.MISSING), Message("desk_counts"))
    ask = AskChoice(code="have_counted", choices=(Choice("count_case", "count_case", is_primary=True),))
    what = WhatToCount(machine="VLM1", items=frozenset({BOLT.code}), riskiest=50)
    yield "counts_ask", view(replace(programme, ask=ask, to_count=what), QUESTION)


def _right(counts: int, right: int, low: float, high: float, by_value: float | None = None) -> Accuracy:
    return Accuracy(counts=counts, right=right, share=right / counts, low=low, high=high, by_value=by_value)


COUNTS = CountSheet(
    began=NOW.replace(month=1, day=1, hour=0),
    classes=(
        ClassOfCounts(name="A", days=30, items=41, places=120, due=7, value=8_214_500, due_items=(BOLT.code,)),
        ClassOfCounts(name="B", days=90, items=133, places=388, due=0, value=1_509_900),
        ClassOfCounts(name="C", days=365, items=1208, places=2711, due=412, value=510_040, due_items=(GLUE.code,)),
    ),
    accuracy=(
        ("2026-02", Source.SAMPLE, _right(200, 197, 0.9568, 0.9949, 0.9981)),
        ("2026-02", Source.RISK, _right(44, 37, 0.7063, 0.9207)),
        ("2026-03", Source.ZERO, _right(12, 12, 0.7575, 1.0)),
        ("", Source.SAMPLE, _right(350, 345, 0.9671, 0.9939, 0.9990)),
    ),
    variances=(
        CountVariance(
            at=NOW - timedelta(hours=2),
            machine="VLM1",
            tray=47,
            compartment="C7",
            item=BOLT.code,
            lot="",
            book=40,
            counted=12,
            value=-11_240,
            order="COUNT-260303-0801",
            person=OPERATOR.person,
        ),
    ),
    trays=(
        TrayCounted(machine="VLM1", tray=12, places=18, missing=18),
        TrayCounted(machine="VLM1", tray=47, places=30, missing=4),
        TrayCounted(machine="VLM1", tray=3, places=22, missing=0),
    ),
    items={BOLT.code: BOLT},
    names=NAMES,
)
