"""The station's sounds: files that differ, played without waiting."""

from __future__ import annotations

import struct
import wave
from itertools import combinations, groupby
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


def _rhythm(sound: Sound) -> tuple[float, ...]:
    """How long it sounds and is silent, in turn, in s."""
    with wave.open(str(FOLDER / f"{sound.value}.wav")) as file:
        rate, frames = file.getframerate(), file.readframes(file.getnframes())
    window = rate // 100
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    loud = [max(map(abs, samples[at : at + window])) > 1000 for at in range(0, len(samples), window)]
    return tuple(len(list(run)) / 100 for _, run in groupby(loud))


def test_the_sounds_are_told_apart_by_their_rhythm_alone() -> None:
    rhythms = {sound: _rhythm(sound) for sound in Sound}
    for one, other in combinations(rhythms.values(), 2):
        assert len(one) != len(other) or any(max(a, b) >= 2 * min(a, b) for a, b in zip(one, other, strict=True)), (one, other)
    assert len(rhythms[Sound.OK]) == 1
    assert max(rhythms[Sound.STOP]) == max(each for rhythm in rhythms.values() for each in rhythm)


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
