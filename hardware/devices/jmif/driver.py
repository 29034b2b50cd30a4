"""A Kardex machine behind JMIF telegrams, as a port."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.config import LiftConfig
from hardware.devices.jmif.exchange import JmifExchange
from hardware.devices.jmif.framing import END
from hardware.devices.jmif.layer import JmifLayer
from hardware.devices.jmif.messages import Answer
from hardware.lift.driver import Clock, LiftDriver
from hardware.link_3964r.layer import carried
from hardware.serial_link import Link, LinkListener


def make_jmif_lift(
    config: LiftConfig,
    *,
    make_link: Callable[[LinkListener[Answer]], Link] | None = None,
    clock: Clock = time.monotonic,
    unix_offset_s: float | None = None,
) -> LiftDriver[Answer]:
    """The port, not yet opened. `unix_offset_s`: unix time minus the clock's, for the pings' ids; None asks the system."""
    offset_s = time.time() - clock() if unix_offset_s is None else unix_offset_s
    layer = carried(JmifLayer(), config, text_end=END)
    return LiftDriver(config, JmifExchange(config, unix_offset_s=offset_s), layer, make_link=make_link, clock=clock)
