"""A register map as frozen values; each field says beside its default what is allowed. How it is read: `map_file`.

There is no field for resetting an alarm, a safety state or an E-stop, and there must never be one: a station that could clear a
safety state would do so one day with somebody's arm in the machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from hardware.devices.register_map.places import Place
from hardware.devices.register_map.rules import choice, flag, place, seconds, span, text, whole, words
from hardware.values import Instruction

CODE_TEXT = "letters and digits, at most 12"
CODE = r"[0-9A-Za-z]{1,12}"
OPENING = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"
E_STOP = "ESTOP"


class Means(Enum):
    """What a value of the state word says of the machine. The rest of the words are `Instruction`s."""

    READY = "ready"
    MOVING = "moving"
    ARRIVED = "arrived"
    NOT_READY = "not_ready"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """[map]"""

    name: str = text(..., pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}", allowed="a name, at most 31")
    machine: str = choice("lift", "lift", "carousel")
    unit: int = whole(1, 1, 247)
    first_address: int = whole(0, 0, 1)
    trays: tuple[int, int] = span(..., 1, 65_535)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """[line]"""

    response_s: float = seconds(1.0, 0.05, 10.0)
    late_s: float = seconds(1.0, 0.0, 10.0)
    echo: bool = flag(False)
    gap: int = whole(0, 0, 32)
    write: str = choice("block", "block", "single")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """[command]: everything that is ever written."""

    start: str = choice(..., "pulse", "number", "code")
    tray: Place = place(..., "written_register")
    opening: Place | None = place(None, "written_register")
    number: Place | None = place(None, "written_register")
    x_mm: Place | None = place(None, "written_register")
    y_mm: Place | None = place(None, "written_register")
    light: Place | None = place(None, "written_bit")
    code: Place | None = place(None, "written_register")
    fetch_code: int | None = whole(None, 0, 65_535)
    store_code: int | None = whole(None, 0, 65_535)
    point_code: int | None = whole(None, 0, 65_535)
    fetch: Place | None = place(None, "written_bit")
    store: Place | None = place(None, "written_bit")
    point: Place | None = place(None, "written_bit")
    pulse_s: float = seconds(0.5, 0.05, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """[state]: what is read of the machine, beside its alarms."""

    tray: Place = place(..., "register")
    opening: Place | None = place(None, "register")
    number: Place | None = place(None, "register")
    word: Place | None = place(None, "register")
    moving: Place | None = place(None, "bit")
    ready: Place | None = place(None, "bit")
    manual: Place | None = place(None, "bit")
    operator: Place | None = place(None, "bit")
    gave_up: Place | None = place(None, "bit")
    e_stop: Place | None = place(None, "bit")
    e_stop_code: str = text(E_STOP, pattern=CODE, allowed=CODE_TEXT)
    settle_s: float = seconds(3.0, 0.5, 60.0)
    quick_s: float = seconds(0.25, 0.05, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """[words]: the values of the state word."""

    ready: tuple[int, ...] = words()
    moving: tuple[int, ...] = words()
    arrived: tuple[int, ...] = words()
    not_ready: tuple[int, ...] = words()
    gave_up: tuple[int, ...] = words()
    press_return: tuple[int, ...] = words()
    close_door: tuple[int, ...] = words()
    open_door: tuple[int, ...] = words()
    insert_tray: tuple[int, ...] = words()
    take_tray_out: tuple[int, ...] = words()
    look_at_panel: tuple[int, ...] = words()
    other_access_busy: tuple[int, ...] = words()

    def meaning(self, value: int) -> Means | Instruction | None:
        """None for a value the map does not name."""
        kinds: tuple[type[Means] | type[Instruction], ...] = (Means, Instruction)
        known: list[Any] = [each for kind in kinds for each in kind]
        return next((each for each in known if value in getattr(self, each.value)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmBits:
    """[[alarm]]: one bit or `count` of them in a row; the codes then count up (M200, M201, ...)."""

    at: Place = place(..., "bit")
    code: str = text(..., pattern=CODE, allowed=CODE_TEXT)
    count: int = whole(1, 1, 256)
    safety: bool = flag(True)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One bit. `is_safety`: the machine stands for safety while it is on; else it is only not ready."""

    at: Place
    code: str
    is_safety: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterMap:
    """One machine's registers, checked. `openings` is empty where the PLC knows only one."""

    map: Basics
    command: Command
    state: State
    line: Line = field(default_factory=Line)
    words: Words = field(default_factory=Words)
    alarms: tuple[Alarm, ...] = ()
    openings: dict[str, int] = field(default_factory=dict)

    @property
    def has_light(self) -> bool:
        """Whether a command can show a place."""
        return any(place is not None for place in (self.command.x_mm, self.command.y_mm, self.command.light))

    @property
    def written(self) -> dict[str, Place]:
        """Every place that is ever written, by its key in [command]."""
        return _places(self.command)

    @property
    def read(self) -> dict[str, Place]:
        """Every place that is read, by its key."""
        alarms = {f"alarm.{alarm.code}": alarm.at for alarm in self.alarms}
        return self.state_places | alarms

    @property
    def state_places(self) -> dict[str, Place]:
        """Every place of [state], by its key."""
        return {f"state.{key}": each for key, each in _places(self.state).items()}


def _places(section: Command | State) -> dict[str, Place]:
    values = ((name, getattr(section, name)) for name in section.__dataclass_fields__)
    return {name: value for name, value in values if isinstance(value, Place)}


SECTIONS: dict[str, type[Any]] = {
    "map": Basics,
    "line": Line,
    "command": Command,
    "state": State,
    "words": Words,
    "alarm": AlarmBits,
}
