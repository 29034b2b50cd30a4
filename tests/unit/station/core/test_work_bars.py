"""Bars that begin with a data identifier, at a pick: what waits for the bar that names the goods, and what answers a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station import scan_bars
from station.core.advance import advance
from station.core.effects import Append
from station.core.inputs import Given, Now, Scanned
from station.core.state import StationState
from station.faces.bar import bar
from station.flows import identity
from station.flows.turn import CheckCode, Named, NameScan
from station.scan_name import check_code, name_scan
from station.task import Mode
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, FUSE, NUT, RESIN, task
from tests.helpers.world import filled_store
from tests.unit.station.core.test_scans import at_work

AT_S = 100.0


def bay(of: object, *, suppliers: str = "*") -> StationState:
    state = at_work(of)
    return replace(state, rules=replace(state.rules, bar_suppliers=frozenset({suppliers} if suppliers else ())))


def scan(state: StationState, text: str, *, at_s: float = AT_S) -> tuple[StationState, list[object]]:
    """The state after this scan, and the records that were to be booked."""
    state, effects = advance(state, Scanned(text=text, source="wedge"), Now(at_s, NOON))
    return state, [each for effect in effects if isinstance(effect, Append) and effect.is_awaited for each in effect.records]


def scanned(state: StationState) -> int:
    assert state.round is not None
    assert state.round.current is not None
    return int(state.round.current.scanned)


def test_the_bar_of_the_item_proves_it() -> None:
    state, _ = scan(bay(task(quantity=5, item=BOLT)), f"P{BOLT.code}")
    assert bar(state).code == "scan_accepted"
    assert scanned(state) > 0


def test_a_quantity_waits_for_the_bar_that_names_the_goods() -> None:
    state, _ = scan(bay(task(quantity=2, item=FUSE)), "Q2")
    assert (bar(state).code, scanned(state)) == ("bar_read", 0)
    state, booked = scan(state, f"P{FUSE.code}", at_s=AT_S + 1)
    assert [getattr(each, "quantity", None) for each in booked][:1] == [2]


def test_a_quantity_that_waited_too_long_is_of_another_label() -> None:
    state, _ = scan(bay(task(quantity=2, item=FUSE)), "Q2")
    state, booked = scan(state, f"P{FUSE.code}", at_s=AT_S + 60)
    assert (booked, scanned(state)) == ([], 1)


def test_a_quantity_of_the_task_before_says_nothing_at_this_one() -> None:
    state, _ = scan(bay(task(quantity=2, item=FUSE)), "Q2")
    other = bay(task(quantity=2, item=FUSE, line="2"))
    state = replace(state, round=other.round)
    state, booked = scan(state, f"P{FUSE.code}", at_s=AT_S + 1)
    assert (booked, scanned(state)) == ([], 1)


def test_the_bar_of_another_item_is_wrong() -> None:
    state, _ = scan(bay(task(quantity=5, item=BOLT)), f"P{NUT.code}")
    assert scanned(state) == 0
    assert state.round is not None
    assert state.round.current is not None
    assert state.round.current.is_locked


@pytest.mark.parametrize("suppliers", ["", "ACME"])
def test_where_not_every_supplier_is_named_it_is_a_text(suppliers: str) -> None:
    state, _ = scan(bay(task(quantity=5, item=BOLT), suppliers=suppliers), f"P{BOLT.code}")
    assert scanned(state) == 0


def test_an_item_whose_own_code_looks_like_a_bar_is_itself() -> None:
    odd = replace(BOLT, code=f"P{NUT.code}")
    state, _ = scan(bay(task(quantity=5, item=odd)), odd.code)
    assert scanned(state) > 0


def test_a_bar_answers_the_lot_that_is_asked() -> None:
    state = bay(task(Mode.PUT, quantity=5, item=RESIN))
    state, _ = advance(state, Given(do.Confirm(state.token)), Now(AT_S, NOON))
    assert state.round is not None
    assert state.round.current is not None
    assert isinstance(state.round.current.step, identity.AskLot)
    state, effects = advance(state, Scanned(text="1TL7", source="wedge"), Now(AT_S, NOON))
    (asked,) = [each for each in effects if isinstance(each, CheckCode)]
    assert asked.text == "L7"


def test_a_badge_that_looks_like_a_bar_is_still_a_badge() -> None:
    asked = CheckCode(task(Mode.PUT, item=RESIN), "4711")
    assert check_code(asked, filled_store(), is_badge=lambda text: text == "1T4711").is_badge
    wrong = NameScan(task(item=BOLT), scan_bars.joined(scan_bars.bars_of("P4711", AT_S, with_identifiers=True)))
    assert name_scan(wrong, filled_store(), is_badge=lambda text: text == "P4711").what is Named.BADGE
