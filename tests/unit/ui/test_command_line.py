"""The program's front door: help, misuse, and what it may not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui.__main__ import main
from ui.cli.commands import MODULES, summaries


@pytest.mark.parametrize("command", sorted(MODULES))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    assert f"baylight {command}" in said
    assert len(said.splitlines()) > 4


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    said = capsys.readouterr().out
    named = {line.split()[0] for line in said.splitlines() if line.startswith("    ") and line.strip()}
    assert set(MODULES) <= named


def test_every_command_has_one_line() -> None:
    assert list(summaries(str)) == list(MODULES)


@pytest.mark.parametrize(
    "words", [["explode"], ["lift"], ["people"], ["simulate", "--protocol", "morse"], ["demo", "--orders", "x"]]
)
def test_misuse_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert capsys.readouterr().out == ""


def test_no_command_shows_help_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "baylight" in capsys.readouterr().err


def test_help_imports_neither_qt_nor_the_store() -> None:
    code = (
        "import sys\n"
        "from ui.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'PySide6', 'sqlalchemy', 'pysqlite3', 'serial', 'asyncio', 'argon2'} & set(sys.modules)\n"
        "sys.exit(f'imported {sorted(heavy)}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr


def test_window_without_a_display_names_both_ways_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["run", "--demo"]) == 2
    said = capsys.readouterr().err
    assert "./dev run --headless" in said
    assert "QT_QPA_PLATFORM=vnc ./dev run" in said


@pytest.mark.parametrize("words", [["fetch", "12"], ["store"]])
def test_nothing_moves_for_somebody_who_is_not_there(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lift", "--protocol", "jmif", "--url", "socket://127.0.0.1:1", *words]) == 2
    assert "--at-the-machine" in capsys.readouterr().err
