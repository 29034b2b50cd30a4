"""A machine that became another one by the settings is told at the start that knows it so."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from db.records.record import Record
from db.store import Store
from station.machine_form import MachineForm, changed_form, form_of
from station.runner.life_record import write_started
from station.settings import MachineSettings

PLAIN = form_of(MachineSettings())
STARTED = {"of_machine": "M1", "form": "lift", "height_mm": 6000, "levels": ""}


def test_a_start_with_the_same_settings_tells_nothing_and_nor_does_the_first_one() -> None:
    assert changed_form(STARTED, "M1", PLAIN) is None
    assert changed_form({"sqlite": "3", "was_clean": True}, "M1", PLAIN) is None
    assert changed_form(STARTED, "M2", replace(PLAIN, height_mm=9000)) is None


def test_another_height_and_other_levels_are_told_with_what_was_before() -> None:
    told = changed_form(STARTED, "M1", replace(PLAIN, height_mm=9000, levels="1-20=2900+150"))
    assert told is not None
    assert (told.height_mm, told.levels, told.height_before_mm, told.levels_before) == (9000, "1-20=2900+150", 6000, "")


def test_the_start_tells_of_the_machine_and_the_next_one_that_it_changed(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, station="S1", ballast_bytes=0)) as store:

        def start(form: MachineForm) -> list[str]:
            """The kinds that a start writes."""
            written: list[Record] = []
            notes: Any = SimpleNamespace(write=lambda append: written.extend(append.records))
            parts: Any = SimpleNamespace(library=store, machine="M1", form=form, sqlite="3", utc=lambda: datetime.now(UTC))
            write_started(parts, notes)
            store.append(written).result()
            return [each.kind for each in written]

        assert start(PLAIN) == ["station_started"]
        assert start(PLAIN) == ["station_started"]
        assert start(replace(PLAIN, height_mm=9000)) == ["station_started", "machine_changed"]
        assert start(replace(PLAIN, height_mm=9000)) == ["station_started"]
