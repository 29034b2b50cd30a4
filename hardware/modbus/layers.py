"""Which of the two framings a line speaks."""

from __future__ import annotations

from hardware.config import ConfigError, PortConfig
from hardware.line_layer import LineLayer
from hardware.modbus.content import Answered
from hardware.modbus.rtu_layer import RtuLayer
from hardware.modbus.tcp_layer import TcpLayer
from hardware.modbus.timing import ModbusTiming

FRAMINGS = ("auto", "rtu", "tcp")


def make_layer(port: PortConfig, framing: str, *, timing: ModbusTiming, has_echo: bool = False) -> LineLayer[Answered]:
    """`auto` is Modbus TCP on a `socket://` URL and RTU on everything else. Raises ConfigError for another word."""
    if framing not in FRAMINGS:
        raise ConfigError("modbus", framing, " | ".join(FRAMINGS))
    is_socket = port.url.lower().startswith("socket://")
    if framing == "tcp" or (framing == "auto" and is_socket):
        return TcpLayer(timing)
    return RtuLayer(port.serial, timing, has_echo=has_echo)
