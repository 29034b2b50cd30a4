"""A Hänel machine behind HOST-COM macro telegrams, as a port."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.config import LiftConfig
from hardware.devices.hostcom.exchange import HostComExchange
from hardware.devices.hostcom.layer import HostComLayer
from hardware.devices.hostcom.messages import END, Answer
from hardware.lift.driver import Clock, LiftDriver
from hardware.link_3964r.layer import carried
from hardware.serial_link import Link, LinkListener


def make_hostcom_lift(
    config: LiftConfig,
    *,
    make_link: Callable[[LinkListener[Answer]], Link] | None = None,
    clock: Clock = time.monotonic,
    first_number: int | None = None,
) -> LiftDriver[Answer]:
    """The port, not yet opened. `first_number`: where its questions begin to count; None takes it from the system's time, so that
    two runs do not begin alike. Raises ConfigError for an opening that is no `LIFT-ACCESS`."""
    number = int(time.time()) if first_number is None else first_number
    exchange = HostComExchange(config, first_number=number)
    layer = carried(HostComLayer(), config, text_end=END)
    return LiftDriver(config, exchange, layer, make_link=make_link, clock=clock)
