"""The catalogue of troubles: `NAME[=ARG[~JITTER]][@S][+D]`, on S seconds after the start, for D seconds. docs/wire/simulator.md.

A fault of the line or its plug is for every device (`hardware.sim.faulty_line`, `hardware.sim.line`), the others for the devices
that name them. `random=N` is no fault but a schedule of N faults a minute, drawn from the seed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from enum import Enum

from hardware.sim.options import OptionError

RANDOM = "random"
RANDOM_FOR_S = 3600.0  # a schedule ends after this
_FAULT = re.compile(
    r"(?P<name>\w+)(?:=(?P<arg>[0-9.]+)(?:[~±](?P<jitter>[0-9.]+))?)?"
    r"(?:@(?P<at>[0-9.]+))?(?:\+(?P<lasting>[0-9.]+))?"
)


class Where(Enum):
    """Who has a fault."""

    LINE = "line"
    PLUG = "plug"
    DEVICE = "device"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class FaultKind:
    """`default` is the argument when it is left out, `unit` what it counts. A schedule draws the argument between `drawn`, and
    switches off again what does not end by itself (`stays`); what has no `drawn` is never drawn."""

    name: str
    where: Where
    default: float = 0.0
    unit: str = ""
    drawn: tuple[float, float] | None = None
    stays: bool = False


CATALOGUE = (
    FaultKind("byte_drop", Where.LINE, 0.01, "probability of each byte, both ways", (0.001, 0.05), stays=True),
    FaultKind("bit_flip", Where.LINE, 0.01, "probability of each byte, both ways", (0.001, 0.05), stays=True),
    FaultKind("dup_byte", Where.LINE, 0.01, "probability of each byte, both ways", (0.001, 0.05), stays=True),
    FaultKind("split_1B", Where.LINE, drawn=(0, 0), stays=True),
    FaultKind("coalesce", Where.LINE, 0.05, "seconds in which answers are gathered", (0.02, 0.2), stays=True),
    FaultKind("delay", Where.LINE, 0.2, "seconds before each answer", (0.02, 0.5), stays=True),
    FaultKind("stall", Where.LINE, 2.0, "seconds without a byte from us on an open line", (0.5, 3.0)),
    FaultKind("half_open", Where.LINE, drawn=(0, 0), stays=True),
    FaultKind("garbage_on_open", Where.LINE, 200.0, "bytes", (1, 400), stays=True),
    FaultKind("rx_buffer", Where.LINE, 64.0, "bytes that our end takes between two looks", stays=True),
    FaultKind("unplug", Where.PLUG, 2.0, "seconds without a line", (0.3, 3.0)),
    FaultKind("replug_same", Where.PLUG, 2.0, "seconds without a line", (0.3, 3.0)),
    FaultKind("replug_other_name", Where.PLUG, 2.0, "seconds without a line"),
    FaultKind("wrong_checksum", Where.DEVICE, 1.0, "frames", (1, 3)),
    FaultKind("wrong_address", Where.DEVICE, 1.0, "frames", (1, 3)),
    FaultKind("wrong_seq", Where.DEVICE, 1.0, "frames", (1, 3)),
    FaultKind("lost_dle", Where.DEVICE, 1.0, "blocks that are taken and not acknowledged", (1, 2)),
    FaultKind("conflict", Where.DEVICE, 1.0, "starts of ours that meet one of theirs", (1, 2)),
    FaultKind("nak_first", Where.DEVICE, 1.0, "starts of theirs that are refused", (1, 2)),
    FaultKind("ssi_lost_ack", Where.DEVICE, 1.0, "acknowledgements of the host that do not arrive", (1, 2)),
    FaultKind("ssi_nak", Where.DEVICE, 1.0, "commands of the host that arrive damaged", (1, 2)),
    FaultKind("answer_to_old_id", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("double_answer", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("never_arrive", Where.DEVICE, 1.0, "commands whose end is never told", (1, 1)),
    FaultKind("arrive_wrong_tray", Where.DEVICE, 1.0, "fetches", (1, 1)),
    FaultKind("arrive_early", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("power_cycle_mid_move", Where.DEVICE, 2.0, "seconds without power", (0.5, 3.0)),
    FaultKind("e_stop", Where.DEVICE, 2.0, "seconds pressed, then released and reset", (0.5, 3.0)),
    FaultKind("curtain", Where.DEVICE, 2.0, "seconds broken, then freed and reset", (0.5, 3.0)),
    FaultKind("manual_key", Where.DEVICE, 2.0, "seconds in manual", (0.5, 3.0)),
    FaultKind("overweight", Where.DEVICE, 2.0, "seconds from the refused store until goods are taken off and reset", (0.5, 3.0)),
    FaultKind("too_high", Where.DEVICE, 2.0, "seconds from the refused store until goods are taken off and reset", (0.5, 3.0)),
    FaultKind("display_silent", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scanner_double_read", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scanner_no_suffix", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scanner_layout_DE", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scanner_GS_lost", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("two_scanners_interleaved", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scale_unsteady", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scale_busy", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("scale_pan_lifted", Where.DEVICE, drawn=(0, 0), stays=True),
    FaultKind("gui_stall", Where.STATION),
)
KNOWN = {kind.name: kind for kind in CATALOGUE}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a script. `for_s` None: until it ends by itself or is switched off."""

    name: str
    argument: float
    at_s: float = 0.0
    jitter: float = 0.0
    for_s: float | None = None

    @property
    def kind(self) -> FaultKind:
        return KNOWN[self.name]

    def __str__(self) -> str:
        """As `parse_fault` reads it."""
        jitter = f"~{self.jitter:g}" if self.jitter else ""
        lasting = "" if self.for_s is None else f"+{self.for_s:g}"
        return f"{self.name}={self.argument:g}{jitter}@{self.at_s:g}{lasting}"


