"""Every state of the search against everything that can happen. What a state does not name changes nothing at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.flows import search
from station.flows.search import (
    FoundFor,
    LookAt,
    LookedAt,
    LookedThrough,
    LookedUp,
    LookFor,
    Looking,
    LookThrough,
    LookUp,
    Search,
)
from station.values import FoundItem, Stock, StockKey
from tests.helpers.sample import BOLT, NUT, every_command, place

STOCK = (Stock(place=place(4, "C7"), key=StockKey(item=BOLT.code), quantity=5),)
ONE, TWO = FoundItem(item=BOLT, stock=STOCK), FoundItem(item=NUT)
LEAVING = {"Back", "ClosePage"}

EMPTY = Search()
TYPED = Search(text="M8", found=(ONE, TWO))
READING = Search(text="M8", found=None)
FOUND = replace(TYPED, at=Looking.FOUND)
PICTURES = Search(at=Looking.PICTURES, pictures=(ONE, TWO), pictured=20)
PICTURES_READ = replace(PICTURES, pictures=None)
ITEM = Search(at=Looking.ITEM, item=ONE, before=Looking.FOUND)
SCANNED = Search(asked=BOLT.code)
ASKED = replace(FOUND, asked_item=BOLT.code)

TABLE = {
    "empty": (EMPTY, LEAVING | {"SearchKey", "ShowPictures"}),
    "typed": (TYPED, LEAVING | {"SearchKey", "ShowFound", "ShowPictures"}),
    "reading": (READING, LEAVING | {"SearchKey", "ShowPictures", "FoundFor"}),
    "found": (FOUND, LEAVING | {"ShowPictures", "ShowLetters", "ShowItem"}),
    "pictures": (PICTURES, LEAVING | {"ShowLetters", "MorePictures", "ShowItem", "LookedThrough"}),
    "pictures_read": (PICTURES_READ, LEAVING | {"ShowLetters", "MorePictures", "LookedThrough"}),
    "item": (ITEM, LEAVING | {"ChoosePlace", "LookedAt"}),
    "scanned": (SCANNED, LEAVING | {"SearchKey", "ShowPictures", "LookedUp"}),
    "asked": (ASKED, LEAVING | {"ShowPictures", "ShowLetters", "ShowItem", "LookedAt"}),
}


def every_event() -> tuple[search.SearchEvent, ...]:
    again = replace(ONE, stock=())  # the same item, read once more: something else lies there
    answers = (FoundFor("M8", (TWO,)), LookedUp(BOLT.code, (ONE,)), LookedAt(BOLT.code, again), LookedThrough(0, (TWO,), 20))
    return (*every_command(), *answers)


@pytest.mark.parametrize("name", TABLE)
def test_a_state_answers_to_what_it_names_and_to_nothing_else(name: str) -> None:
    state, named = TABLE[name]
    answered = {type(event).__name__ for event in every_event() if search.advance(state, event) != (state, ())}
    assert answered == named


@pytest.mark.parametrize(
    ("state", "event", "asks"),
    [
        (EMPTY, do.SearchKey(1, "M"), (LookFor("M"),)),
        (TYPED, do.SearchKey(1, "erase"), (LookFor("M"),)),
        (Search(text="M", found=(ONE,)), do.SearchKey(1, "erase"), ()),
        (TYPED, do.SearchKey(1, "clear"), ()),
        (TYPED, do.ShowPictures(1), (LookThrough(0),)),
        (PICTURES, do.MorePictures(1, 1), (LookThrough(8),)),
        (replace(PICTURES, first=16), do.MorePictures(1, 1), ()),
        (PICTURES, do.MorePictures(1, -1), ()),
        (FOUND, do.ShowItem(1, BOLT.code), (LookAt(BOLT.code),)),
        (FOUND, do.ShowItem(1, "NOT-SHOWN"), ()),
    ],
)
def test_what_is_asked_of_the_store(state: Search, event: search.SearchEvent, asks: tuple[object, ...]) -> None:
    assert search.advance(state, event)[1] == asks


def test_a_text_has_an_end() -> None:
    full = Search(text="X" * search.LONGEST, found=())
    assert search.advance(full, do.SearchKey(1, "X")) == (full, ())


@pytest.mark.parametrize("answer", [FoundFor("M", (ONE,)), LookedUp("OTHER", (ONE,)), LookedThrough(8, (ONE,), 20)])
def test_an_answer_to_an_older_question_is_none(answer: search.SearchEvent) -> None:
    for state in (READING, PICTURES, SCANNED):
        assert search.advance(state, answer) == (state, ())


def test_a_scan_shows_its_item_from_anywhere_and_back_leads_there() -> None:
    for state in (EMPTY, FOUND, PICTURES, replace(ITEM, item=TWO)):
        asked, wishes = search.begin_scan(state, BOLT.code)
        assert wishes == (LookUp(BOLT.code),)
        shown, _ = search.advance(asked, LookedUp(BOLT.code, (ONE,)))
        assert shown is not None
        assert (shown.at, shown.item) == (Looking.ITEM, ONE)
        back, _ = search.advance(shown, do.Back(1))
        assert back is not None
        assert back.at is (state.before if state.at is Looking.ITEM else state.at)


def test_what_was_chosen_stays_while_the_places_do() -> None:
    chosen = replace(ITEM, chosen=0)
    fewer = replace(ONE, stock=(replace(STOCK[0], quantity=4),))
    same, _ = search.advance(chosen, LookedAt(BOLT.code, fewer))
    assert same is not None
    assert same.chosen == 0
    gone, _ = search.advance(chosen, LookedAt(BOLT.code, replace(ONE, stock=())))
    assert gone is not None
    assert gone.chosen is None


def test_the_same_place_touched_again_is_chosen_no_more() -> None:
    chosen, _ = search.advance(ITEM, do.ChoosePlace(1, 0))
    assert chosen is not None
    assert chosen.chosen == 0
    assert search.advance(chosen, do.ChoosePlace(1, 0))[0] == ITEM
    assert search.advance(ITEM, do.ChoosePlace(1, 1)) == (ITEM, ())
