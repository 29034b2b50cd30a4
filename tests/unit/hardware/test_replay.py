"""Recorded sessions played to the driver's pure parts: every byte as recorded, and the first that is not is shown."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from pathlib import Path

import pytest

from hardware.devices.jmif.layer import JmifLayer
from hardware.recording import Recording, read_recording
from hardware.replay import Difference, replay
from hardware.values import WireFrame
from tests.helpers.jmif_sessions import SESSIONS, asks_of, exchange_of, record

SESSION_FILES = Path(__file__).parents[2] / "vectors" / "sessions"


def recorded(name: str) -> Recording:
    return read_recording((SESSION_FILES / f"{name}.jsonl").read_text(encoding="utf-8"))


def play(recording: Recording) -> Difference | None:
    return replay(recording, exchange_of(recording), JmifLayer(), asks=asks_of(recording))


def changed(recording: Recording, index: int, data: bytes) -> Recording:
    frames = list(recording.frames)
    frames[index] = dataclasses.replace(frames[index], data=data)
    return dataclasses.replace(recording, frames=tuple(frames))


def index_of(recording: Recording, start: bytes) -> int:
    return next(index for index, frame in enumerate(recording.frames) if frame.data.startswith(start))


@pytest.mark.parametrize("name", SESSIONS)
def test_every_byte_is_sent_as_it_was_recorded(name: str) -> None:
    recording = recorded(name)
    assert sum(frame.sent for frame in recording.frames) >= 4
    difference = play(recording)
    assert difference is None, str(difference)


def test_every_recorded_file_is_played() -> None:
    assert {file.stem for file in SESSION_FILES.glob("*.jsonl")} == set(SESSIONS)


def test_the_first_other_byte_is_shown_with_what_came_before() -> None:
    recording = recorded("jmif_work")
    index = index_of(recording, b"61|ping1700000002|")
    difference = play(changed(recording, index, recording.frames[index].data.replace(b"SH1-1", b"SH1-2")))
    assert difference is not None
    assert (difference.offset, difference.reason) == (22, "other bytes")
    assert difference.sent == recording.frames[index].data
    assert difference.before == recording.frames[index - 6 : index]
    shown = str(difference).splitlines()
    assert shown[0].split()[1:2] == ["<"] if not difference.before[0].sent else [">"]
    recorded_line, sent_line, mark_line = shown[6:9]
    column = mark_line.index("^")
    assert (recorded_line[column : column + 2], sent_line[column : column + 2]) == ("32", "31")


def test_a_command_that_the_driver_would_not_have_sent_is_a_difference() -> None:
    recording = recorded("jmif_stopped")
    stop = index_of(recording, b"1001|")
    again = dataclasses.replace(recording.frames[index_of(recording, b"1|1|")], at_s=recording.frames[stop].at_s + 0.0001)
    frames = (*recording.frames[: stop + 1], again, *recording.frames[stop + 1 :])
    difference = play(dataclasses.replace(recording, frames=frames))
    assert difference is not None
    assert difference.reason.startswith("L203")


def test_an_answer_that_came_later_than_the_command_lasts_changes_what_follows() -> None:
    recording = recorded("jmif_work")
    last = index_of(recording, b"203|100231|")
    late = tuple(
        dataclasses.replace(frame, at_s=frame.at_s + 60) if index >= last else frame
        for index, frame in enumerate(recording.frames)
    )
    difference = play(dataclasses.replace(recording, frames=late))
    assert difference is not None
    assert difference.sent.startswith(b"61|ping")  # it would have asked for a minute


def test_what_is_sent_and_was_not_recorded_is_a_difference() -> None:
    recording = recorded("jmif_unknown")
    without = tuple(frame for frame in recording.frames if not (frame.sent and frame.data.startswith(b"61|ping1700000003")))
    difference = play(dataclasses.replace(recording, frames=without))
    assert difference is not None
    assert difference.sent.startswith(b"61|ping1700000003")


def test_what_is_sent_while_the_recording_only_hears_is_a_difference() -> None:
    recording = recorded("jmif_unknown")
    mute = tuple(frame for frame in recording.frames if not frame.sent or frame.at_s < 0.2)
    difference = play(dataclasses.replace(recording, frames=mute))
    assert difference is not None
    assert (difference.recorded, difference.reason) == (b"", "the recording ends before")


def test_a_command_may_follow_in_the_moment_in_which_the_one_before_times_out() -> None:
    recording = recorded("jmif_unknown")
    second = index_of(recording, b"1|2|")
    begun_s = recording.frames[index_of(recording, b"1|1|")].at_s
    early = tuple(frame for frame in recording.frames[:second] if frame.at_s < 1.4)
    at_once = dataclasses.replace(recording.frames[second], at_s=begun_s + 1.5)  # the fetch lasts so long
    assert play(dataclasses.replace(recording, frames=(*early, at_once))) is None


def test_a_line_that_is_given_up_ends_the_session() -> None:
    recording = recorded("jmif_unknown")
    deaf = tuple(frame for frame in recording.frames if frame.sent or frame.at_s < 0.1)
    late = WireFrame(9.0, True, b"61|ping1700000009|SH1-1|0|0||||||||\r\n")
    difference = play(dataclasses.replace(recording, frames=(*deaf[:3], late)))
    assert difference is not None
    assert difference.reason == "the line was given up"


def test_a_session_without_a_frame_has_only_what_opening_sends() -> None:
    recording = recorded("jmif_work")
    first = dataclasses.replace(recording, frames=recording.frames[:1])
    assert play(first) is None
    nothing = replay(dataclasses.replace(recording, frames=()), exchange_of(recording), JmifLayer())
    assert nothing is not None
    assert nothing.sent.startswith(b"61|ping1700000000|")


def test_a_frame_that_nothing_sends_is_said_so() -> None:
    recording = recorded("jmif_work")
    frames = (*recording.frames, WireFrame(recording.frames[-1].at_s, True, b"61|ping1700000004|SH1-1|0|0||||||||\r\nX"))
    difference = play(dataclasses.replace(recording, frames=frames))
    assert difference is not None
    assert difference.offset == len(difference.recorded) - 1


@pytest.mark.skipif(sys.platform == "win32", reason="recorded on POSIX")
def test_what_is_recorded_now_replays_too() -> None:
    recording = read_recording(asyncio.run(record("jmif_noise")))
    difference = play(recording)
    assert difference is None, str(difference)
