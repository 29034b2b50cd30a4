"""The other diagrams in docs/operator.md: totes that are bound, loads that go in, the search, a divider, an empty position of a
sequence. Each lettered row is a way that the flow goes, and names its steps in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from station import commands as do
from station.flows import divide, load_draft, search, sequence_gap, tote_bind
from station.flows.divide import AskFree, Divided, Dividing, Placing
from station.flows.load_draft import Full, LoadDraft, LoadStep, Planned
from station.flows.search import Looking, Search
from station.flows.tote_bind import Binding
from station.flows.turn import Booked, BookingFailed, TaskEvent, ToteNamed
from station.load_plan import LoadPlan
from station.values import FoundItem, Stock
from tests.helpers.drawn import lacks, rows
from tests.helpers.fake_store import NOON
from tests.unit.station.core.test_divide import IN_A1, MIDDLE, WIDE
from tests.unit.station.flows.test_load_matrix import AT_CEILING, FREE, MAY_GO_OVER
from tests.unit.station.flows.test_search import EMPTY, FOUND, ITEM, ONE, PICTURES, TWO, TYPED
from tests.unit.station.flows.test_sequence_gap import ASKED
from tests.unit.station.flows.test_tote_pick import ASKED as TOTE_ASKED
from tests.unit.station.flows.test_tote_pick import STANDS, A

Way = Callable[[], list[str]]  # the words of the steps, as they come

# --- an order gets its tote


def binding(*events: TaskEvent) -> list[str]:
    found: list[str] = []
    state: Binding | None = TOTE_ASKED
    for event in events:
        assert state is not None
        state, _ = tote_bind.advance(state, event, task=A, totes=STANDS, places=("T1", "T2", "T3"))
        found.append(_bound(state))
    return found


def _bound(state: Binding | None) -> str:
    if state is None:
        return "the next order"
    if state.is_booking:
        return "booked"
    return "checked" if state.checking else "asked for there" if state.position == "T3" else "nothing changed"


# --- a load goes in

QUESTIONS = {
    LoadStep.ORDER: "which order",
    LoadStep.OPERATION: "after which operation",
    LoadStep.CONSUMER: "for whom",
    LoadStep.OVER: "put it in nevertheless?",
    LoadStep.WHEN: "when",
}


def drafting(step: LoadStep, *said: str | do.Command, limits: load_draft.Limits = FREE) -> list[str]:
    found: list[str] = []
    state: load_draft.DraftTurn = LoadDraft(step, LoadPlan(load="LD-7"))
    for each in said:
        assert isinstance(state, LoadDraft)
        state = (
            load_draft.said(state, each) if isinstance(each, str) else load_draft.advance(state, each, limits=limits, now=NOON)
        )
        found.append(_drafted(state))
    return found


def _drafted(state: load_draft.DraftTurn) -> str:
    match state:
        case LoadDraft(step=step):
            return QUESTIONS[step]
        case Planned():
            return "its tray comes"
        case Full():
            return "nothing goes in"
        case _:
            return "given up"


# --- the search

SHOWN = {Looking.LETTERS: "LETTERS", Looking.FOUND: "FOUND", Looking.PICTURES: "PICTURES", Looking.ITEM: "ITEM"}


def searching(start: Search, *events: search.SearchEvent | str) -> list[str]:
    """A text is a scan."""
    found, state = [], start
    for event in events:
        before = state
        turned, _ = search.begin_scan(state, event) if isinstance(event, str) else search.advance(state, event)
        assert turned is not None
        state = turned
        if state.at is not before.at or (state.item, state.chosen) != (before.item, before.chosen):
            found.append(SHOWN[state.at] if state.chosen is None else "a place")
    return found


def looked_at(found: FoundItem) -> search.LookedAt:
    return search.LookedAt(found.item.code, found)


# --- a divider

DIVIDES: dict[type[divide.DivideStep], str] = {Placing: "PLACING", AskFree: "is the part empty?", Dividing: "WRITING"}


def dividing(*events: object, contents: Sequence[Stock] = ()) -> list[str]:
    found: list[str] = []
    step: divide.DivideStep | None = MIDDLE
    for event in events:
        assert step is not None
        before, (step, _) = step, divide.advance(step, event, tray=WIDE, contents=contents)
        assert step != before
        found.append("the tray again" if step is None else DIVIDES[type(step)])
    return found


# --- a position of a sequence


def releasing(*events: TaskEvent) -> list[str]:
    found, gap = [], ASKED
    for event in events:
        after, _ = sequence_gap.advance(gap, event)
        found.append("the next position" if after is None else "releasing" if after.is_booking else "asked again")
        gap = after or gap
    return found


GO_ON = do.Choose(1, sequence_gap.RELEASE)
SEEN = looked_at(ONE)
ONE_FOUND = replace(TYPED, found=(ONE,))
BROWSED = search.LookedThrough(0, (ONE, TWO), 20)
ITEM_AGAIN = (do.ShowItem(1, ONE.item.code), SEEN)
SCANNED = (ONE.item.code, search.LookedUp(ONE.item.code, (ONE,)))
ALL_SAID = ("LD-7", "FA-1", "20", do.Choose(1, "L4"), do.Choose(1, "load_in_4"))
FOR_L3 = do.Choose(1, "L3")
OVER = (FOR_L3, do.Choose(1, "put_over"))
IS_FREE, HAS_GOODS = (do.Choose(1, each) for each in ("part_is_free", "part_has_goods"))

# which diagram -> letter -> its ways, each with what the diagram says for its steps
DRAWINGS: dict[tuple[str, int], dict[str, list[tuple[Way, list[str]]]]] = {
    ("## Pick", 1): {
        "a": [(lambda: binding(ToteNamed("B1", "scan"), Booked()), ["booked", "the next order"])],
        "b": [
            (lambda: binding(ToteNamed("T3", "scan", is_place=True)), ["asked for there"]),
            (lambda: binding(do.EnterText(1, "B7")), ["checked"]),
        ],
    },
    ("## Loads: work in progress and finished orders", 0): {
        "a": [
            (
                lambda: drafting(LoadStep.CODE, *ALL_SAID),
                ["which order", "after which operation", "for whom", "when", "its tray comes"],
            )
        ],
        "b": [(lambda: drafting(LoadStep.ORDER, do.LeaveOut(1)), ["for whom"])],
        "c": [
            (lambda: drafting(LoadStep.CONSUMER, FOR_L3, limits=AT_CEILING), ["nothing goes in"]),
            (lambda: drafting(LoadStep.CONSUMER, *OVER, limits=MAY_GO_OVER), ["put it in nevertheless?", "when"]),
        ],
    },
    ("## Find an item", 0): {
        "a": [(lambda: searching(TYPED, do.ShowFound(1), *ITEM_AGAIN), ["FOUND", "ITEM"])],
        "b": [(lambda: searching(ONE_FOUND, do.ShowFound(1)), ["ITEM"])],
        "c": [(lambda: searching(EMPTY, do.ShowPictures(1), BROWSED, *ITEM_AGAIN), ["PICTURES", "ITEM"])],
        "d": [
            (lambda: searching(EMPTY, *SCANNED), ["ITEM"]),
            (lambda: searching(FOUND, *SCANNED), ["ITEM"]),
            (lambda: searching(PICTURES, *SCANNED), ["ITEM"]),
        ],
        "e": [(lambda: searching(ITEM, do.ChoosePlace(1, 0)), ["a place"])],
        "f": [
            (lambda: searching(FOUND, do.Back(1)), ["LETTERS"]),
            (lambda: searching(ITEM, do.Back(1)), ["FOUND"]),
            (lambda: searching(replace(ITEM, before=Looking.PICTURES), do.Back(1)), ["PICTURES"]),
        ],
    },
    ("## Receive", 1): {
        "a": [
            (lambda: dividing(do.MoveDivider(1, 1)), ["PLACING"]),
            (lambda: dividing(do.OtherPart(1)), ["PLACING"]),
        ],
        "b": [(lambda: dividing(do.DivideHere(1), Divided(4)), ["WRITING", "the tray again"])],
        "c": [(lambda: dividing(do.DivideHere(1), IS_FREE, contents=IN_A1), ["is the part empty?", "WRITING"])],
        "d": [(lambda: dividing(do.DivideHere(1), HAS_GOODS, contents=IN_A1), ["is the part empty?", "PLACING"])],
        "e": [(lambda: dividing(do.Back(1)), ["the tray again"])],
    },
    ("### In sequence", 0): {
        "a": [(lambda: releasing(GO_ON, Booked()), ["releasing", "the next position"])],
        "b": [(lambda: releasing(GO_ON, BookingFailed("D401")), ["releasing", "asked again"])],
    },
}
BESIDE = {
    ("## Pick", 1): "cdefghi",
    ("## Loads: work in progress and finished orders", 0): "defg",
}  # test_task_diagrams walks them
WALKS = [
    pytest.param(at, letter, way, words, id=f"{at[0].strip('# ')}-{letter}{number}")
    for at, letters in DRAWINGS.items()
    for letter, ways in letters.items()
    for number, (way, words) in enumerate(ways)
]


@pytest.mark.parametrize("at", DRAWINGS)
def test_a_diagram_has_the_rows_that_are_walked_and_no_others(at: tuple[str, int]) -> None:
    assert set(rows(*at)) == set(DRAWINGS[at]) | set(BESIDE.get(at, ""))


@pytest.mark.parametrize(("at", "letter", "way", "words"), WALKS)
def test_a_row_names_the_steps_of_its_way_in_their_order(at: tuple[str, int], letter: str, way: Way, words: list[str]) -> None:
    assert way() == words
    assert lacks(rows(*at)[letter], words) == ""
