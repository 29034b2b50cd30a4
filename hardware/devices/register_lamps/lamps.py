"""What each lamp should show and what it is known to show, pure. One register of one unit a lamp; a second one for its digits.

A lamp keeps what was written last, so what it shows is read back: one that lost its power, or was switched by hand, is written
again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hardware.modbus.replies import Refusal, Registers, Reply, Written
from hardware.modbus.requests import Function, ReadRegisters, Request, WriteRegister

_WHOLE = re.compile(r"([0-9]+)(?![.,])[^0-9]*")  # with or without a unit
MOST_SHOWN = 0xFFFF
PICK_IQ_REGISTER = 6000  # "output select", 6001 in the published map; that it lights the lamp nobody has verified


@dataclass(frozen=True, slots=True, kw_only=True)
class LampRegisters:
    """Addresses as they are on the wire, from 0. `digits` None: the lamps show no quantity. `key` None: they have no key; else
    the register that reads `pressed` while the key is held, and something else when it is not."""

    lamp: int
    on: int = 1
    off: int = 0
    digits: int | None = None
    key: int | None = None
    pressed: int = 1

    def __post_init__(self) -> None:
        words = (self.lamp, self.on, self.off, self.digits or 0, self.key or 0, self.pressed)
        fitted = [each for each in (self.lamp, self.digits, self.key) if each is not None]
        if not all(0 <= word <= 0xFFFF for word in words) or self.on == self.off or len(set(fitted)) < len(fitted):
            raise ValueError("addresses and values are 0 to 65535, each address once, and lit differs from dark")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to one unit."""

    unit: int
    request: Request


