"""The figures of a running station stand in the file that a collector reads, and say when the machine is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

from station.settings import MetricsSettings
from tests.helpers.live import PATIENCE_S, Person, live, make_site, simulated_lift


async def until_told(path: Path, *figures: str) -> list[str]:
    """Until the file says all of this; each look is another read."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            told = await asyncio.to_thread(lines_of, path)
            if set(figures) <= set(told):
                return told


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_a_lost_machine_is_told_to_the_collector(tmp_path: Path) -> None:
    folder = tmp_path / "collector"
    folder.mkdir()
    path = folder / "baylight.prom"

    async def play(person: Person) -> None:
        up, down = (f'baylight_line_up{{station="DEMO1",device="VLM1",kind="machine"}} {each}' for each in (1, 0))
        await person.sign_on()
        told = await until_told(path, up, 'baylight_alarms{station="DEMO1"} 0')
        count = next(each for each in told if each.startswith("baylight_commit_seconds_count"))
        assert int(count.rsplit(" ", 1)[1]) > 0
        await person.ask_lift("unplug")
        await until_told(path, down, 'baylight_alarm{station="DEMO1",code="L101"} 1')
        await person.ask_lift("replug")
        await until_told(path, up, 'baylight_alarms{station="DEMO1"} 0')

    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_site(tmp_path, orders=1)
        live(tmp_path, lift, play, metrics=MetricsSettings(file=str(path), every_s=1))
    assert [each.name for each in folder.iterdir()] == ["baylight.prom"]