def parse_fault(text: str) -> Fault:
    """Raises OptionError for a fault nobody knows, and for one that no simulated device can have."""
    match = _FAULT.fullmatch(text)
    if match is None or match["name"] not in KNOWN:
        raise OptionError("--fault", text, f"NAME[=ARG][@S][+D] with NAME one of {', '.join(KNOWN)}, or {RANDOM}=N")
    kind = KNOWN[match["name"]]
    if kind.where is Where.STATION:
        raise OptionError("--fault", text, "a fault of the station's window: `baylight bench hardware` keeps its thread busy")
    if match["jitter"] and kind.name != "delay":
        raise OptionError("--fault", text, "only delay has a jitter")
    try:
        argument = kind.default if match["arg"] is None else float(match["arg"])
        lasting = None if match["lasting"] is None else float(match["lasting"])
        return Fault(kind.name, argument, float(match["at"] or 0), float(match["jitter"] or 0), lasting)
    except ValueError:
        raise OptionError("--fault", text, "ARG, S and D are numbers") from None


def script_of(texts: tuple[str, ...], *, seed: int, own: frozenset[str]) -> tuple[Fault, ...]:
    """The faults of the options for a device that has these of its own; `random=N` becomes its schedule. Raises OptionError."""
    faults: list[Fault] = []
    for text in texts:
        name, _, rate = text.partition("=")
        if name == RANDOM:
            faults += _schedule(text, rate, seed=seed, own=own)
        else:
            faults.append(check_fault(parse_fault(text), own))
    return tuple(faults)


def check_fault(fault: Fault, own: frozenset[str]) -> Fault:
    """Raises OptionError for a fault that the device cannot have."""
    if fault.kind.where is Where.DEVICE and fault.name not in own:
        raise OptionError("--fault", fault.name, f"not for this device; of its own it has {', '.join(sorted(own)) or 'none'}")
    return fault


def _schedule(text: str, rate: str, *, seed: int, own: frozenset[str]) -> list[Fault]:
    """The same for the same seed, rate and device. Times in hundredths, so that what is printed is what happens."""
    try:
        mean_s = 60.0 / float(rate)
    except (ValueError, ZeroDivisionError):
        raise OptionError("--fault", text, f"{RANDOM}=N with N faults a minute") from None
    if not mean_s >= 0.01:
        raise OptionError("--fault", text, f"{RANDOM}=N with at most 6000 faults a minute")
    draw = random.Random(f"{seed}:{rate}")
    kinds = [kind for kind in CATALOGUE if kind.drawn and (kind.where is not Where.DEVICE or kind.name in own)]
    faults, at_s = [], draw.expovariate(1 / mean_s)
    while at_s < RANDOM_FOR_S:
        faults.append(_drawn(draw, draw.choice(kinds), at_s))
        at_s += draw.expovariate(1 / mean_s)
    return faults


def _drawn(draw: random.Random, kind: FaultKind, at_s: float) -> Fault:
    least, most = kind.drawn or (0.0, 0.0)
    argument = float(f"{draw.uniform(least, most):.3g}")
    if least >= 1:  # a count
        argument = float(round(argument))
    return Fault(kind.name, argument, round(at_s, 2), for_s=round(draw.uniform(0.5, 5.0), 2) if kind.stays else None)


class FaultPlan:
    """Which faults are on: those given from the start; the server switches others at their time. The line and the device ask."""

    def __init__(self, faults: tuple[Fault, ...] = (), *, seed: int) -> None:
        self._on: dict[str, Fault] = {}
        self._left: dict[str, float] = {}
        self.random = random.Random(seed)
        for fault in faults:
            self.turn_on(fault.name, fault.argument, jitter=fault.jitter)

    def turn_on(self, name: str, argument: float | None = None, *, jitter: float = 0.0) -> None:
        argument = KNOWN[name].default if argument is None else argument
        self._on[name] = Fault(name, argument, jitter=jitter)
        self._left[name] = argument

    def turn_off(self, name: str) -> None:
        self._on.pop(name, None)
        self._left.pop(name, None)

    def is_on(self, name: str) -> bool:
        return name in self._on

    def argument(self, name: str) -> float:
        """Raises KeyError for one that is not on."""
        return self._on[name].argument

    def jitter(self, name: str) -> float:
        return self._on[name].jitter

    def is_any_on(self, names: frozenset[str]) -> bool:
        return not names.isdisjoint(self._on)

    def chance(self, name: str) -> bool:
        """Whether a fault with a probability strikes now."""
        fault = self._on.get(name)
        return fault is not None and self.random.random() < fault.argument

    def take(self, name: str) -> bool:
        """Use one of a counted fault's turns; after the last it is off."""
        left = self._left.get(name, 0.0)
        if left < 1:
            return False
        self._left[name] = left - 1
        if self._left[name] < 1:
            self.turn_off(name)
        return True

    def garbage(self) -> bytes:
        """Noise of a line that is plugged in; the same for the same seed."""
        fault = self._on.get("garbage_on_open")
        return self.random.randbytes(int(fault.argument)) if fault else b""
