"""A password in the address of the site database stands in no file, log or answer of a station that works with it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.sample_site import SAMPLE_MACHINE
from station.values import SyncState
from station.view.action import Action
from station.view.devices import DevicesFace
from station.view.view import View
from tests.helpers.live import MAINTENANCE, Device, Person, allows, live, make_site, simulated_lift
from tests.helpers.tours import baylight

SECRET = "hunter2-of-the-site"
URL = f"postgresql://user:{SECRET}@127.0.0.1:1/x"  # nothing listens there
UNREADABLE_URL = f"postgresql://user:{SECRET}/{SECRET}@127.0.0.1:1/x"


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=50.0) as device:
        make_site(tmp_path)
        yield device


def is_away(view: View) -> bool:
    return view.sync is not None and view.sync.state in (SyncState.ISLAND, SyncState.ATTENTION) and bool(view.sync.code)


async def export_frames(person: Person) -> None:
    await person.sign_on(MAINTENANCE)
    await person.until(lambda view: allows(view, Action.DEVICES), "the work list")
    await person.hands.tap("action_devices")
    await person.until(lambda view: isinstance(view.face, DevicesFace) and bool(view.face.devices), "the panel")
    await person.hands.tap(f"device_{SAMPLE_MACHINE}")
    await person.until(lambda view: isinstance(view.face, DevicesFace) and bool(view.face.frames), "its frames")
    await person.hands.tap("action_export_frames")
    await person.until_bar("frames_exported")


@pytest.mark.parametrize(("url", "code"), [(URL, "U101"), (UNREADABLE_URL, "U501")])
def test_the_password_is_nowhere(
    url: str, code: str, tmp_path: Path, lift: Device, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(person: Person) -> None:
        view = await person.until(is_away, "the site database was tried")
        assert view.sync is not None
        assert view.sync.code == code
        await export_frames(person)

    with caplog.at_level(logging.DEBUG):
        live(tmp_path, lift, play, upstream_url=url)
    assert "connecting to" in caplog.text or code == "U501", "the log is not looked at"
    told = [caplog.text, *(logging.Formatter().format(record) for record in caplog.records)]  # with their traces
    monkeypatch.setenv("BAYLIGHT_UPSTREAM_URL", url)
    monkeypatch.setattr("tests.helpers.tours.environment", lambda: dict(os.environ))
    for words in (("sync", "status", "--json"), ("sync", "once", "--timeout", 1, "--json"), ("doctor", "--json"), ("doctor",)):
        done = baylight(*words, "--data", tmp_path)
        told += [done.stdout, done.stderr]
    assert any(code in each for each in told)
    assert not [each[:200] for each in told if SECRET in each]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "ballast"]
    assert any("recordings" in path.parts for path in files), "the flight recorder"
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
