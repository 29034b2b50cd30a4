"""A machine of the program's own, for settings that name a simulated machine and no line: it stands beside the store, as the
demo's does, and ends by itself once nobody has used it for a minute."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from station.settings import Settings
from ui.demo.machine import start_device

TRIAL_SEED = 1


def has_own_machine(settings: Settings) -> bool:
    """Whether the settings say that the machine is none, and no line to one."""
    machine = settings.machine
    return bool(machine.simulated) and not machine.url and not machine.pod


def start_own_machine(directory: Path, protocol: str) -> str:
    """The address of the machine that stands beside this store; started where it does not run. Raises MachineError. Blocks."""
    return start_device(directory, protocol, speed=1.0, seed=TRIAL_SEED).ready().url


def with_own_machine(settings: Settings, directory: Path) -> Settings:
    """The settings with the line to their own machine, where they have one. Raises MachineError. Blocks."""
    if not has_own_machine(settings):
        return settings
    url = start_own_machine(directory, settings.machine.protocol)
    return replace(settings, machine=replace(settings.machine, url=url))
