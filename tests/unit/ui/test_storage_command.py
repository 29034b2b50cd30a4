"""`baylight storage` on a store with a past: what it proposes is saved, and what was accepted is offered until it is done."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.records.taken import GivenBack, TakenOut
from db.store import Store
from tests.helpers.motion_days import MACHINE
from tests.helpers.worked_site import WorkedSite
from ui.__main__ import main


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> WorkedSite:
    made = WorkedSite(tmp_path_factory.mktemp("built") / "store")
    made.build(worked=25)
    return made


@pytest.fixture
def site(built: WorkedSite, tmp_path: Path) -> WorkedSite:
    """A copy of it."""
    shutil.copytree(built.directory, tmp_path / "store")
    return WorkedSite(tmp_path / "store", at=built.at, homes=built.homes)


def said(capsys: pytest.CaptureFixture[str], site: WorkedSite, *words: str) -> Any:
    assert main(["storage", "--json", "--days", "3650", "--config", str(site.settings()), *words]) == 0
    return [json.loads(each) for each in capsys.readouterr().out.splitlines()]


def test_moves_are_proposed_with_what_they_save_and_cost(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = said(capsys, site)
    assert answer["orders"] == 25
    moves = [each for each in answer["proposals"] if each["kind"] in ("nearer", "exchange")]
    assert moves
    assert answer["lift_min_a_day"] - answer["after_min_a_day"] == pytest.approx(sum(each["saves_min_a_day"] for each in moves))
    assert all(each["payback_days"] <= 30 for each in moves)
    near = next(each for each in answer["trays"] if each["place_class"] == "A")
    assert near["visit_s"] == min(each["visit_s"] for each in answer["trays"])


def test_a_person_gets_a_table_and_the_next_step(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["storage", "--days", "3650", "--config", str(site.settings())]) == 0
    out = capsys.readouterr().out
    assert "lift time a day" in out
    assert "baylight storage --accept 1,2" in out


def test_what_is_accepted_is_planned_until_it_is_done(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = said(capsys, site)
    number = next(each["no"] for each in answer["proposals"] if each["kind"] == "nearer")
    (move,) = answer["proposals"][number - 1]["moves"]
    assert said(capsys, site, "--accept", str(number)) == [{"planned": 1}]
    (planned,) = said(capsys, site, "--planned")
    assert (planned["item"], planned["quantity"], planned["state"]) == (move["item"], move["quantity"], "planned")
    where = {"machine": MACHINE, "tray": move["from"]["tray"], "compartment": move["from"]["compartment"], "visit": 2}
    goods = {"item": move["item"], "quantity": move["quantity"], "reason": "transfer", "account": "hand", "holder": "p_1"}
    there = {"machine": MACHINE, "tray": move["to"]["tray"], "compartment": move["to"]["compartment"], "visit": 2}
    with closing(Store.open(site.directory, station="S1", ballast_bytes=0, clock=lambda: site.at)) as store:
        store.append((TakenOut(**where, **goods),)).result()
        (taken,) = store.planned_moves(MACHINE)
        assert taken.is_taken
        store.append((GivenBack(**there, **goods),)).result()
        assert store.planned_moves(MACHINE) == ()


def test_a_move_is_planned_once_and_can_be_dropped(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, site, "--accept", "1")
    count = len(said(capsys, site, "--planned"))
    assert count >= 1
    words = ["storage", "--days", "3650", "--config", str(site.settings())]
    assert main([*words, "--accept", "1"]) == 1
    assert "O514" in capsys.readouterr().err
    assert said(capsys, site, "--drop") == [{"dropped": count}]
    assert said(capsys, site, "--planned") == []


@pytest.mark.parametrize("words", [("--accept", "999"), ("--accept", "x"), ("--days", "0"), ("--planned", "--drop")])
def test_what_is_no_command_is_misuse(site: WorkedSite, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert main(["storage", "--config", str(site.settings()), *words]) == 2
    assert "O515" in capsys.readouterr().err


def test_goods_that_have_gone_are_not_offered(site: WorkedSite, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, site, "--accept", "1")
    (first, *_) = said(capsys, site, "--planned")
    tray, cell = first["from"].split()
    goods = {"item": first["item"], "quantity": first["quantity"], "reason": "scrap_other", "account": "", "holder": ""}
    with closing(Store.open(site.directory, station="S1", ballast_bytes=0, clock=lambda: site.at)) as store:
        store.append((TakenOut(machine=MACHINE, tray=int(tray), compartment=cell, visit=2, **goods),)).result()
        assert first["from"] not in {
            f"{each.from_place.tray} {each.from_place.compartment}" for each in store.planned_moves(MACHINE)
        }
