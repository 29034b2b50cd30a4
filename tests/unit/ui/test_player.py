"""The station's sounds: three files that differ, played without waiting."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from station.core.effects import Sound
from ui.player import FOLDER, Player


def test_every_sound_has_a_file_and_they_differ_in_length() -> None:
    lengths = set()
    for sound in Sound:
        with wave.open(str(FOLDER / f"{sound.value}.wav")) as file:
            lengths.add(file.getnframes())
    assert len(lengths) == len(Sound)


def test_playing_starts_the_program_with_the_sounds_file(tmp_path: Path, qtbot: object) -> None:
    heard = tmp_path / "heard"
    program = tmp_path / "aplay"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$2" > {heard}.part && mv {heard}.part {heard}\n')
    program.chmod(0o755)
    Player(str(program)).play(Sound.WRONG)
    qtbot.waitUntil(heard.exists, timeout=5000)  # type: ignore[attr-defined]
    assert heard.read_text() == str(FOLDER / "wrong.wav")


def test_a_computer_that_cannot_play_stays_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    Player().play(Sound.OK)
