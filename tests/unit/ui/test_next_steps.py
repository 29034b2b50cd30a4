"""Every refusal at the command line says what to do next; what is well has no code beside it."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from db.store import Store
from db.upstream.connect import without_password
from station import people
from station.control import ControlError
from ui.__main__ import main
from ui.cli.faults import as_command_error
from ui.cli.refusals import late_advice
from ui.sentences import MESSAGES


def test_every_reason_of_people_has_a_next_step() -> None:
    reasons = re.findall(r"[a-z]+_?[a-z_]+", str(people.PeopleError.__doc__).partition("`code`:")[2])
    said = {}
    for reason in reasons:
        known = as_command_error(ControlError("P301", f"{reason} p_1"), str)
        assert known is not None
        said[reason] = known.advice
    assert len(said) > 15
    assert all(said.values())
    assert "--sign" in said["not_signed"]
    assert "reset-pin" in said["locked"]
    assert len(set(said.values())) > 8


def test_a_disk_that_does_not_answer_has_a_next_step() -> None:
    known = as_command_error(ControlError("D409", "it was not written"), str)
    assert known is not None
    assert "connected" in known.advice


def test_a_held_order_that_is_to_be_cancelled_has_a_next_step() -> None:
    known = as_command_error(ControlError("O320", "held O1"), str)
    assert known is not None
    assert "orders resume" in known.advice


def test_a_late_row_that_is_refused_has_a_next_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    sheet = tmp_path / "late.csv"
    sheet.write_text(
        "what,order,line,quantity,person,at,reason\npick,NONE,1,3,Mara,2026-01-04 14:30,power_cut\n", encoding="utf-8"
    )
    assert main(["late", "--file", str(sheet), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    reason = next(each for each in ("unknown_order", "unknown_person") if each in said)
    assert MESSAGES[f"late_{reason}"] in said
    assert "--sure" in late_advice("counted_since", MESSAGES, str)


def test_an_address_of_nothing_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("init", "status", "verify", "restored"):
        assert main(["upstream", verb, " "]) == 2
        said = capsys.readouterr().err
        assert "U501" in said
        assert "postgresql://" in said


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@db.site:5433/base?sslmode=verify-full", "postgresql://db.site:5433/base?sslmode=verify-full"),
        ("host=/run/postgresql dbname=base user=me", "postgresql:///base?host=%2Frun%2Fpostgresql"),
        ("postgresql://me@[::1]/a%2Fb", "postgresql://[::1]/a%2Fb"),
        ("host=a,b port=1,2 dbname=base password=secret", "postgresql:///base?host=a%2Cb&port=1%2C2"),
    ],
)
def test_an_address_is_shown_as_the_settings_take_it(url: str, shown: str) -> None:
    assert without_password(url) == shown
    told = {name: value for name, value in conninfo_to_dict(url).items() if name not in ("user", "password")}
    assert conninfo_to_dict(shown) == told


def test_what_is_well_has_no_code_in_doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)):
        main(["doctor", "--data", str(tmp_path), "--json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["code"] for row in rows if row["is_ok"]} == {""}
    assert all(row["code"] for row in rows if row["check"] == "last_backup" and not row["is_ok"])
