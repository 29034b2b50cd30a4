"""A machine behind Modula Link, as a port."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.config import LiftConfig
from hardware.devices.modula_link.dialect import ModulaDialect
from hardware.devices.modula_link.layer import ModulaLayer
from hardware.devices.modula_link.messages import Answer
from hardware.lift.driver import Clock, LiftDriver
from hardware.lift.polled import PolledExchange
from hardware.serial_link import Link, LinkListener


def make_modula_lift(
    config: LiftConfig,
    *,
    make_link: Callable[[LinkListener[Answer]], Link] | None = None,
    clock: Clock = time.monotonic,
) -> LiftDriver[Answer]:
    """The port, not yet opened. Raises ConfigError for an opening that is none."""
    exchange: PolledExchange[Answer] = PolledExchange(config, ModulaDialect(config))
    return LiftDriver(config, exchange, ModulaLayer(), make_link=make_link, clock=clock)
