"""An exact quantity out of a pack: what of the opened one goes back, and that nothing is booked by it."""

from dataclasses import replace

import pytest

from station import commands as do
from station.faces.asks import task_ask
from station.flows import task_flow
from station.flows.open_pack import PutRestBack, step_after
from station.flows.turn import Book, Booked, Finished
from station.flows.zero_check import AskEmpty
from station.values import Pack, RoundRule
from tests.helpers.sample import BOLT, every_command, task, working

BOXED = replace(BOLT, packs=(Pack("carton", 200), Pack("box", 50)))


@pytest.mark.parametrize(
    ("book", "taken", "rest"),
    [
        (150, 7, 43),  # a new box is opened
        (150, 57, 43),  # a box and seven of the next
        (150, 50, None),  # a whole box
        (143, 7, None),  # an open box lies there
        (143, 50, None),  # a whole box: the open one stays
        (143, 95, 48),  # a box, the 43 of the open one, and two of the next
        (160, 60, None),  # a box and the loose ten
        (50, 7, 43),
        (7, 7, None),  # nothing is left
    ],
)
def test_what_goes_back_of_the_opened_pack(book, taken, rest):
    found = step_after(BOXED, book, taken)
    assert (found and found.rest) == rest
    assert found is None or (found.pack, found.left) == ("box", book - taken)


@pytest.mark.parametrize("item", [BOLT, replace(BOXED, rounding=RoundRule.FULL_PACK)])
def test_without_packs_or_with_full_packs_only_nothing_is_opened(item):
    assert step_after(item, 150, 7) is None


def taken(book=150, quantity=7):
    state, effects = task_flow.advance(working(task(quantity=quantity, item=BOXED), book=book), do.Confirm(1))
    assert sum(isinstance(each, Book) for each in effects) == 1
    return task_flow.advance(state, Booked("e1"))[0]


def test_the_pick_is_booked_first_and_the_rest_is_guided_back():
    state = taken()
    assert state.step == PutRestBack(43, "box", 143)
    ask = task_ask(state)
    assert (ask.code, ask.params["quantity"], ask.params["compartment"]) == ("put_rest_back", "43", "C7")
    after, effects = task_flow.advance(state, do.Choose(1, "rest_back"))
    assert (after.step, effects) == (Finished(), ())


@pytest.mark.parametrize("command", every_command())
def test_nothing_else_ends_the_step(command):
    state = taken()
    assert task_flow.advance(state, command) == (state, ())


def test_an_emptied_compartment_is_asked_about_as_ever():
    assert isinstance(taken(book=7).step, AskEmpty)