class LampRow:
    """`lamps` are positions and their units. Nothing is known of a lamp until it has answered."""

    def __init__(self, lamps: Mapping[str, int], registers: LampRegisters) -> None:
        if not lamps:
            raise ValueError("there are no lamps")
        if len(set(lamps.values())) != len(lamps) or not all(1 <= unit <= 247 for unit in lamps.values()):
            raise ValueError("each lamp has a unit of its own, 1 to 247")
        self._units = dict(lamps)
        self._registers = registers
        self._wanted = dict.fromkeys(lamps.values(), registers.off)
        self._known: dict[int, int] = {}
        self._digits: dict[int, int] = {}
        self._known_digits: dict[int, int] = {}
        self._failed: dict[int, str] = {}
        self._may_be_lit: set[int] = set()  # by its last word, or by what it was told last; outlives the line
        self._turn = 0
        self._down: dict[int, bool] = {}  # keys, as they were read last

    @property
    def fault(self) -> str:
        """Why some lamp is not known to obey: a code, "" when none has failed."""
        return next(iter(self._failed.values()), "")

    @property
    def is_proven(self) -> bool:
        """Whether every lamp has answered, each the last time it was asked."""
        return set(self._known) == set(self._wanted) and not self._failed

    @property
    def failed(self) -> frozenset[str]:
        """The positions whose lamps are not known to obey."""
        return frozenset(position for position, unit in self._units.items() if unit in self._failed)

    def knows(self, position: str) -> bool:
        return position in self._units

    @property
    def has_keys(self) -> bool:
        return self._registers.key is not None

    def keys(self) -> tuple[Ask, ...]:
        """A question for the key of each lamp that is to shine and answers: only there a press means something."""
        if self._registers.key is None:
            return ()
        asked = ReadRegisters(Function.READ_HOLDING_REGISTERS, self._registers.key, 1)
        return tuple(Ask(unit, asked) for unit in self._wanted if self._is_to_shine(unit) and unit not in self._failed)

    def pressed(self, unit: int, reply: Reply) -> str:
        """The position whose key went down since it was looked at last, "" for none. The first look at a key tells no press: it
        may be held since long before."""
        is_down = isinstance(reply, Registers) and reply.values == (self._registers.pressed,)
        was_down = self._down.get(unit, True)
        self._down[unit] = is_down
        return next((name for name, each in self._units.items() if each == unit), "") if is_down and not was_down else ""

    def want(self, lit: Mapping[str, str]) -> None:
        """These positions with their quantities, and no others."""
        units = {self._units[position]: quantity for position, quantity in lit.items() if position in self._units}
        self._wanted = {unit: self._registers.on if unit in units else self._registers.off for unit in self._wanted}
        self._digits = {unit: _digits_of(quantity) for unit, quantity in units.items()}

    def want_all(self) -> None:
        """Every lamp: the self-test."""
        self._wanted = dict.fromkeys(self._wanted, self._registers.on)
        self._digits = {}

    def forget(self) -> None:
        """The line is new: what the lamps show meanwhile is not known."""
        self._known.clear()
        self._known_digits.clear()
        self._failed.clear()
        self._down.clear()

    def due(self, *, is_urgent: bool = False) -> tuple[int, ...]:
        """The lamps that must be written now: dark before lit, and those that are known to answer before the others. While
        somebody waits (`is_urgent`) a lamp that has failed is left to the next look, unless it is the one to be lit, and one of
        which nothing is known comes last, unless it may still be lit: each time-out holds up the whole line."""
        due = [unit for unit in self._wanted if self._is_due(unit)]
        if not is_urgent:
            return tuple(sorted(due, key=lambda unit: (unit in self._failed, self._is_to_shine(unit), not self.answers(unit))))
        urgent = [unit for unit in due if unit not in self._failed or self._is_to_shine(unit)]
        return tuple(sorted(urgent, key=lambda unit: (self._urgency(unit), not self.answers(unit))))

    @property
    def is_light_due(self) -> bool:
        """Whether a lamp is still to be lit that has not failed."""
        return any(self._is_to_shine(unit) and self._is_due(unit) and unit not in self._failed for unit in self._wanted)

    def _urgency(self, unit: int) -> int:
        """0 first: two lamps must not shine at once, and one that is most likely dark must not hold up the light."""
        if self._is_to_shine(unit):
            return 1
        return 0 if self.answers(unit) or unit in self._may_be_lit else 2

    def _is_to_shine(self, unit: int) -> bool:
        return self._wanted[unit] == self._registers.on

    def answers(self, unit: int) -> bool:
        """Whether it has answered the last time it was asked."""
        return unit in self._known

    def writes(self, unit: int) -> tuple[Ask, ...]:
        """What one lamp must be told, a quantity before its light."""
        light = Ask(unit, WriteRegister(self._registers.lamp, self._wanted[unit]))
        if self._registers.digits is None or unit not in self._digits:
            return (light,)
        return (Ask(unit, WriteRegister(self._registers.digits, self._digits[unit])), light)

    def _is_due(self, unit: int) -> bool:
        digits = self._digits.get(unit) if self._registers.digits is not None else None
        shows_other = digits is not None and self._known_digits.get(unit) != digits
        return self._known.get(unit) != self._wanted[unit] or shows_other

    def question(self) -> Ask:
        """Read the next lamp back: each in its turn."""
        units = sorted(self._wanted)
        self._turn = (self._turn + 1) % len(units)
        return Ask(units[self._turn], ReadRegisters(Function.READ_HOLDING_REGISTERS, self._registers.lamp, 1))

    def answered(self, ask: Ask, reply: Reply, *, refused: str) -> None:
        """A lamp answered; `refused` is the code that a refusal stands for."""
        match ask.request, reply:
            case _, Refusal():
                self._known.pop(ask.unit, None)
                self._failed[ask.unit] = refused
            case ReadRegisters(), Registers((value,)):
                self._shows(ask.unit, value)
            case WriteRegister(address=address, value=value), Written() if address == self._registers.lamp:
                self._shows(ask.unit, value)
            case WriteRegister(value=value), Written():
                self._known_digits[ask.unit] = value

    def silent(self, ask: Ask, code: str) -> None:
        """A lamp did not answer; it may have obeyed."""
        self._known.pop(ask.unit, None)
        self._failed[ask.unit] = code
        if ask.request == WriteRegister(self._registers.lamp, self._registers.on):
            self._may_be_lit.add(ask.unit)

    def _shows(self, unit: int, value: int) -> None:
        self._known[unit] = value
        self._failed.pop(unit, None)
        if value == self._registers.off:
            self._may_be_lit.discard(unit)
        else:
            self._may_be_lit.add(unit)


def _digits_of(quantity: str) -> int:
    """What the digits show: a whole number that fits, else 0. A part of a quantity would be another one."""
    whole = _WHOLE.fullmatch(quantity)
    shown = int(whole[1]) if whole is not None else 0
    return shown if shown <= MOST_SHOWN else 0
