"""Every step of other work against everything that can happen, and the order of its questions as docs/operator.md draws it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from db.rows.taken import HAND, TOOL
from station import commands as do
from station import scan
from station.flows import other_work
from station.flows.other_draft import (
    COUNT_ONLY,
    HOLD,
    MORE,
    NO_ORDER,
    OTHER_PLACE,
    WAITS,
    OtherDraft,
    Step,
    What,
    with_next,
)
from station.flows.other_task import ScrapLimit, task_of
from station.flows.other_work import (
    CheckPlace,
    Circumstances,
    FindPlaces,
    JobChecked,
    LookedInto,
    LookInto,
    PlaceChecked,
    PlacesFound,
    Ready,
)
from station.flows.turn import Say
from station.rules.put_away import Proposal
from station.task import Mode
from station.values import Item, NetPick, Stock, StockKey, StockStatus, Taken
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, JONAS, MACHINE, MARA, METER, every_command, place

DOCUMENT = Path(__file__).parents[4] / "docs" / "operator.md"
WRENCH = Item(code="WRENCH-1", name="Wrench", is_tool=True)
MAY = Circumstances(MACHINE, MARA.person, finds=True)
MAY_NOT = Circumstances(MACHINE, MARA.person)
KEY = StockKey(item=BOLT.code)
STOCK = tuple(Stock(place=place(4, f"C{n}"), key=KEY, quantity=5) for n in range(7))
PICKS = (NetPick(order="O1", line="1", key=KEY, quantity=4, at=NOON),)
TOOL_OUT = Taken(account=TOOL, holder="p1", job="", key=StockKey(item=WRENCH.code), machine=MACHINE, quantity=1, since=NOON)
IN_HAND = Taken(account=HAND, holder="p1", job="", key=KEY, machine=MACHINE, quantity=3, since=NOON)
KNOWN = OtherDraft(what=What.TRANSFER, item=BOLT, stock=STOCK, picks=PICKS, taken=(TOOL_OUT, IN_HAND), people=(MARA, JONAS))
PROPOSALS = (Proposal(place(4, "C7")), Proposal(place(5, "C7")))


def at(step: Step, what: What = What.TRANSFER, **more: object) -> OtherDraft:
    return replace(KNOWN, step=step, what=what, before=OtherDraft(what=what), **more)  # type: ignore[arg-type]


LEAVE = {"Back", "ClosePage"}
CHOOSE = LEAVE | {"Choose"}
# name -> the draft, a key that it takes, and the events that it answers to
TABLE = {
    "item": (at(Step.ITEM, item=None), "x", LEAVE | {"EnterText"}),
    "reading": (at(Step.READING, asked="BOLT-M8", item=None), "x", LEAVE | {"LookedInto"}),
    "stock": (at(Step.STOCK), "stock_1", CHOOSE),
    "stock_more": (at(Step.STOCK), MORE, CHOOSE),
    "of": (at(Step.OF, What.RETURN), "of_0", CHOOSE),
    "of_none": (at(Step.OF, What.RETURN), NO_ORDER, CHOOSE),
    "which": (at(Step.WHICH, What.TOOL_IN, item=WRENCH), "which_0", CHOOSE),
    "which_down": (at(Step.WHICH, What.DOWN, item=None), "which_1", CHOOSE),
    "quantity": (at(Step.QUANTITY, key=KEY, place=place(4, "C1")), "x", LEAVE | {"EnterNumber"}),
    "why_scrap": (at(Step.WHY, What.SCRAP, key=KEY, place=place(4, "C1"), quantity=2), "scrap_expired", CHOOSE),
    "why_found": (at(Step.WHY, What.FOUND, place=place(4, "C1"), quantity=2), "found_loose", CHOOSE),
    "damaged": (at(Step.TREATMENT, What.DAMAGED, key=KEY, place=place(4, "C1"), quantity=2), HOLD, CHOOSE),
    "wrong": (at(Step.TREATMENT, What.WRONG, place=place(4, "C1"), quantity=2), COUNT_ONLY, CHOOSE),
    "holder": (at(Step.HOLDER, What.TOOL_OUT, key=KEY, quantity=1), "person", CHOOSE),
    "person": (at(Step.PERSON, What.TOOL_OUT, key=KEY, quantity=1, by="person"), "person_1", CHOOSE),
    "job": (at(Step.JOB, What.TOOL_OUT, key=KEY, quantity=1, by="job"), "x", LEAVE | {"EnterText"}),
    "due": (at(Step.DUE, What.TOOL_OUT, key=KEY, place=place(4, "C1"), quantity=1, by="me", holder="p1"), "due_24", CHOOSE),
    "condition": (at(Step.CONDITION, What.TOOL_IN, item=WRENCH, entry=TOOL_OUT, quantity=1), "worn", CHOOSE),
    "tray": (at(Step.TRAY, What.FOUND), "x", LEAVE | {"EnterNumber"}),
    "compartment": (at(Step.COMPARTMENT, What.FOUND, tray=4), "x", LEAVE | {"EnterText"}),
    "checking": (at(Step.CHECKING, What.FOUND, tray=4, place=place(4, "C7")), "x", LEAVE | {"PlaceChecked"}),
    "checking_job": (at(Step.CHECKING, What.TOOL_OUT, asked="FA-1", by="job"), "x", LEAVE | {"JobChecked"}),
    "finding": (at(Step.FINDING, What.RETURN, quantity=2, is_of_none=True), "x", LEAVE | {"PlacesFound"}),
    "place": (at(Step.PLACE, What.RETURN, proposals=PROPOSALS, quantity=2, is_of_none=True), "place_1", CHOOSE),
    "other_place": (at(Step.PLACE, What.RETURN, proposals=PROPOSALS, quantity=2, is_of_none=True), OTHER_PLACE, CHOOSE),
}


def every_event(key: str) -> tuple[object, ...]:
    looked = LookedInto(text="BOLT-M8", items=(BOLT,), stock=STOCK)
    answers = (looked, PlacesFound(FindPlaces(BOLT, KEY, 2), PROPOSALS), PlaceChecked(place(4, "C7"), True), JobChecked("FA-1"))
    return (*every_command(number=2, key=key, text="C7"), *answers)


@pytest.mark.parametrize("name", TABLE)
def test_a_step_answers_to_what_it_names_and_to_nothing_else(name: str) -> None:
    draft, key, named = TABLE[name]
    answered = {type(e).__name__ for e in every_event(key) if other_work.advance(draft, e, MAY) != (draft, ())}  # type: ignore[arg-type]
    assert answered == named


def test_every_step_but_the_last_is_in_the_table() -> None:
    assert {draft.step for draft, _, _ in TABLE.values()} == set(Step) - {Step.READY}


@pytest.mark.parametrize("name", TABLE)
def test_a_key_that_was_not_offered_and_a_number_below_one_are_no_answers(name: str) -> None:
    draft, _, _ = TABLE[name]
    for key in ("not_offered", "stock_99", "of_99", "which_99", "person_99", "place_99", "stock_", "found"):
        assert other_work.advance(draft, do.Choose(1, key), MAY) == (draft, ())
    if draft.step is not Step.TRAY:
        for number in (0, -3):
            assert other_work.advance(draft, do.EnterNumber(1, number), MAY) == (draft, ())


@pytest.mark.parametrize("name", TABLE)
def test_back_leads_one_question_back_and_books_nothing(name: str) -> None:
    draft, _, _ = TABLE[name]
    assert other_work.advance(draft, do.Back(1), MAY) == (draft.before, ())


def test_a_wrong_item_is_moved_or_left_by_right_alone() -> None:
    draft = TABLE["wrong"][0]
    for key in ("move", "stay"):
        assert other_work.advance(draft, do.Choose(1, key), MAY_NOT) == (draft, ())
        assert other_work.advance(draft, do.Choose(1, key), MAY) != (draft, ())


def test_the_choices_turn_and_begin_again() -> None:
    draft = TABLE["stock"][0]
    turned, _ = other_work.advance(draft, do.Choose(1, MORE), MAY)
    assert turned is not None
    assert turned.page == 1
    again, _ = other_work.advance(turned, do.Choose(1, MORE), MAY)
    assert again == draft


# --- the order of the questions, as the document draws it

WORDS = {
    "item": Step.ITEM,
    "tool": Step.ITEM,
    "which item lies there": Step.ITEM,
    "where it lies": Step.STOCK,
    "for which order it was taken": Step.OF,
    "which of those that are out": Step.WHICH,
    "how many": Step.QUANTITY,
    "why": Step.WHY,
    "on hold there, or scrapped": Step.TREATMENT,
    "moved, left there, or only counted": Step.TREATMENT,
    "for whom": Step.HOLDER,
    "until when": Step.DUE,
    "in which state": Step.CONDITION,
    "where": Step.TRAY,
    "where to": Step.PLACE,
}
KINDS = {"transfer", "return", "scrap", "damaged", "wrong", "found", "tool out", "tool in"}
DRAWN = re.compile(r"^  (transfer|return|scrap|damaged|wrong|found|tool out|tool in) {2,}(.+)$", re.MULTILINE)


def drawn() -> dict[str, list[Step]]:
    """The questions of each kind, in the order in which the document draws them; what is in brackets is done at the bay."""
    lines = DRAWN.findall(DOCUMENT.read_text(encoding="utf-8"))
    return {kind: [WORDS[each.strip()] for each in rest.split("->") if not each.strip().startswith("[")] for kind, rest in lines}


def asked(what: What) -> list[Step]:
    """The questions that the flow asks, each answered by the first thing that it takes."""
    answers: dict[Step, do.Command] = {
        Step.ITEM: do.EnterText(1, WRENCH.code if what in (What.TOOL_OUT, What.TOOL_IN) else BOLT.code),
        Step.STOCK: do.Choose(1, "stock_0"),
        Step.OF: do.Choose(1, "of_0"),
        Step.WHICH: do.Choose(1, "which_1"),
        Step.QUANTITY: do.EnterNumber(1, 2),
        Step.WHY: do.Choose(1, "found_loose" if what is What.FOUND else "scrap_expired"),
        Step.TREATMENT: do.Choose(1, HOLD if what is What.DAMAGED else "stay"),
        Step.HOLDER: do.Choose(1, "me"),
        Step.DUE: do.Choose(1, "due_24"),
        Step.CONDITION: do.Choose(1, "good"),
        Step.TRAY: do.EnterNumber(1, 4),
        Step.COMPARTMENT: do.EnterText(1, "C7"),
        Step.PLACE: do.Choose(1, "place_0"),
    }
    item = WRENCH if what in (What.TOOL_OUT, What.TOOL_IN) else BOLT
    out = (TOOL_OUT, replace(TOOL_OUT, holder="p2", quantity=3))
    draft, wishes = other_work.begin(what, MAY)
    steps: list[Step] = []
    for _ in range(30):
        assert draft is not None
        if any(isinstance(each, Ready) for each in wishes):
            return steps
        event: object
        match draft.step:
            case Step.READING:
                stock = tuple(replace(each, key=StockKey(item=item.code)) for each in STOCK)
                event = LookedInto(text=item.code, items=(item,), stock=stock, picks=PICKS, taken=out, people=(MARA,))
            case Step.CHECKING:
                event = PlaceChecked(draft.place or place(4, "C7"), True)
            case Step.FINDING:
                event = PlacesFound(FindPlaces(item, draft.key or KEY, draft.quantity or 0), PROPOSALS)
            case step:
                steps.append(step)
                event = answers[step]
        draft, wishes = other_work.advance(draft, event, MAY)  # type: ignore[arg-type]
    raise AssertionError(f"{what} has no end: {steps}")


def test_the_document_draws_every_kind() -> None:
    assert set(drawn()) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_questions_come_as_the_document_draws_them(kind: str) -> None:
    steps = [
        each for each in asked(What(kind.replace(" ", "_"))) if each is not Step.COMPARTMENT
    ]  # a place is tray and compartment
    expected = drawn()[kind]
    if kind == "transfer":  # what is taken is put down in a draft of its own
        expected = expected[: expected.index(Step.PLACE)]
    assert steps == expected


# --- what it comes to


@pytest.mark.parametrize(
    ("what", "more", "mode", "reason"),
    [
        (What.TRANSFER, {}, Mode.PICK, "transfer"),
        (What.DOWN, {"entry": IN_HAND}, Mode.PUT, "transfer"),
        (What.RETURN, {"of": PICKS[0]}, Mode.PUT, "return"),
        (What.SCRAP, {"why": "scrap_other"}, Mode.PICK, "scrap_other"),
        (What.DAMAGED, {"treatment": HOLD}, Mode.PICK, "set_on_hold"),
        (What.DAMAGED, {"treatment": "scrap", "why": "scrap_damaged"}, Mode.PICK, "scrap_damaged"),
        (What.WRONG, {"treatment": "stay"}, Mode.PUT, "wrong_item"),
        (What.WRONG, {"treatment": "move"}, Mode.PUT, "wrong_item"),
        (What.FOUND, {"why": "found_loose"}, Mode.PUT, "found_loose"),
        (What.TOOL_OUT, {"due": "due_24", "holder": "p1"}, Mode.PICK, "tool_out"),
        (What.TOOL_IN, {"entry": TOOL_OUT, "condition": "good"}, Mode.PUT, "tool_in"),
    ],
)
def test_each_comes_to_one_task_of_no_order(what: What, more: dict[str, object], mode: Mode, reason: str) -> None:
    draft = replace(KNOWN, what=what, key=KEY, place=place(4, "C1"), quantity=2, **more)  # type: ignore[arg-type]
    task = task_of(draft, by=MARA, now=NOON, limit=ScrapLimit())
    assert task is not None
    assert (task.mode, task.reason, task.order, task.quantity, task.place) == (mode, reason, "", 2, place(4, "C1"))


def test_nothing_begins_while_something_is_not_said() -> None:
    for missing in ("item", "place", "quantity"):
        draft = replace(KNOWN, key=KEY, **({"place": place(4, "C1"), "quantity": 2} | {missing: None}))  # type: ignore[arg-type]
        assert task_of(draft, by=MARA, now=NOON, limit=ScrapLimit()) is None


@pytest.mark.parametrize(
    ("limit", "quantity", "is_beyond"),
    [
        (ScrapLimit(), 10**6, False),
        (ScrapLimit(pieces=3), 3, False),
        (ScrapLimit(pieces=3), 4, True),
        (ScrapLimit(value=1000), 10, False),
        (ScrapLimit(value=999), 10, True),
    ],
)
def test_the_limit_is_of_pieces_and_of_money(limit: ScrapLimit, quantity: int, is_beyond: bool) -> None:
    assert limit.is_beyond(replace(BOLT, unit_value=100), quantity) is is_beyond
    measured = replace(BOLT, unit_value=100, decimals=3)
    assert limit.is_beyond(measured, quantity * 1000) is is_beyond


def test_a_serial_needs_no_number_and_what_is_in_hand_goes_down_whole() -> None:
    serial = replace(KNOWN, item=METER, key=StockKey(item=METER.code, serial="S1"), place=place(4, "C1"))
    assert with_next(serial).quantity == 1
    down = with_next(replace(KNOWN, what=What.DOWN, entry=IN_HAND, key=KEY))
    assert (down.quantity, down.step) == (3, Step.FINDING)


def test_only_good_free_stock_is_lent() -> None:
    held = Stock(place=place(4, "C9"), key=StockKey(item=BOLT.code, status=StockStatus.BLOCKED), quantity=1)
    late = Stock(place=place(4, "D1"), key=StockKey(item=BOLT.code, lot="L1"), quantity=1)
    draft = replace(KNOWN, what=What.TOOL_OUT, stock=(held, late, STOCK[0]), expired=frozenset({late.key}))
    assert other_work.choices_of_stock(draft) == (STOCK[0],)
    assert other_work.choices_of_stock(replace(draft, what=What.DAMAGED)) == (late, STOCK[0])
    assert other_work.choices_of_stock(replace(draft, what=What.SCRAP)) == (held, late, STOCK[0])


# --- scans


def read(text: str) -> scan.Scan:
    return scan.classify(text)


@pytest.mark.parametrize(
    ("name", "text", "answers"),
    [
        ("item", "BOLT-M8", [do.EnterText(0, "BOLT-M8")]),
        ("place", scan.place_label(place(5, "D1")), [do.Choose(0, OTHER_PLACE), do.EnterNumber(0, 5), do.EnterText(0, "D1")]),
        ("tray", scan.place_label(place(5, "D1")), [do.EnterNumber(0, 5), do.EnterText(0, "D1")]),
        ("tray", scan.tray_label(MACHINE, 6), [do.EnterNumber(0, 6)]),
        ("tray", scan.tray_label("M9", 6), []),
        ("compartment", scan.place_label(place(4, "D1")), [do.EnterText(0, "D1")]),
        ("compartment", scan.place_label(place(5, "D1")), []),
        ("stock", scan.place_label(place(4, "C3")), [do.Choose(0, "stock_3")]),
        ("stock", scan.place_label(place(9, "C3")), []),
        ("job", "FA-70412", [do.EnterText(0, "FA-70412")]),
        ("quantity", "BOLT-M8", []),
        ("reading", "BOLT-M8", []),
    ],
)
def test_a_scan_answers_where_it_says_what_is_asked(name: str, text: str, answers: list[do.Command]) -> None:
    assert list(other_work.scan_answers(TABLE[name][0], read(text), MACHINE)) == answers


def test_only_one_thing_is_awaited_at_a_time() -> None:
    for draft, _, _ in TABLE.values():
        if draft.step in WAITS:
            assert other_work.advance(draft, do.EnterText(1, "OTHER"), MAY) == (draft, ())
    looked = at(Step.ITEM, item=None)
    assert other_work.advance(looked, do.EnterText(1, "X"), MAY)[1] == (LookInto("X"),)
    assert other_work.advance(TABLE["compartment"][0], do.EnterText(1, "c7"), MAY)[1] == (CheckPlace(place(4, "C7")),)
    refused = other_work.advance(TABLE["checking"][0], PlaceChecked(place(4, "C7"), False), MAY)[1]
    assert isinstance(refused[0], Say)
