"""The station: its parts by the settings, and what it does by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.devices import display_of, lift_of, motion_limits_s, precision_of, scale_of, scanners_of
from ui.bootstrap.lights import pointer_of, totes_of
from ui.bootstrap.upkeep import make_upkeep

if TYPE_CHECKING:
    from db.store import Store
    from station.chores import Chore
    from station.core.effects import Sound
    from station.results import Results
    from station.runner.station import Station
    from station.settings import MachineSettings, Settings
    from station.values import Role

    SampleRows = tuple[tuple[str, str, str, Role], ...]
    Play = Callable[[Sound], None]

RESULTS_EVERY_S = 5.0


def silent(sound: Sound) -> None:
    """Plays nothing."""


def make_station(
    store: Store,
    settings: Settings,
    directory: Path,
    *,
    results: Results,
    sample_people: SampleRows = (),
    play: Play = silent,
) -> Station:
    """The station on an open store, with the devices of its settings; nothing is opened yet. Raises ConfigError, SecretError."""
    from db import sqlite
    from station.core.state import Rules
    from station.gate_keeper import GateKeeper
    from station.runner.parts import Parts
    from station.runner.station import Station
    from station.scan_forms import FILE, ScanForms
    from station.secret import open_pepper
    from station.store_watch import StoreWatch
    from station.wear import intervals_of

    machine = settings.machine
    watch = StoreWatch()
    scanners = scanners_of(settings.scanner)
    bay_pointer = pointer_of(settings.pointer, directory)
    parts = Parts(
        station=settings.station.name,
        opening=machine.opening,
        machine=machine.name,
        simulated=machine.simulated,
        ledger=store,
        library=store,
        lift=lift_of(machine),
        gate_keeper=GateKeeper(store, store, open_pepper(directory)),
        scanners=scanners,
        forms=ScanForms(directory / FILE, settings.wedge),
        display=display_of(settings.display),
        pointer=bay_pointer.pointer,
        teachable=bay_pointer.teachable,
        taught=bay_pointer.taught,
        totes=totes_of(settings.totes),
        scale=scale_of(settings.scale),
        rules=Rules(
            return_by_badge_s=settings.sign_on.return_by_badge_s,
            pin_length=settings.sign_on.pin_length,
            sample_people=sample_people,
            may_prefetch=machine.prefetch == "on" and machine.kind == "lift",
            stop_causes=stop_causes(machine),
            keeps_bin=machine.kind == "carousel",
            motion_limits_s=motion_limits_s(machine),
            precision=precision_of(settings.scale),
        ),
        intervals=intervals_of(settings),
        idle_lock_s=settings.sign_on.idle_lock_s,
        play=play,
        sqlite=sqlite.library().sqlite_version,
        chores=(*make_chores(results), *make_upkeep(store, settings, directory, watch)),
        watch=watch,
        recordings=directory / "recordings",
    )
    return Station(parts)


def stop_causes(machine: MachineSettings) -> dict[str, str]:
    """What the machine's own codes mean, as far as the settings say."""
    named = {machine.curtain_code: "light_curtain", machine.e_stop_code: "e_stop"}
    return {code: cause for code, cause in named.items() if code}


def make_chores(results: Results) -> tuple[Chore, ...]:
    """What a running station does by itself for the host: results out, acknowledgements in."""
    from station.chores import Chore

    return (
        Chore("results", RESULTS_EVERY_S, results.export, ends_with=True),
        Chore("acknowledgements", RESULTS_EVERY_S, results.collect_acknowledged),
    )
