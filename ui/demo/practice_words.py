"""What the window of a real bay and the process that practises tell each other: frames of pickled values over the child's pipes.

Both ends are this program, and one has started the other: nobody else speaks on these pipes.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Final

from station.commands import Command
from station.view.view import View

_LENGTH: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code, as a station takes it."""

    text: str
    source: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """A printed command that the station has read: it stands for a button of what is shown."""

    word: str


Word = Command | Scanned | Pressed | View


def frame_of(word: Word) -> bytes:
    """The word as it goes over the pipe."""
    body = pickle.dumps(word)
    return _LENGTH.pack(len(body)) + body


class Frames:
    """Puts together what comes in pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, piece: bytes) -> list[Word]:
        """The words that are whole with this piece, in their order."""
        self._rest += piece
        words: list[Word] = []
        while len(self._rest) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._rest)[0]
            if len(self._rest) < end:
                break
            words.append(pickle.loads(self._rest[_LENGTH.size : end]))
            self._rest = self._rest[end:]
        return words
