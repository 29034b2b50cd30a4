"""The diagrams of tasks in docs/operator.md: each lettered row is a way that the flow goes, and names its steps in their
order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from station import commands as do
from station.count_tolerance import CountTolerance
from station.flows import count, departure, identity, pick, put, task_flow
from station.flows.defect import DEFECTIVE, Holding
from station.flows.load import AskMissing
from station.flows.tote_share import AskFull, AskInto, AskShare, AskShares, Distributing, PutBack, whole
from station.flows.turn import (
    Booked,
    Booking,
    CheckCode,
    CodeChecked,
    Finished,
    LotsFound,
    LotStockFound,
    ScannedRight,
    Step,
    TaskEvent,
    TaskState,
    ToteNamed,
    Working,
)
from station.flows.zero_check import AskEmpty, AskLeft
from station.load import load_task
from station.load_plan import LoadPlan
from station.rules.put_away import Proposal
from station.task import Mode
from station.values import CountSaid, HeldCount, IssueRule, Item
from tests.helpers.drawn import lacks, rows
from tests.helpers.fake_store import NOON
from tests.helpers.sample import HERE, place, task, working
from tests.unit.station.flows.test_tote_pick import BOTH

WORDS: dict[type[Step], str] = {
    pick.AskTaken: "how many taken",
    pick.AskReason: "why",
    pick.AskRemaining: "how many remain",
    pick.AskWhich: "which is right?",
    pick.AskOut: "how many are out",
    pick.ReturnExcess: "put back",
    pick.AskExcessReason: "why it stays out",
    pick.AskLabel: "last four characters",
    Holding: "looked up",
    departure.Seeking: "what lies here",
    departure.AskOtherLot: "which",
    departure.AskDeparture: "why",
    AskEmpty: "is it empty?",
    AskLeft: "how many are left",
    put.AskFits: "how many went in",
    put.AskWhy: "why",
    put.AskPutLabel: "last four characters",
    identity.AskLot: "its lot",
    identity.AskExpiry: "its last good day",
    identity.AskSerial: "one serial for each piece",
    identity.AskMeaning: "which is meant?",
    count.AskAgain: "the same question once more",
    count.AskPutOff: "why it may go without",
    Distributing: "Parting",
    AskShares: "the most urgent first",
    AskShare: "so many for each tote",
    AskFull: "which",
    AskInto: "how many went in",
    PutBack: "put back",
    AskMissing: "why not",
}


def word(state: TaskState) -> str:
    """What the diagram says for this step; "" where it says nothing."""
    match state.step:
        case Booking(is_held=is_held):
            return "held" if is_held else "booked"
        case Working():
            return "How many?" if state.task.mode is Mode.COUNT else "Working"
        case Finished(was_skipped=True):
            return "set aside"
        case Finished(is_parked=True):
            return "different person"
        case Finished(count_first=True):
            return "counted first"
        case Finished(instead=other) if other is not None:
            return "instead"
        case Finished(missing=missing):
            return "elsewhere" if missing else ""
        case step:
            return WORDS[type(step)]


Walk = tuple[TaskState, Sequence[TaskEvent], tuple[type[Step], ...]]

# --- pick

PICK, OTHER = working(), task(quantity=5)
ZERO = working(book=5)
NOT_ENOUGH = (do.NotEnough(1), do.EnterNumber(1, 2))
UNCLEAR = PICK.at(pick.AskWhich(2, "not_there", 2))
PICKS: dict[str, list[Walk]] = {
    "a": [
        (PICK, (do.Confirm(1), Booked()), (Booking, Finished)),
        (working(task(quantity=1)), (ScannedRight(), Booked()), (Booking, Finished)),
    ],
    "b": [
        (
            PICK,
            (*NOT_ENOUGH, do.Choose(1, "not_there"), do.EnterNumber(1, 0), Booked()),
            (pick.AskTaken, pick.AskReason, pick.AskRemaining, Booking, Finished),
        )
    ],
    "c": [
        (
            PICK.at(pick.AskRemaining(2, "not_there")),
            (do.EnterNumber(1, 2), do.Choose(1, "remain_again")),
            (pick.AskWhich, pick.AskRemaining),
        ),
        (UNCLEAR, (do.Choose(1, "other_reason"),), (pick.AskReason,)),
        (UNCLEAR, (do.Choose(1, "take_rest"),), (Working,)),
    ],
    "d": [
        (
            PICK,
            (*NOT_ENOUGH, do.Choose(1, DEFECTIVE), LotStockFound(PICK.task, ()), Booked()),
            (pick.AskTaken, pick.AskReason, Holding, Booking, Finished),
        )
    ],
    "e": [
        (
            PICK,
            (do.TookMore(1), do.EnterNumber(1, 7), do.Choose(1, "stays_out"), do.Choose(1, "asked_by_person"), Booked()),
            (pick.AskOut, pick.ReturnExcess, pick.AskExcessReason, Booking, Finished),
        )
    ],
    "f": [(PICK, (do.LabelUnreadable(1), do.EnterText(1, "LTM8")), (pick.AskLabel, Working))],
    "g": [
        (
            PICK,
            (do.OtherLot(1), LotsFound(PICK.task, (OTHER,)), do.Choose(1, "0"), do.Choose(1, "lot_damaged")),
            (departure.Seeking, departure.AskOtherLot, departure.AskDeparture, Finished),
        )
    ],
    "h": [(PICK, (do.CountHere(1),), (Finished,))],
    "i": [(PICK, (do.Skip(1),), (Finished,))],
    "k": [
        (ZERO, (do.Confirm(1), Booked(), do.Choose(1, "yes"), Booked()), (Booking, AskEmpty, Booking, Finished)),
        (
            ZERO,
            (do.Confirm(1), Booked(), do.Choose(1, "no"), do.EnterNumber(1, 3), do.EnterNumber(1, 3), Booked()),
            (Booking, AskEmpty, AskLeft, Booking, Finished),
        ),
    ],
}

# --- several orders into totes

TOTES = working(BOTH, book=20)
PARTING = TOTES.at(Distributing(whole(BOTH)))
LAST = TOTES.at(Distributing(whole(BOTH)[1:]))
SHORT = (*NOT_ENOUGH, do.Choose(1, "damaged"), do.EnterNumber(1, 3), Booked())
ASKED_SHORT = (pick.AskTaken, pick.AskReason, pick.AskRemaining, Booking, AskShares)
FULL = (do.ToteFull(1), do.Choose(1, "T1"), do.EnterNumber(1, 2), Booked())
TOTE_PICKS: dict[str, list[Walk]] = {
    "c": [(TOTES, (do.Confirm(1),), (Distributing,))],
    "d": [(TOTES, (ToteNamed("T1", "key", is_place=True), Booked()), (Booking, Distributing))],
    "e": [
        (TOTES, (*SHORT, do.Choose(1, "by_urgency")), (*ASKED_SHORT, Distributing)),
        (TOTES, (*SHORT, do.Choose(1, "by_hand"), do.EnterNumber(1, 1)), (*ASKED_SHORT, AskShare, Distributing)),
    ],
    "f": [
        (PARTING, (named, Booked()), (Booking, Distributing))
        for named in (ToteNamed("T1", "key", is_place=True), ToteNamed("B1", "scan"), do.Choose(1, "T1"))
    ]
    + [(LAST, (do.Confirm(1), Booked()), (Booking, Finished))],
    "g": [(PARTING, FULL, (AskFull, AskInto, Booking, Distributing))],
    "h": [(PARTING, (do.Back(1),), (Working,))],
    "i": [(PARTING, (do.LeaveWork(1), do.Choose(1, "back_in")), (PutBack,))],
}

# --- put

TRACKED = Item(code="RESIN-T", name="Resin", lot_tracked=True, serial_tracked=True, issue_rule=IssueRule.FEFO)
PUT = working(task(Mode.PUT))
TRACKED_PUT = working(task(Mode.PUT, 1, item=TRACKED))
MEANT = working(task(Mode.PUT, 1, item=TRACKED)).at(identity.AskLot(1))
PROPOSED = working(replace(task(Mode.PUT), runners_up=(Proposal(place(5, "C8")),)))


def code(state: TaskState, text: str, means: str = "") -> tuple[TaskEvent, TaskEvent]:
    return do.EnterText(1, text), CodeChecked(CheckCode(state.task, text), is_badge=False, means=means)


PUTS: dict[str, list[Walk]] = {
    "a": [
        (PUT, (do.Confirm(1), Booked()), (Booking, Finished)),
        (working(task(Mode.PUT, 1)), (ScannedRight(), Booked()), (Booking, Finished)),
    ],
    "b": [(PUT, (*NOT_ENOUGH, do.Choose(1, "no_space"), Booked()), (put.AskFits, put.AskWhy, Booking, Finished))],
    "c": [
        (
            TRACKED_PUT,
            (do.Confirm(1), *code(TRACKED_PUT, "L1"), do.EnterNumber(1, 20270331), *code(TRACKED_PUT, "S1"), Booked()),
            (identity.AskLot, identity.AskExpiry, identity.AskSerial, Booking, Finished),
        )
    ],
    "d": [(MEANT, (*code(MEANT, "NUT-M8", "NUT-M8"), do.Choose(1, "item")), (identity.AskMeaning, identity.AskLot))],
    "e": [(PUT, (do.ElsewherePut(1),), (Finished,))],
    "f": [(PROPOSED, (do.TakeRunnerUp(1, 0),), (Finished,))],
    "g": [(PUT, (do.LabelUnreadable(1), do.EnterText(1, "LTM8")), (put.AskPutLabel, Working))],
    "h": [(PUT, (do.CountHere(1),), (Finished,))],
    "i": [(PUT, (do.Skip(1),), (Finished,))],
}

# --- count

COUNT = replace(working(task(Mode.COUNT, 0)), tolerance=CountTolerance(2), by="p1")
BEFORE = HeldCount(place=HERE, key=COUNT.task.key, order="", line="", said=(CountSaid(person="p2", figures=(7,)),), since=NOON)
EMPTY = COUNT.at(AskEmpty())
DUE = replace(COUNT, task=replace(COUNT.task, is_count_due=True, order="", line=""))
OFFERED = COUNT.at(count.AskOffer())


def figures(*numbers: int) -> tuple[TaskEvent, ...]:
    return (*(do.EnterNumber(1, each) for each in numbers), Booked())


COUNTS: dict[str, list[Walk]] = {
    "a": [(COUNT, figures(20), (Booking, Finished)), (replace(COUNT, held=BEFORE), figures(7), (Booking, Finished))],
    "b": [(COUNT, figures(19, 19), (count.AskAgain, Booking, Finished))],
    "c": [
        (COUNT, figures(10, 5), (count.AskAgain, Booking, Finished)),
        (COUNT, (do.EnterNumber(1, 10), do.Skip(1), Booked()), (count.AskAgain, Booking, Finished)),
    ],
    "d": [(EMPTY, (do.Choose(1, "yes"), Booked()), (Booking, Finished))],
    "e": [(EMPTY, (do.Choose(1, "no"),), (Working,))],
    "f": [(OFFERED, (do.Choose(1, "take"),), (Working,)), (OFFERED, (do.Choose(1, "pass"),), (Finished,))],
    "g": [(DUE, (do.Skip(1), do.Choose(1, "put_off_urgent")), (count.AskPutOff, Finished))],
}

# --- loads at the tray

LOAD_IN, LOAD_OUT = (working(load_task(LoadPlan(load="LD-7"), HERE, mode)) for mode in (Mode.PUT, Mode.PICK))
LOADS: dict[str, list[Walk]] = {
    "d": [
        (state, (event, Booked()), (Booking, Finished))
        for state in (LOAD_IN, LOAD_OUT)
        for event in (do.Confirm(1), ScannedRight())
    ],
    "e": [(LOAD_IN, (do.ElsewherePut(1),), (Finished,))],
    "f": [(LOAD_OUT, (do.NotEnough(1), do.Choose(1, "load_not_there"), Booked()), (AskMissing, Booking, Finished))],
    "g": [(state, (do.Skip(1),), (Finished,)) for state in (LOAD_IN, LOAD_OUT)],
}

# section, which diagram of it, its ways, and the letters of rows that another test walks
DRAWINGS = {
    "pick": ("## Pick", 0, PICKS, ""),
    "totes": ("## Pick", 1, TOTE_PICKS, "ab"),
    "put": ("## Put", 0, PUTS, ""),
    "count": ("## Count", 0, COUNTS, ""),
    "loads": ("## Loads: work in progress and finished orders", 0, LOADS, "abc"),
}
WALKS = [
    pytest.param(name, letter, walk, id=f"{name}-{letter}{number}")
    for name, (_, _, ways, _) in DRAWINGS.items()
    for letter, walks in ways.items()
    for number, walk in enumerate(walks)
]


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_diagram_has_the_rows_that_are_walked_and_no_others(name: str) -> None:
    heading, number, ways, others = DRAWINGS[name]
    assert set(rows(heading, number)) == set(ways) | set(others)


@pytest.mark.parametrize(("name", "letter", "walk"), WALKS)
def test_a_row_names_the_steps_of_its_way_in_their_order(name: str, letter: str, walk: Walk) -> None:
    heading, number, _, _ = DRAWINGS[name]
    state, events, steps = walk
    gone: list[TaskState] = []
    for event in events:
        before, (state, _) = state, task_flow.advance(state, event)
        if type(state.step) is not type(before.step):
            gone.append(state)
    assert tuple(type(each.step) for each in gone) == steps
    assert lacks(rows(heading, number)[letter], filter(None, map(word, gone))) == ""
