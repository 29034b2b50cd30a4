"""Hand-made Views of the supervisor's desk: cases, losses, what may be done, alarms, health, and who was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.desk.alarms import Alarm
from station.desk.values import OF_ALARMS, OF_CASES, Disk, Health, Show, Telling
from station.exceptions.case import Case, Kind
from station.exceptions.losses import Reach
from station.exceptions.reading import Cases
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
