"""The names of a demo's sample site, and where its stock comes from: both are plain, but where demos share a site database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from station.sample_site import PLAIN_NAMES, SAMPLE_MACHINE, SampleNames
from station.settings import UpstreamSettings

if TYPE_CHECKING:
    from ui.bootstrap.store import Store

FIRST_STATION = "S1"  # its names stay plain there too
LONGEST_MACHINE = 31


@dataclass(frozen=True, slots=True)
class SampleSource:
    """`fill` brings the stock of a machine that is another station's, None where the sample's own files do."""

    names: SampleNames = PLAIN_NAMES
    fill: Callable[[Store], None] | None = None


def source_of(station: str, directory: Path, upstream: UpstreamSettings, *, joins: bool) -> SampleSource:
    """A station has a machine and orders of its own. One that `joins` a running machine works at that of S1, on the stock that
    the site database has of it, with orders of its own."""
    if not upstream.url or station == FIRST_STATION:
        return SampleSource()
    if not joins:
        return SampleSource(SampleNames(machine=f"{SAMPLE_MACHINE}-{station}"[:LONGEST_MACHINE], before=f"{station}-"))
    from ui.bootstrap.replication import fill_from_site

    fill = partial(fill_from_site, station=station, directory=directory, upstream=upstream)
    return SampleSource(SampleNames(before=f"{station}-"), fill)
