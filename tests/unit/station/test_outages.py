"""Trays and bays are taken out of service and back by a command line, each with its machine and its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.records.files import Imported
from db.store import Store
from station.outages import OutageError, Which, take_back, take_out
from station.values import Compartment, Tray

IMPORTED = Imported(what="tray", file="trays.csv", sha256="", rows=3, rejected=0)
CELL = Compartment(label="A1", x_mm=0, y_mm=0, width_mm=100, depth_mm=100)


def tray(machine: str, number: int) -> Tray:
    return Tray(machine=machine, number=number, width_mm=100, depth_mm=100, compartments=(CELL,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Tray 4 is in both machines, tray 12 in the first alone."""
    opened = Store.open(tmp_path / "data", station="S1", ballast_bytes=0)
    opened.import_trays([tray("M1", 4), tray("M1", 12), tray("M2", 4)], IMPORTED).result()
    yield opened
    opened.close()


def out(store: Store, machine: str = "M1") -> dict[int | str, str]:
    return {each.tray or each.opening: each.reason for each in store.outages(machine)}


def test_a_tray_goes_out_with_its_reason_and_comes_back(store: Store) -> None:
    assert take_out(store, Which(tray=12), "  motor\nnoise ").machine == "M1"
    assert out(store) == {12: "motor noise"}
    take_back(store, Which(tray=12))
    assert out(store) == {}


def test_a_bay_goes_out_and_comes_back(store: Store) -> None:
    take_out(store, Which(machine="M2", opening="SH1-1"), "door")
    assert (out(store, "M2"), out(store)) == ({"SH1-1": "door"}, {})
    take_back(store, Which(machine="M2", opening="SH1-1"))
    assert out(store, "M2") == {}


@pytest.mark.parametrize(
    ("which", "code"),
    [
        (Which(tray=99), "unknown_tray"),
        (Which(tray=4), "which_machine"),
        (Which(opening="SH1-1"), "which_machine"),
        (Which(machine="M9", tray=4), "unknown_machine"),
    ],
)
def test_what_is_not_one_tray_or_bay_is_refused(store: Store, which: Which, code: str) -> None:
    with pytest.raises(OutageError, match=code) as refused:
        take_out(store, which, "motor noise")
    assert refused.value.sentence
    assert code not in refused.value.sentence


def test_a_bay_that_the_settings_do_not_know_is_no_bay(store: Store) -> None:
    bays = {"M2": frozenset({"SH1-1", "SH1-2"})}
    with pytest.raises(OutageError, match="unknown_bay") as refused:
        take_out(store, Which(machine="M2", opening="SH1-3"), "door", bays=bays)
    assert refused.value.sentence == "the settings know no bay SH1-3 (known: SH1-1, SH1-2)"
    take_out(store, Which(machine="M2", opening="SH1-2"), "door", bays=bays)
    take_out(store, Which(machine="M1", opening="SH9-9"), "door", bays=bays)
    assert (out(store), out(store, "M2")) == ({"SH9-9": "door"}, {"SH1-2": "door"})


def test_nothing_goes_out_without_a_reason_and_nothing_back_that_is_in(store: Store) -> None:
    with pytest.raises(OutageError, match="no_reason"):
        take_out(store, Which(tray=12), "   ")
    with pytest.raises(OutageError, match="in_service 12"):
        take_back(store, Which(tray=12))
