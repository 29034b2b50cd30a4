"""What one call of the procedure brought about, gathered while it works."""

from __future__ import annotations

from dataclasses import dataclass, field

from hardware.errors import LINE_NO_ANSWER
from hardware.line_layer import Trouble, Unacknowledged


@dataclass(slots=True)
class Turn:
    """`write` goes out now; `heard` are contents of blocks and troubles in their order; `frames` are what was on the line: single
    control characters, blocks from after their STX to the check character, noise; `retries` counts what was tried once more."""

    write: bytearray = field(default_factory=bytearray)
    heard: list[bytes | Trouble] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    retries: int = 0

    def say(self, char: int) -> None:
        self.write.append(char)

    def saw(self, char: int) -> None:
        """A control character for the recorder."""
        self.frames.append(bytes((char,)))

    def trouble(self, code: str, message: str) -> None:
        self.heard.append(Trouble(code, message))

    def unacknowledged(self, content: bytes) -> None:
        """This block has left, and nobody knows whether it was taken."""
        message = "a block was not acknowledged: it may be taken twice"
        self.heard.append(Unacknowledged(LINE_NO_ANSWER, message, text=content))
