"""`baylight jit`: what stands on standard output, and what is refused."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from db.records.orders import LineClosed
from db.rows.orders import Order, OrderKind, OrderLine
from db.rows.stock import StockKey, StockStatus
from db.store import Store
from tests.unit.db.made import imported, item, order, picked, stock, tray
from ui.__main__ import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "demand.csv"
    path.write_text("item,Jan-98,Feb-98,Mar-98,Apr-98\nA,2,0,2,0\nB,,,7,\nC,0,0,0,0\n", encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> list[dict[str, Any]]:
    assert main(["jit", *map(str, words), "--json"]) == status
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_classify_says_a_line_an_item(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lumped = {"periods": 4, "demands": 2, "adi": 2.0, "cv2": 0.0, "class": "intermittent", "sufficient": False}
    once = {"periods": 1, "demands": 1, "adi": 1.0, "cv2": None, "class": "smooth", "sufficient": False}
    never = {"periods": 4, "demands": 0, "adi": None, "cv2": None, "class": "none", "sufficient": False}
    assert said(capsys, "classify", table) == [{"item": "A"} | lumped, {"item": "B"} | once, {"item": "C"} | never]


def test_classify_for_a_person_says_its_definition(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jit", "classify", str(table)]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[1].split() == ["A", "4", "2", "2.000", "0.000", "intermittent", "no"]
    assert "1.32" in told.err
    assert "0.49" in told.err


def test_a_line_that_was_left_out_makes_the_command_fail(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("item,1,2\nA,1,x\nB,1,1\n", encoding="utf-8")
    assert main(["jit", "classify", str(table), "--json"]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["item"] for line in told.out.splitlines()] == ["B"]
    assert "O461" in told.err
    assert "line 2" in told.err


def test_a_file_that_is_no_table_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert main(["jit", "classify", str(empty)]) == 2
    assert "O460" in capsys.readouterr().err


# --- the other words: twelve months and more of an even, dear item, a rare one, and one with too little history

EVEN = ",".join(str(9 + week % 3) for week in range(60))
RARE = ",".join("4" if week % 4 == 3 else "0" for week in range(60))
NEW = "," * 54 + ",".join("123456")
WEEKS = ",".join(f"2025-W{week:02}" if week <= 52 else f"2026-W{week - 52:02}" for week in range(1, 61))


@pytest.fixture
def assortment(tmp_path: Path) -> Path:
    path = tmp_path / "weeks.csv"
    path.write_text(f"item,{WEEKS}\nEVEN,{EVEN}\nRARE,{RARE}\nNEW,{NEW}\n", encoding="utf-8")
    return path


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.csv"
    rows = ["item,unit_value,lead_time_days,suppliers,otif,on_hand,minimum,maximum", "EVEN,20000,5,2,0.98,200,100,250"]
    path.write_text("\n".join([*rows, "RARE,500,10,1,0.98,40,,"]) + "\n", encoding="utf-8")
    return path


def test_suitability_says_verdict_reasons_and_what_would_change_it(
    assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {each["item"]: each for each in said(capsys, "suitability", assortment, "--facts", facts)}
    assert {item: each["verdict"] for item, each in found.items()} == {
        "EVEN": "jit",
        "RARE": "supplier_first",
        "NEW": "insufficient_history",
    }
    even = {each["code"]: each for each in found["EVEN"]["reasons"]}
    assert (even["lead_time"]["figure"], even["lead_time"]["limit"]) == (5, 15)
    assert found["RARE"]["step"] == "second_source"
    assert {"change": "second_source", "verdict": "hybrid"} in found["RARE"]["would_change"]
    assert found["NEW"]["value_class"] is None
    assert found["EVEN"]["assumed"] == ["lead_time_sd_days", "order_cost"]


def test_one_item_in_words_ends_with_the_next_step(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jit", "suitability", str(assortment), "--facts", str(facts), "--item", "RARE"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "RARE: not yet: supplier first"
    assert lines[-1] == "Next: find a second supplier."
    assert main(["jit", "suitability", str(assortment), "--item", "GONE"]) == 1


def test_the_assortment_goes_into_a_table_too(assortment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    said(capsys, "suitability", assortment, "--csv", target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("item,verdict,close")
    assert [line.split(",")[0] for line in lines[1:]] == ["EVEN", "RARE", "NEW"]


def test_buffers_stand_beside_todays_rule(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {each["item"]: each for each in said(capsys, "buffers", assortment, "--facts", facts)}
    even = found["EVEN"]
    assert (even["method"], even["minimum"], even["maximum"], even["zone"]) == ("normal", 100, 250, "green")
    assert even["level"] >= even["use_per_day"] * 6
    assert even["money"] == round(even["pieces"] * 20_000)
    assert even["pieces"] < 0
    assert found["RARE"]["method"] == "distribution"
    assert (found["NEW"]["method"], found["NEW"]["level"], found["NEW"]["money"]) == ("normal", found["NEW"]["level"], None)


def test_a_higher_service_asks_for_more(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    low, high = (said(capsys, "buffers", assortment, "--service", service)[0] for service in (80, 99))
    assert high["safety"] > low["safety"]
    assert main(["jit", "buffers", str(assortment), "--service", "100"]) == 2


def test_the_report_names_what_it_assumes(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = said(capsys, "report", assortment, "--facts", facts)
    assert found["assumed"] == {"lead_time_days": 1, "lead_time_sd_days": 3, "order_cost": 3, "value_unknown": 1}
    assert {each["kind"]: each["items"] for each in found["parts"]}["jit"] == 1
    assert found["stock"]["items"] == 2
    assert found["stock"]["today_minor"] == 200 * 20_000 + 40 * 500
    freed = found["stock"]["effect"]["cash_minor"]
    assert freed == pytest.approx(found["stock"]["today_minor"] - found["stock"]["proposed_minor"])
    assert found["stock"]["effect"]["saved_minor"] == pytest.approx(freed * 0.19)
    assert found["actions"][0]["item"] == "EVEN"
    assert {each["gate"]: each["light"] for each in found["gates"]}["accuracy"] == "unknown"
    assert (found["period_days"], found["period_days_assumed"]) == (7, False)


def test_the_report_reads_like_something_to_act_on(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jit", "report", str(assortment), "--facts", str(facts)]) == 0
    told = capsys.readouterr().out
    assert "EVEN: run it just-in-time, frees " in told
    assert "RARE: find a second supplier" in told
    assert "Assumed: lead time (items: 1)" in told
    assert "Carrying cost 25% a year, 19% of it avoidable" in told


def test_drawn_figures_are_named(assortment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = said(capsys, "report", assortment, "--draw", 3)
    assert found["drawn"] == ["lead_time_days", "unit_value"]
    assert "value_unknown" not in found["assumed"]


def test_the_replay_puts_both_rules_side_by_side(assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("replay", assortment, "--facts", facts, "--last", 20, "--seed", 5)
    (found,) = said(capsys, *words)
    assert (found["seed"], found["days"], found["items"], found["left_out"]) == (5, 140, 2, 1)
    assert found["proposal"]["mean_stock_minor"] < found["today"]["mean_stock_minor"]
    assert found["assumed_today"] == 1
    assert {"todays_rule", "lead_time_sd_days", "lead_time_days", "unit_value"} <= set(found["assumed"])
    assert said(capsys, *words) == [found]
    assert main(["jit", *map(str, words)]) == 0
    less = (found["proposal"]["fill_rate"] or 0) < (found["today"]["fill_rate"] or 0)
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("The proposal serves less at once" if less else "The proposal serves as well or better")


def test_less_stock_at_worse_service_is_not_called_a_gain(
    assortment: Path, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["jit", "replay", str(assortment), "--facts", str(facts), "--last", "20", "--service", "50"]
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["proposal"]["fill_rate"] < found["today"]["fill_rate"]
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("The proposal serves less at once")


def test_a_replay_without_history_says_so(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jit", "replay", str(table)]) == 1
    assert "O464" in capsys.readouterr().err
    assert main(["jit", "replay", str(table), "--last", "0"]) == 2


def test_facts_that_say_nothing_are_misuse(assortment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code\nA\n", encoding="utf-8")
    assert main(["jit", "report", str(assortment), "--facts", str(wrong)]) == 2
    assert "O462" in capsys.readouterr().err


def test_an_assortment_without_demand_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = tmp_path / "blank.csv"
    blank.write_text("item,1,2\nA,,\n", encoding="utf-8")
    assert main(["jit", "report", str(blank)]) == 1
    assert "O463" in capsys.readouterr().err


# --- from the store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two years of lines by need-by day, an order to come, and a receipt that is announced."""
    now = datetime.now(UTC)
    with closing(Store.open(tmp_path / "data", station="S1", ballast_bytes=0)) as opened:
        opened.import_items([item("A", unit_value=20_000), item("B")], imported("item")).result()
        opened.import_trays([tray(7)], imported("tray")).result()
        held = replace(stock(7), key=StockKey(item="A", status=StockStatus.BLOCKED))
        opened.import_stock([stock(50), held], imported("stock")).result()
        past = [order(f"P{week}", lines=2, need_by=now - timedelta(days=7 * week - 3)) for week in range(1, 104)]
        coming = OrderLine(order="R1", line="1", item="A", quantity=60)
        receipt = Order(order="R1", kind=OrderKind.RECEIPT, supplier="ACME", need_by=now + timedelta(days=20), lines=(coming,))
        wanted = OrderLine(order="N1", line="1", item="A", quantity=90)
        later = Order(order="N1", kind=OrderKind.PICK, need_by=now + timedelta(days=25), lines=(wanted,))
        opened.import_orders([*past, receipt, later], imported("order")).result()
        done = [
            LineClosed(order=each.order, line=line, outcome="confirmed", asked=3, done_quantity=3)
            for each in past
            for line in ("1", "2")
        ]
        opened.append(done).result()
    return tmp_path / "data"


