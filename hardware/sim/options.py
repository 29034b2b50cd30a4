"""What a simulated device is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hardware.config import ConfigError, parse_serial


class OptionError(ValueError):
    """An option that cannot be: the program was misused."""

    def __init__(self, option: str, value: str, allowed: str) -> None:
        super().__init__(f"{option} {value!r}: {allowed}")
        self.option = option
        self.value = value
        self.allowed = allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorOptions:
    """One simulated device.

    `protocol`, `map` and `link_layer` are checked against what there is (`hardware.sim.registry`); `priority` is our end's.
    `listen` is `tcp:PORT` (0 picks one, always 127.0.0.1) or `pty:LINK`; `control` is `tcp:PORT` or `unix:PATH`. `serial` is the
    line's speed, empty for one as fast as it can. `speed` divides machine motion only. `faults` are `NAME[=ARG][@S][+D]`.
    `linger_s` ends the program that long after the last client, None never.
    """

    protocol: str
    listen: str = "tcp:0"
    serial: str = ""
    map: str | None = None
    link_layer: str = ""
    priority: str = "low"
    machine_file: Path | None = None
    state_file: Path | None = None
    speed: float = 1.0
    faults: tuple[str, ...] = ()
    seed: int = 0
    linger_s: float | None = None
    control: str = "tcp:0"

    def check(self) -> None:
        """Raises OptionError for the first option that cannot be."""
        if self.priority not in ("high", "low"):
            raise OptionError("--priority", self.priority, "high or low")
        if not 0 < self.speed <= 10_000:
            raise OptionError("--speed", str(self.speed), "more than 0, at most 10000")
        try:
            parse_serial(self.serial)
        except ConfigError as error:
            raise OptionError("--serial", self.serial, error.allowed) from None
        check_address("--listen", self.listen, ("tcp", "pty"))
        check_address("--control", self.control, ("tcp", "unix"))


def check_address(option: str, text: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    """The kind and the rest of `kind:rest`. Raises OptionError."""
    kind, colon, rest = text.partition(":")
    is_port = rest.isdigit() and int(rest) < 65536
    if not colon or kind not in kinds or not rest or (kind == "tcp" and not is_port):
        raise OptionError(option, text, " or ".join(f"{name}:{'PORT' if name == 'tcp' else 'PATH'}" for name in kinds))
    return kind, rest
