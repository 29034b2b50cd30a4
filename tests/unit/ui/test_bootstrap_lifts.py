"""Which lift stands where by the settings, and what does not go together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.config import ConfigError
from station.settings import LiftSettings, MachineSettings, PointerSettings, Settings
from ui.bootstrap.lifts import beside_of, places_of

ONE = LiftSettings(bay="BAY2", url="socket://127.0.0.1:2", trays="41-80")
TWO = LiftSettings(bay="BAY3", url="socket://127.0.0.1:3", trays="81-99")
PLAIN = Settings(machine=MachineSettings(url="socket://127.0.0.1:1"))


def test_one_lift_has_no_neighbours() -> None:
    assert (places_of(PLAIN), beside_of(PLAIN)) == ((), ())


def test_numbers_go_from_left_to_right() -> None:
    settings = replace(PLAIN, lift=(replace(ONE, side="left"), TWO))
    assert [(each.number, each.opening, each.is_home) for each in places_of(settings)] == [
        (1, "BAY2", False),
        (2, "SH1-1", True),
        (3, "BAY3", False),
    ]
    assert [each.opening for each in beside_of(settings)] == ["BAY2", "BAY3"]


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("lift.bay", replace(PLAIN, lift=(replace(ONE, bay="SH1-1"),))),
        ("lift.bay", replace(PLAIN, lift=(ONE, replace(TWO, bay="BAY2")))),
        ("lift.trays", replace(PLAIN, lift=(ONE, replace(TWO, trays="80-99")))),
        ("lift.trays", replace(PLAIN, lift=(replace(ONE, trays="80-41"),))),
        ("lift.url", replace(PLAIN, lift=(replace(ONE, url=""),))),
        ("lift", replace(PLAIN, lift=(ONE, TWO, replace(TWO, bay="BAY4", trays="100-120")))),
        ("machine.prefetch", replace(PLAIN, machine=replace(PLAIN.machine, prefetch="on"), lift=(ONE,))),
        ("pointer.url", replace(PLAIN, pointer=PointerSettings(url="socket://127.0.0.1:4"), lift=(ONE,))),
    ],
)
def test_what_does_not_go_together_is_refused_at_the_start(key: str, settings: Settings) -> None:
    with pytest.raises(ConfigError) as refused:
        places_of(settings)
    assert refused.value.key == key