def test_the_report_reads_the_record(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = said(capsys, "report", "--data", store)
    assert (found["items"], found["periods"], found["period_days"], found["undated"]) == (2, 104, 7, 0)
    assert found["classes"] == {"none": 1, "smooth": 1}
    assert found["stock"]["today_minor"] == 50 * 20_000
    (even,) = (each for each in said(capsys, "suitability", "--data", store) if each["item"] == "A")
    assert even["per_year"] == pytest.approx(6 * 365 / 7, rel=0.02)


def test_exposure_says_what_runs_dry_and_which_order_stops(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, "exposure", "--data", store, "--within", 200)
    (dry,) = (each for each in found if each["what"] == "item")
    assert (dry["item"], dry["for_days"], dry["supplier"]) == ("A", None, "ACME")
    assert [each["order"] for each in found if each["what"] == "line"] == []
    (order,) = (each for each in found if each["what"] == "order")
    assert (order["order"], order["cover_days"]) == ("N1", dry["cover_days"])
    late = said(capsys, "exposure", "--data", store, "--late", "ACME", "--days", 50)
    assert [(each["order"], each["missing"]) for each in late if each["what"] == "line"] == [("N1", 40)]
    costly = said(capsys, "exposure", "--data", store, "--late", "ACME", "--days", 50, "--stop-cost", 10_000_000)
    (buffer,) = (each for each in costly if each["what"] == "buffer")
    # Dry after 50 / use days, and then until day 70: so much is missing.
    assert buffer["missing"] == pytest.approx(70 * 6 / 7 - 50, abs=1.5)
    assert buffer["value"] == buffer["missing"] * 20_000
    assert buffer["worth_it"]
    lane = said(capsys, "exposure", "--data", store, "--lane", "ACME>", "--days", 50, "--stop-cost", 10_000_000)
    assert [each["missing"] for each in lane if each["what"] == "buffer"] == [buffer["missing"]]
    assert main(["jit", "exposure", "--data", str(store), "--late", "ACME"]) == 2
    assert "O465" in capsys.readouterr().err


def test_a_closed_lane_says_who_stops_and_a_strange_one_which_lanes_there_are(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = said(capsys, "exposure", "--data", store, "--lane", "ACME>", "--within", 200)
    assert [(each["order"], each["missing"]) for each in closed if each["what"] == "line"] == [("N1", 40)]
    (dry,) = (each for each in closed if each["what"] == "item")
    assert dry["for_days"] is None  # nothing comes any more
    inside = said(capsys, "exposure", "--data", store, "--lane", "VLM1>", "--days", 400)
    assert [(each["order"], each["missing"]) for each in inside if each["what"] == "line"] == [("N1", 30)]  # 60 come to the bay
    assert main(["jit", "exposure", "--data", str(store), "--lane", "VLM9>"]) == 1
    told = capsys.readouterr().err
    assert "O526" in told
    assert "ACME>" in told
    assert main(["jit", "exposure", "--data", str(store), "--lane", "ACME>", "--late", "ACME", "--days", "3"]) == 2
    assert "O527" in capsys.readouterr().err


def dynamic(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], maximum: str) -> dict[str, Any]:
    facts = tmp_path / "today.csv"
    facts.write_text(f"item,lead_time_days,maximum\nA,2,{maximum}\n", encoding="utf-8")
    (found,) = (each for each in said(capsys, "buffers", "--data", store, "--facts", facts) if each["item"] == "A")
    return found


def test_a_buffer_that_was_red_is_proposed_larger(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = dynamic(store, tmp_path, capsys, "300")["dynamic"]
    assert (before["red_sum"], before["red_limit"], before["reason"], before["days"]) == (50, 100, "no_history", 1)
    with closing(Store.open(store, station="S1", ballast_bytes=0)) as opened:
        opened.append([picked(50)]).result()
    found = dynamic(store, tmp_path, capsys, "300")
    assert (found["dynamic"]["reason"], found["dynamic"]["after"]) == ("too_much_red", 400)
    assert (found["dynamic"]["pieces"], found["dynamic"]["money"]) == (100, 100 * 20_000)
    assert (found["days_out"], found["above_money"]) == (1, 0)
    assert found["lost_money"] == pytest.approx(found["use_per_day"] * 20_000, abs=1)


def test_without_todays_maximum_there_is_no_dynamic_buffer(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dynamic(store, tmp_path, capsys, "")["dynamic"] is None


def test_the_chart_names_verdicts_and_what_is_not_on_it(
    assortment: Path, facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "chart.pdf"
    said(capsys, "suitability", assortment, "--facts", facts, "--pdf", paper)
    (page,) = PdfReader(paper).pages
    told = page.extract_text()
    assert "just-in-time: 1" in told
    assert "insufficient history: 1" in told
    assert "value a year, EUR" in told
    assert "Not on the chart, because value or variation are not known: 1." in told


def test_a_chart_without_any_value_is_still_a_chart(assortment: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "chart.pdf"
    said(capsys, "suitability", assortment, "--pdf", paper)
    assert "not known: 3." in PdfReader(paper).pages[0].extract_text()


def test_the_report_shows_its_definition_and_why_an_item_stands_first(
    assortment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["jit", "report", str(assortment), "--draw", "1"]) == 0
    told = capsys.readouterr().out + capsys.readouterr().err
    assert "ADI from 1.32 on is rare" in told
    assert "used a year" in told
    (found,) = said(capsys, "report", assortment, "--draw", 1)
    assert found["steps"] >= len(found["actions"]) > 0
    assert {each["why"]["speaks_for"] for each in found["actions"] if each["why"]} <= {"jit", "hybrid", "supplier_first", "jic"}


def test_exposure_without_any_demand_still_tells_of_orders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Store.open(tmp_path / "data", station="S1", ballast_bytes=0)) as opened:
        opened.import_items([item("A")], imported("item")).result()
        line = OrderLine(order="N1", line="1", item="A", quantity=90)
        opened.import_orders(
            [Order(order="N1", kind=OrderKind.PICK, destination="Line 3", lines=(line,))], imported("order")
        ).result()
    found = said(capsys, "exposure", "--data", tmp_path / "data")
    assert [(each["what"], each["consumer"]) for each in found if each["what"] in ("consumer", "line")] == [
        ("consumer", "Line 3"),
        ("line", "Line 3"),
    ]
    assert main(["jit", "exposure", "--data", str(tmp_path / "data")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [each.split()[0] for each in told] == ["what", "consumer", "order", "line"]
    assert main(["jit", "buffers", "--table", "loops", "--data", str(tmp_path / "data")]) == 0
