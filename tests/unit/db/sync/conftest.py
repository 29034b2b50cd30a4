"""One or two stations at a simulated site, on good days unless a test says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from tests.helpers.sim_station import SimStation
from tests.helpers.sim_store import copy_of, template
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.simulated_world import SiteWorld


class Days:
    """Virtual time, a site, and stations at it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.world = SiteWorld(self.now)
        self._template = template()

    def now(self) -> datetime:
        return datetime(2026, 11, 26, 6, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def station(self, name: str = "S1") -> SimStation:
        return SimStation(
            name,
            copy_of(self._template),
            lambda me: SimulatedSite(self.world, me),
            Random(1),
            self.now,
            lambda: self.seconds,
        )

    def pass_rounds(self, *stations: SimStation, count: int = 6) -> None:
        """Everything that is due, and what follows from that."""
        for _ in range(count):
            for station in stations:
                station.round()
            self.seconds += 31.0


@pytest.fixture
def days() -> Days:
    return Days()
