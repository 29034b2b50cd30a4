"""A machine of the program's own, for settings that name a simulated machine and no line: it stands beside the store as the
demo's does, and ends with the program that started it. What it holds, it remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from station.settings import Settings
from ui.demo.machine import Device, StartingDevice, end_device, start_device

TRIAL_SEED = 1


class OwnMachine:
    """The machine of one data directory, started when it is first asked for. Its calls block for a moment."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._begun: tuple[StartingDevice, Device] | None = None

    def url(self, protocol: str) -> str:
        """Where it is. Raises MachineError."""
        if self._begun is None:
            starting = start_device(self._directory, protocol, speed=1.0, seed=TRIAL_SEED)
            self._begun = starting, starting.ready()
        return self._begun[1].url

    def end(self) -> None:
        """It ends, if it was started."""
        if self._begun is not None:
            end_device(*self._begun)
            self._begun = None


def has_own_machine(settings: Settings) -> bool:
    """Whether the settings say that the machine is none, and no line to one."""
    machine = settings.machine
    return bool(machine.simulated) and not machine.url and not machine.pod


@contextmanager
def with_own_machine(settings: Settings, directory: Path) -> Iterator[Settings]:
    """The settings with the line to their own machine, where they have one, until the block ends. Raises MachineError."""
    if not has_own_machine(settings):
        yield settings
        return
    own = OwnMachine(directory)
    try:
        yield replace(settings, machine=replace(settings.machine, url=own.url(settings.machine.protocol)))
    finally:
        own.end()
