"""A lift or carousel behind a register map, as a port."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from hardware.config import ConfigError, LiftConfig, LiftTiming
from hardware.devices.register_map.dialect import RegisterMapDialect
from hardware.devices.register_map.map_file import load_map
from hardware.devices.register_map.reads import read_requests
from hardware.devices.register_map.register_map import RegisterMap
from hardware.lift.driver import Clock, LiftDriver
from hardware.lift.polled import PolledExchange
from hardware.lift.times import longer
from hardware.modbus.content import Answered
from hardware.modbus.layers import make_layer
from hardware.modbus.timing import ModbusTiming
from hardware.serial_link import Link, LinkListener

ASKED_IN_A_ROW = 4  # questions of one status, or one question and its repetitions


def make_register_map_lift(
    config: LiftConfig,
    *,
    make_link: Callable[[LinkListener[Answered]], Link] | None = None,
    clock: Clock = time.monotonic,
) -> LiftDriver[Answered]:
    """The port, not yet opened. Raises ConfigError: no map, a map that cannot be, an opening that it does not name."""
    if not config.map_file:
        raise ConfigError("map", "", "a register map: a file, or the name of one that comes with the program")
    found = load_map(config.map_file)
    if found.openings and config.opening not in found.openings:
        raise ConfigError("opening", config.opening, " | ".join(found.openings))
    config = replace(config, timing=timing_behind_plc(config.timing, found))
    timing = modbus_timing(found)
    dialect = RegisterMapDialect(found, opening=config.opening, modbus=timing)
    layer = make_layer(config.port, config.modbus, timing=timing, has_echo=found.line.echo)
    return LiftDriver(config, PolledExchange(config, dialect, has_light=found.has_light), layer, make_link=make_link, clock=clock)


def modbus_timing(found: RegisterMap) -> ModbusTiming:
    """A request waits for the line while a late answer is listened for, hence the patience."""
    line = found.line
    return ModbusTiming(response_s=line.response_s, late_s=line.late_s, patience_s=line.late_s + 0.5)


def timing_behind_plc(timing: LiftTiming, found: RegisterMap) -> LiftTiming:
    """The time-outs of a lift behind a PLC that is slower than usual: a request must not be given up while its answer may still
    come, or every answer belongs to the request before. A question may come just behind a status that is being read, and its own
    is read after that one: it waits for two."""
    usual = ModbusTiming()
    slower_s = max(0.0, found.line.response_s - usual.response_s) + max(0.0, found.line.late_s - usual.late_s)
    more_s = ASKED_IN_A_ROW * slower_s
    two_statuses_s = 2 * len(read_requests(found)) * found.line.response_s
    grown = longer(timing, answer_s=more_s, silence_s=more_s)
    return replace(grown, status_s=max(grown.status_s, two_statuses_s), accepted_s=max(grown.accepted_s, two_statuses_s))
