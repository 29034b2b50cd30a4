"""The parameters of one 3964R line, and what they mean for those who wait above it. The table is in docs/wire/3964r.md."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hardware.config import ConfigError, LiftConfig, LiftTiming, SerialSettings
from hardware.lift.times import longer

LINK_LAYERS = ("3964r", "3964")
PRIORITIES = ("high", "low")
LOST_IN_A_ROW = 2  # acknowledgements that may be lost one after the other before a line counts as silent


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """Defaults are those of 3964R; `settings_of` gives those of plain 3964. Both ends of a line must have the same, but for the
    priority, which must differ.

    `char_s` is how long one character is on the line; 0 where bytes are not paced (a socket). `most_bytes` limits the content.
    """

    has_bcc: bool = True
    is_high: bool = True
    ack_delay_s: float = 2.0  # QVZ, ADT
    char_delay_s: float = 0.22  # ZVZ, CDT
    block_wait_s: float = 4.0
    connection_attempts: int = 6
    transmission_attempts: int = 6
    buffer_wait_s: float = 0.4
    buffer_look_s: float = 0.05
    char_s: float = 0.0
    most_bytes: int = 4096

    @property
    def drop_after_s(self) -> float:
        """How long a block may wait for its first or next try: as long as one series of connection attempts takes."""
        return self.connection_attempts * self.ack_delay_s


def settings_of(link_layer: str, *, priority: str, char_s: float = 0.0) -> LinkSettings:
    """The settings of a line by the names of the station's settings. Raises ConfigError."""
    if link_layer not in LINK_LAYERS:
        raise ConfigError("link_layer", link_layer, " | ".join(LINK_LAYERS))
    if priority not in PRIORITIES:
        raise ConfigError("link_priority", priority, " | ".join(PRIORITIES))
    common = LinkSettings(is_high=priority == "high", char_s=char_s)
    return common if link_layer == "3964r" else replace(common, has_bcc=False, ack_delay_s=0.55)


def link_of(config: LiftConfig) -> LinkSettings:
    """The settings of a lift's line, which has a link layer. Raises ConfigError."""
    char_s = char_time_s(config.url, config.port.serial)
    return settings_of(config.link_layer, priority=config.link_priority, char_s=char_s)


def char_time_s(url: str, serial: SerialSettings) -> float:
    """How long a character is on the line: start, data, parity and stop bits. A socket has no speed of its own."""
    if url.lower().startswith("socket://"):
        return 0.0
    return (1 + serial.bits + (serial.parity != "N") + serial.stop) / serial.baud


def timing_over_link(timing: LiftTiming, link: LinkSettings) -> LiftTiming:
    """The time-outs of a lift whose telegrams go over this line.

    A command may leave as late as `drop_after_s`: who waits for its first answer must wait that long and then as long as on a
    bare line, or a command would count as unanswered that has not left yet. A lost acknowledgement costs one delay and no
    answer: two of them are no silent line.
    """
    return longer(timing, answer_s=link.drop_after_s, silence_s=LOST_IN_A_ROW * link.ack_delay_s)
