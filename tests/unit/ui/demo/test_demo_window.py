"""The demo by hand does what its options say, and names those that it has no use for."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

import ui.demo.window
import ui.run
from ui.__main__ import main
from ui.bootstrap.store import open_reader
from ui.demo.window import WindowOptions, run_sample_window
from ui.run import RunOptions


def test_every_option_reaches_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[WindowOptions] = []

    def note(options: WindowOptions) -> int:
        told.append(options)
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("BAYLIGHT_SCREEN_DIAGONAL_IN", "15")
    monkeypatch.setattr(ui.demo.window, "run_sample_window", note)
    numbers = ("--orders", "3", "--speed", "20", "--seed", "7")
    places = (
        "--machine",
        "socket://h:1",
        "--scale",
        "socket://h:2",
        "--bay",
        "SH1-2",
        "--site",
        "S",
        "--station",
        "X1",
        "--window",
        "--data",
        "D",
    )
    assert main(["demo", *numbers, *places]) == 0
    (options,) = told
    assert (options.orders, options.speed, options.seed, options.opening, options.station) == (3, 20.0, 7, "SH1-2", "X1")
    assert (options.machine_url, options.site, options.data) == ("socket://h:1", Path("S"), Path("D"))
    assert options.scale_url == "socket://h:2"
    assert (options.screen.window, options.screen.diagonal_in) == ("framed", 15.0)


@pytest.mark.parametrize("words", [["--screens", "D"], ["--seen", "F"], ["--together", "2"], ["--tap-lock", "1"], ["--json"]])
def test_what_is_for_the_scripted_operator_is_refused_by_name(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", *words]) == 2
    said = capsys.readouterr().err
    assert words[0] in said
    assert "--headless" in said


@pytest.mark.parametrize("words", [["--window"], ["--scale", "socket://h:2"]])
def test_what_is_for_a_person_is_refused_without_a_window(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--headless", *words]) == 2
    assert words[0] in capsys.readouterr().err


def test_the_window_joins_the_machine_and_releases_the_orders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run: list[RunOptions] = []

    def note(options: RunOptions) -> int:
        run.append(options)
        return 0

    monkeypatch.setattr(ui.run, "run_station", note)
    options = WindowOptions(
        data=tmp_path, orders=3, seed=5, machine_url="socket://h:1", scale_url="socket://h:2", opening="SH1-2"
    )
    assert run_sample_window(options) == 0
    assert (run[0].settings.machine.url, run[0].settings.machine.opening) == ("socket://h:1", "SH1-2")
    assert run[0].settings.scale.url == "socket://h:2"
    assert not (tmp_path / "machine").exists(), "a machine of its own was started"
    with closing(open_reader(tmp_path, "DEMO1")) as library:
        names = {each.order for each in library.open_orders()}
    assert len([each for each in names if each.startswith("T")]) == 3
