"""What one command by hand takes over from the settings of the machine."""

from __future__ import annotations

import asyncio

import pytest

import hardware.factory
from hardware.config import ConfigError, LiftConfig
from station.settings import MachineSettings
from ui.bootstrap.devices import lift_call, lift_of

SETTINGS = MachineSettings(
    url="/dev/ttyS9", protocol="modula-link", opening="SH1-1", other_openings="SH1-2, SH1-3", height_mm=21_000
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[LiftConfig]:
    """The machines that were to be opened; none is."""
    configs: list[LiftConfig] = []

    def make_lift(config: LiftConfig) -> None:
        configs.append(config)
        raise ConfigError("url", config.url, "a machine")

    monkeypatch.setattr(hardware.factory, "make_lift", make_lift)
    return configs


async def call(opening: str) -> None:
    words = {"protocol": "modula-link", "url": "/dev/ttyS9", "serial": "", "link_layer": "", "priority": "high"}
    words |= {"register_map": "", "modbus": "auto", "opening": opening, "machine": "M1"}
    async with lift_call(**words, timeout_s=None, store=None, settings=SETTINGS):
        pass


@pytest.mark.parametrize(
    ("opening", "others"),
    [("SH1-1", ("SH1-2", "SH1-3")), ("SH1-2", ("SH1-1", "SH1-3")), ("SH9-1", ("SH1-2", "SH1-3"))],
)
def test_a_command_by_hand_knows_the_other_openings_and_the_height(
    made: list[LiftConfig], opening: str, others: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError):
        asyncio.run(call(opening))
    assert [(each.opening, each.other_openings, each.height_mm) for each in made] == [(opening, others, 21_000)]


def test_the_station_knows_them_alike(made: list[LiftConfig]) -> None:
    with pytest.raises(ConfigError):
        lift_of(SETTINGS)
    assert [(each.opening, each.other_openings, each.height_mm) for each in made] == [("SH1-1", ("SH1-2", "SH1-3"), 21_000)]
