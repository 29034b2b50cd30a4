"""A person says what remains, or what was counted; what the book is wrong by is worked out when it is booked, not before."""

import json

import pytest

from db.records.files import Imported
from db.store import Store
from station import commands as do
from station.flows import task_flow, zero_check
from station.result_row import row_of
from station.task import Mode
from station.values import Item, Stock, StockKey
from tests.helpers.sample import HERE, task, working

SHORT = (do.NotEnough(1), do.EnterNumber(1, 1), do.Choose(1, "not_there"), do.EnterNumber(1, 0))
BEFORE, MEANWHILE = 4, 20  # the book when the task began, and when the person has answered


def imported(what):
    return Imported(what=what, file="x", sha256="", rows=1, rejected=0)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path, station="S1", ballast_bytes=0)
    opened.import_items([Item(code="BOLT-M8", name="Bolt")], imported("item")).result(5)
    yield opened
    opened.close()


def load(store, quantity):
    key = StockKey(item="BOLT-M8")
    store.import_stock([Stock(place=HERE, key=key, quantity=quantity)], imported("stock")).result(5)


def book(store, state, *answers):
    """Give the answers to the flow, with stock imported before the last of them is booked. The new events."""
    load(store, BEFORE)
    for answer in answers:
        state, effects = task_flow.advance(state, answer)
    load(store, MEANWHILE)
    (booking,) = effects
    return store.append(booking.records, operator="p_1").result(5)


def facts(rows, *names):
    return [(row.kind, *(json.loads(row.body)["data"].get(name) for name in names)) for row in rows]


def held(store):
    return [each.quantity for each in store.stock_at(HERE)]


def test_what_remains_is_true_although_an_import_came_between(store):
    rows = book(store, working(book=BEFORE), *SHORT)
    assert facts(rows, "quantity", "remaining", "delta") == [("picked", 1, None, None), ("corrected", None, 0, -19)]
    assert held(store) == []
    assert store.stock_matches_log()


def test_the_host_is_told_what_the_store_was_corrected_by(store):
    *_, corrected = book(store, working(book=BEFORE), *SHORT)
    told = row_of(corrected, store)
    assert (told.kind, told.quantity) == ("correction", "-19")


def test_a_book_that_is_right_by_now_is_not_corrected_and_the_reason_is_kept(store):
    remains = (*SHORT[:2], do.Choose(1, "damaged"), do.EnterNumber(1, MEANWHILE - 1))
    rows = book(store, working(book=BEFORE), *remains)
    (after,) = store.append(rows_of_a_second_pick(), operator="p_1").result(5)
    assert facts(rows, "quantity", "delta", "reason") == [("picked", 1, None, "damaged"), ("corrected", None, 0, "damaged")]
    assert (held(store), after.seq) == ([MEANWHILE - 2], rows[-1].seq + 1)
    assert store.verify().is_ok


def rows_of_a_second_pick():
    return task_flow.advance(working(task(quantity=1)), do.Confirm(1))[1][0].records


def test_why_nothing_was_taken_from_a_compartment_that_the_book_knows_is_kept_and_the_host_hears_of_no_correction(store):
    answers = (do.NotEnough(1), do.EnterNumber(1, 0), do.Choose(1, "damaged"), do.EnterNumber(1, MEANWHILE))
    rows = book(store, working(book=BEFORE), *answers)
    assert facts(rows, "remaining", "delta", "reason") == [("corrected", MEANWHILE, 0, "damaged")]
    assert held(store) == [MEANWHILE]
    assert row_of(rows[0], store) is None
    assert store.stock_matches_log()


def test_a_count_tells_the_book_of_its_own_moment(store):
    rows = book(store, working(task(Mode.COUNT, 0), book=BEFORE), do.EnterNumber(1, BEFORE))
    assert facts(rows, "counted", "book") == [("counted", BEFORE, MEANWHILE)]
    told = row_of(rows[0], store)
    assert (told.kind, told.quantity) == ("count", str(BEFORE - MEANWHILE))


def test_the_answer_to_is_it_empty_tells_the_book_of_its_own_moment(store):
    rows = book(store, working(book=0).at(zero_check.AskEmpty()), do.Choose(1, "yes"))
    assert facts(rows, "counted", "book") == [("counted", 0, MEANWHILE)]


def test_the_question_is_no_fact_of_the_record_when_the_pick_left_something(store):
    assert facts(book(store, working(book=5), do.Confirm(1))) == [("picked",)]


def test_the_question_tells_the_book_that_the_pick_left(store):
    load(store, 3)
    _, effects = task_flow.advance(working(book=5), do.Confirm(1))
    rows = store.append(effects[0].records).result(5)
    assert facts(rows, "book") == [("picked", None), ("zero_check_asked", -2)]
