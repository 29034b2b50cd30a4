"""`baylight hosts`, and the folders of the settings as chores of a station."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from hardware.config import ConfigError
from station.settings import FolderSettings, Settings
from ui.__main__ import main
from ui.bootstrap.hosts import folders_of, make_host_chores
from ui.bootstrap.requests import make_results


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
    file = tmp_path / "settings.toml"
    file.write_text(
        f'[station]\ndata = "{tmp_path}/data"\n[[folder]]\nname = "erp"\nin = "{tmp_path}/in"\nout = "{tmp_path}/out"\n',
        encoding="utf-8",
    )
    return file


def settings_of(config: Path) -> Settings:
    from station.settings_file import load_settings

    return load_settings(config, {})


def said(config: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["hosts", "--config", str(config), "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_fate_of_each_file_is_told(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Store.open(tmp_path / "data", station="S1", ballast_bytes=0)) as store:
        settings = settings_of(config)
        results = make_results(store, settings.results, tmp_path / "data", "S1")
        (_, chore) = make_host_chores(store, results, settings, tmp_path / "data")
        (tmp_path / "in" / "items.csv").write_text("item,name\nA,Nut\n,Bolt\n", encoding="utf-8")
        chore.do()
        assert [(each["file"], each["fate"]) for each in said(config, capsys)] == [("items.csv", "waiting")]
        chore.do()
    (tmp_path / "in" / "notes.txt").touch()
    (tmp_path / "out" / "S1-a-1-2.csv").touch()
    rows = said(config, capsys)
    assert [(each["file"], each["fate"]) for each in rows] == [
        ("notes.txt", "not_read"),
        ("S1-a-1-2.csv", "to_fetch"),
        ("items.csv", "partly_refused"),
    ]
    assert (rows[2]["rows"], rows[2]["rejected"], Path(rows[2]["reject_file"]).exists()) == (1, 1, True)


def test_a_folder_that_does_not_answer_is_told(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(tmp_path / "data", station="S1", ballast_bytes=0).close()
    (tmp_path / "in").rmdir()
    assert [(each["file"], each["fate"]) for each in said(config, capsys)] == [(str(tmp_path / "in"), "unreachable")]


@pytest.mark.parametrize("same", [{"name": "a"}, {"inbox": "/x", "name": ""}, {"out": "/x", "name": ""}])
def test_two_folders_of_one_name_or_place_are_refused(same: dict[str, str], tmp_path: Path) -> None:
    pair = tuple(FolderSettings(**(same | {"name": same["name"] or name})) for name in ("b", "c"))
    with pytest.raises(ConfigError):
        folders_of(Settings(folder=pair), tmp_path)


def test_a_running_station_takes_an_order_out_of_its_folder_and_looks_again(config: Path, tmp_path: Path) -> None:
    import asyncio

    from station.chores import Chores

    (tmp_path / "in" / "items.csv").write_text("item,name\nA,Nut\n", encoding="utf-8")
    with closing(Store.open(tmp_path / "data", station="S1", ballast_bytes=0)) as store:
        settings = settings_of(config)
        quick = replace(settings, folder=(replace(settings.folder[0], poll_s=0.01),))
        results = make_results(store, quick.results, tmp_path / "data", "S1")

        async def body() -> None:
            looked = asyncio.Event()
            chores = Chores(make_host_chores(store, results, quick, tmp_path / "data"), changed=looked.set)
            chores.start()
            await asyncio.wait_for(looked.wait(), 20)
            await chores.stop()

        asyncio.run(body())
        assert store.item("A") is not None
