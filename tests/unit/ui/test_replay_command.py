"""`baylight plan --store` and `baylight replay` on a store with a past that is known."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.motion_days import BEGAN, even
from tests.helpers.worked_site import LINE_S, VISIT_S, WorkedSite
from ui.__main__ import main
from ui.cli.replay import moment_said

FROM, TO = BEGAN.isoformat(), (BEGAN + timedelta(hours=12)).isoformat()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> WorkedSite:
    made = WorkedSite(tmp_path_factory.mktemp("site") / "store")
    made.build(worked=20, waiting=5)
    return made


def said(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    assert main([str(each) for each in words]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_waits_is_planned_on_the_trays_as_they_are_numbered(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    answer = said(capsys, "plan", "--store", "--policy", "order", "--json", "--config", site.settings())
    lines = {(order, item): visit["tray"] for visit in answer["visits"] for order, item in visit["lines"]}
    assert {order for order, _ in lines} == {"N1", "N2", "N3", "N4", "N5"}
    assert all(site.homes[item].tray == tray for (_, item), tray in lines.items())
    assert answer["policy"] == "order"
    assert answer["lines_per_hour"] > 0
    assert (answer["assumed"], answer["left_out"]) == (["one_place"], [])


def test_lines_on_a_tray_out_of_service_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = WorkedSite(tmp_path / "store")
    made.build(worked=0, waiting=3)
    for tray in sorted({each.tray for each in made.homes.values()}):
        main(["trays", "out-of-service", str(tray), "--reason", "bent", "--config", str(made.settings())])
    capsys.readouterr()
    answer = said(capsys, "plan", "--store", "--json", "--config", made.settings())
    assert answer["visits"] == []
    assert {each["why"] for each in answer["left_out"]} == {"out_of_service"}


def test_a_plan_is_of_a_file_or_of_the_store(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--config", str(site.settings())]) == 2
    assert "O510" in capsys.readouterr().err


def test_the_replay_tells_what_was_measured_and_what_the_model_says(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    answer = said(capsys, "replay", "--from", FROM, "--to", TO, "--json", "--config", site.settings())
    measured, model, rows = answer["measured"], answer["model"], answer["replayed"]
    assert measured["orders"] == 20
    assert measured["trays_per_line"] == pytest.approx(0.95, abs=0.06)
    assert measured["with_need_by"] == 20
    assert model["learnt"] is True
    assert model["speed_m_s"] == pytest.approx(0.8, rel=0.05)
    assert model["visit_s"] == pytest.approx(VISIT_S, abs=1.5)
    assert model["line_s"] == pytest.approx(LINE_S, abs=1.5)
    assert len(rows) == 7 * 2 * 2
    by = {(each["policy"], each["positions"], each["put_places"]): each for each in rows}
    again = by["order", 1, 1]["lines_per_hour"]
    assert again == pytest.approx(measured["lines_per_hour"], rel=0.05), "the day worked again as it was makes the same"
    assert by["auto", 2, 1]["lines_per_hour"] > 1.15 * again
    assert by["auto", 1, 8]["lines_per_hour"] > 1.15 * again
    assert by["auto", 1, 8]["trays_per_line"] < 0.7 * by["order", 1, 1]["trays_per_line"]
    assert set(answer["gains"]) == {"second_position", "put_places", "both"}
    assert answer["gains"]["both"] > max(answer["gains"]["second_position"], answer["gains"]["put_places"])
    assert "usual_places" in model["assumed"]


def test_days_without_a_pick_are_said_to_have_none(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--from", "2020-01-01", "--to", "2020-01-02", "--config", str(site.settings())]) == 1
    assert "O512" in capsys.readouterr().err


def test_a_stretch_that_is_none_is_misuse(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--from", "2026-11-09", "--to", "2026-11-02", "--config", str(site.settings())]) == 2
    assert "O511" in capsys.readouterr().err


def test_a_day_goes_to_its_end() -> None:
    first, until = moment_said("2026-11-02", is_end=False), moment_said("2026-11-02", is_end=True)
    assert first is not None
    assert until is not None
    assert until - first == timedelta(days=1)
    assert moment_said("yesterday", is_end=False) is None


def test_the_service_report_has_the_machine_as_its_log_has_it(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    learnt = said(capsys, "service", "--json", "--config", site.settings())["learnt"]
    assert learnt["transfer_s"] == pytest.approx(4.0, abs=0.2)
    assert learnt["n"] > 80
    assert learnt["rms_s"] < 0.1
    assert learnt["drift"] is None, "the log is of one day"
    assert main(["service", "--config", str(site.settings())]) == 0
    assert "4.0 s a transfer" in capsys.readouterr().out


def test_a_slower_machine_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = WorkedSite(tmp_path / "store")
    made.build(worked=20)
    made.at += timedelta(days=20)
    made.more(worked=20, kinematics=even(speed=0.6, acceleration=0.5, transfer_s=4.5))
    learnt = said(capsys, "service", "--json", "--config", made.settings())["learnt"]
    assert learnt["drift"]["code"] == "O513"
    assert learnt["drift"]["shift_s"] > 1
    main(["doctor", "--json", "--config", str(made.settings())])
    found = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    drift = next(each for each in found if each["check"] == "machine_drift")
    assert (drift["is_ok"], drift["code"]) == (False, "O513")
