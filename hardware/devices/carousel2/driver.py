"""A carousel behind the two-byte protocol, as a port."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.config import LiftConfig
from hardware.devices.carousel2.dialect import Carousel2Dialect
from hardware.devices.carousel2.layer import Carousel2Layer
from hardware.devices.carousel2.messages import Answer
from hardware.lift.driver import Clock, LiftDriver
from hardware.lift.polled import PolledExchange
from hardware.serial_link import Link, LinkListener


def make_carousel2_lift(
    config: LiftConfig,
    *,
    make_link: Callable[[LinkListener[Answer]], Link] | None = None,
    clock: Clock = time.monotonic,
) -> LiftDriver[Answer]:
    """The port, not yet opened. The protocol knows one access: the opening is a name only."""
    exchange: PolledExchange[Answer] = PolledExchange(config, Carousel2Dialect(config.carousel2))
    return LiftDriver(config, exchange, Carousel2Layer(), make_link=make_link, clock=clock)
