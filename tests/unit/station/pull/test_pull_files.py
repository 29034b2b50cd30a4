"""Loops, signals and their steps from files: what goes in, what is refused, and that nothing doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.imports.report import ImportReport
from station.imports.run import import_file

from .made import Pull

LOOPS = (
    "loop,item,consumer,container,cards,lead_time_min,supplier,trigger_at,up_to,use_per_day,safety_percent,goes_back,wip_limit\n"
)


def take(pull: Pull, tmp_path: Path, name: str, content: str) -> ImportReport:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return import_file(path, pull.store)


def reasons(report: ImportReport) -> list[tuple[str, str]]:
    return [(each.field, each.reason) for each in report.errors]


def test_loops_come_by_file_and_say_how_many_cards_the_formula_makes(pull: Pull, tmp_path: Path) -> None:
    rows = "K12,BOLT-M8,Line 3,40,,2160,,,,480,15,first_piece,\n"
    rows += "S1,BOLT-M8,VLM1,50,,2880,Brandt,30,200,,,,\nK13,BOLT-M8,Line 4,5,2,,,,,,,,3\n"
    report = take(pull, tmp_path, "loops.csv", LOOPS + rows)
    assert (report.what, report.rows, report.errors) == ("loop", 3, ())
    loops = {each.loop: each for each in pull.store.loops()}
    assert loops["K12"].cards == 21  # 480 a day, 1.5 days, 15 % more, 40 in each (planning.md 5.1)
    assert (loops["S1"].covers, loops["K12"].covers, loops["S1"].cards) == ("external", "internal", 0)
    assert loops["K13"].wip_limit == 3
    before = loops["K12"].since
    take(pull, tmp_path, "loops.csv", LOOPS + "K12,BOLT-M8,Line 3,40,7,2160,,,,,,,\n")
    after = next(each for each in pull.store.loops() if each.loop == "K12")
    assert (after.cards, after.since) == (7, before)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("K-1,BOLT-M8,L,40,3,,,,,,,,", ("loop", "not_allowed")),
        ("K1,NUT,L,40,3,,,,,,,,", ("item", "unknown_item")),
        ("K1,BOLT-M8,L,0,3,,,,,,,,", ("container", "out_of_range")),
        ("K1,BOLT-M8,L,40,,,,,,,,,", ("cards", "missing")),
        ("K1,BOLT-M8,L,40,3,,,10,50,,,,", ("trigger_at", "not_allowed")),
        ("K1,BOLT-M8,L,40,3,,B,50,50,,,,", ("up_to", "out_of_range")),
        ("K1,BOLT-M8,L,40,3,,B,,50,,,,", ("trigger_at", "missing")),
        ("K1,BOLT-M8,L,40,3,,B,,,,,,2", ("wip_limit", "not_allowed")),
    ],
)
def test_a_loop_that_cannot_run_is_refused(pull: Pull, tmp_path: Path, row: str, why: tuple[str, str]) -> None:
    report = take(pull, tmp_path, "loops.csv", LOOPS + row + "\n")
    assert reasons(report) == [why]
    assert pull.store.loops() == ()


def test_a_call_becomes_work_at_once_and_its_second_file_is_refused(pull: Pull, tmp_path: Path) -> None:
    rows = "signal,item,quantity,consumer,need_by,sequence,rank,host_key\nC1,BOLT-M8,7,Cell 4,2026-03-03T14:00:00Z,,,SO-9\n"
    rows += "J1,BOLT-M8,1,Cell 4,2026-03-03T14:00:00Z,SEQ,3,\n"
    assert take(pull, tmp_path, "calls.csv", rows).rows == 2
    orders = {each.order: each for each in pull.store.open_orders()}
    assert (orders["C1"].lines[0].quantity, orders["C1"].lines[0].host_key) == (7, "SO-9")
    assert (orders["J1"].sequence, orders["J1"].lines[0].rank) == ("SEQ", 3)
    assert {each.signal: each.origin for each in pull.store.open_signals()} == {"C1": "call", "J1": "sequence"}
    again = take(pull, tmp_path, "calls.csv", rows)
    assert reasons(again) == [("signal", "known_already")] * 2
    assert len(pull.store.open_orders()) == 2


def test_a_button_with_the_cards_number_asks_as_its_scan_does(pull: Pull, tmp_path: Path) -> None:
    pull.loop()
    assert take(pull, tmp_path, "steps.csv", "card,step\nK12-1,call\nK12-1,call\n").rows == 2
    assert pull.states() == {"K12-1.1": "released"}
    bad = take(pull, tmp_path, "steps.csv", "card,step\nK12-9,call\nK9-1,call\n")
    assert reasons(bad) == [("card", "card_surplus"), ("card", "card_unknown")]


def test_a_scan_at_the_consumer_delivers_and_a_step_that_does_not_fit_says_what_it_is(pull: Pull, tmp_path: Path) -> None:
    pull.loop()
    pull.scan()
    early = take(pull, tmp_path, "steps.csv", "card,step\nK12-1,deliver\n")
    assert reasons(early) == [("step", "not_now")]
    assert "released" in early.errors[0].allowed
    pull.start("K12-1.1")
    pull.pick("K12-1.1", 40)
    assert take(pull, tmp_path, "steps.json", '[{"signal": "K12-1.1", "step": "deliver"}]').rows == 1
    assert pull.signal("K12-1.1").state == "delivered"


def test_an_order_from_upstream_may_name_the_signal_that_it_is_for(pull: Pull, tmp_path: Path) -> None:
    rows = "order,kind,line,item,quantity,reference\nO9,pick,1,BOLT-M8,3,SIG-77\n"
    assert take(pull, tmp_path, "orders.csv", rows).errors == ()
    found = pull.store.order("O9")
    assert found is not None
    assert found.reference == "SIG-77"
