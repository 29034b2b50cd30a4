"""A directory that a station holds: nobody else writes there, and everybody is told why."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.helpers.tours import baylight, rows_of


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A data directory that this process holds as a station would."""
    store = Store.open(tmp_path, station="B1", ballast_bytes=1 << 16)
    yield tmp_path
    store.close()


@pytest.mark.parametrize("words", [("rebuild",), ("restore", "copy.db"), ("people", "disable", "p_0")])
def test_writing_commands_are_refused_and_name_the_holder(held: Path, words: tuple[str, ...]) -> None:
    if words[0] == "restore":
        (held / "copy.db").write_bytes(b"")
        words = ("restore", str(held / "copy.db"))
    done = baylight(*words, "--data", held, "--station", "B1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "D406" in done.stderr
    assert str(os.getpid()) in done.stderr


def test_reading_commands_work_beside_it(held: Path) -> None:
    assert rows_of(baylight("events", "--data", held, "--json"))[0]["kind"] == "epoch_opened"


def test_a_second_station_is_refused_and_names_the_holder(held: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = tmp_path_factory.mktemp("settings") / "station.toml"
    settings.write_text(f'[station]\nname = "B1"\ndata = "{held.as_posix()}"\n', encoding="utf-8")
    done = baylight("run", "--config", settings)
    assert (done.returncode, done.stdout) == (1, "")
    assert "D406" in done.stderr
    assert str(os.getpid()) in done.stderr
    assert "Traceback" not in done.stderr
