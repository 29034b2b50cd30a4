"""The status bar: who works here, and how the devices do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.values import Role


class Light(StrEnum):
    """A device's state in the status bar; each has its own shape as well as its colour."""

    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"
    OFF = "off"  # not configured


@dataclass(frozen=True, slots=True)
class DeviceLight:
    device: str  # machine | scanner | display | pointer | totes | scale | printer | store
    light: Light
    code: str = ""


@dataclass(frozen=True, slots=True)
class OperatorTag:
    """Who is signed on. `name` comes from the erasable table and is shown only; `language` is "" for the station's."""

    person: str
    name: str
    role: Role
    language: str = ""
