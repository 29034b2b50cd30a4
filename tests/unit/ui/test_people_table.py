"""`baylight people table`: who may what on the terminal, as CSV and on paper, with the last review."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from db.records.people import RightsReviewed
from db.rows.people import Person, Role
from db.store import Store
from ui.__main__ import main


@pytest.fixture
def site(tmp_path: Path) -> Path:
    anna = Person(person="p_1", name="Anna", role=Role.SUPERVISOR, rights=("gold",))
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:
        store.add_person(anna, badge_digest="b", verifier="v", pepper_id="pp").result()
        store.append((RightsReviewed(people=1, changes=1, digest="d", note="ALL AS AGREED"),), operator="p_1").result()
        store.set_rights("p_1", ["gold", "poison"], operator="p_9").result()
    return tmp_path


def test_the_terminal_shows_the_table_and_what_has_changed_since_the_review(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["people", "table", "--data", str(site), "--json"]) == 0
    told = capsys.readouterr()
    (row,) = [json.loads(line) for line in told.out.splitlines()]
    assert (row["person"], row["right:gold"], row["right:poison"], row["approve_stock"]) == ("p_1", "yes", "yes", "yes")
    assert "1 changes since" in told.err


def test_it_is_written_as_csv_and_on_paper(site: Path) -> None:
    csv, pdf = site / "who.csv", site / "who.pdf"
    assert main(["people", "table", "--data", str(site), "--csv", str(csv), "--pdf", str(pdf)]) == 0
    assert csv.read_bytes().splitlines()[1].startswith(b"p_1,Anna,supervisor,")
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_file_that_cannot_be_written_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "table", "--data", str(site), "--csv", str(site)]) != 0
    assert "P300" in capsys.readouterr().err
