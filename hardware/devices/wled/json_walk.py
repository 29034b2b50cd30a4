"""Where the objects of a JSON text begin and end, byte by byte, pure. Each byte is looked at a fixed number of times at most.

The walk knows the grammar of objects, arrays and strings, and says at which byte a text stops being JSON. Numbers and words are
only cut, not judged: whoever wants an object decodes it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

SPACES = b" \t\r\n"
SCALAR = frozenset(b"+-.0123456789eEtrufalsnNIity")  # of numbers, true, false, null, NaN, Infinity


class _Due(Enum):
    """What may come next."""

    VALUE = "value"
    FIRST_ITEM = "first_item"  # or the end of the array
    FIRST_KEY = "first_key"  # or the end of the object
    KEY = "key"
    COLON = "colon"
    MORE = "more"  # a comma, or the end
    SCALAR = "scalar"
    TEXT = "text"
    ESCAPED = "escaped"


@dataclass(slots=True)
class Opened:
    """An object or array that is not closed yet. `objects` are the keys whose value is an object."""

    start: int
    is_object: bool
    key: bytes = b""
    objects: set[bytes] = field(default_factory=set)


class JsonWalk:
    """One text. Positions are those that the caller counts."""

    def __init__(self) -> None:
        self._open: deque[Opened] = deque()
        self._due = _Due.VALUE
        self._is_key = False
        self._key = bytearray()
        self.closed: Opened | None = None

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    def forget_before(self, start: int) -> None:
        """What began before this place is not waited for any more; what began later inside it is."""
        while self._open and self._open[0].start < start:
            self._open.popleft()

    def step(self, byte: int, at: int) -> bool:
        """Take the byte at this position; False: no JSON goes on so. `closed` is the object that it ended, if any."""
        self.closed = None
        if self._due in (_Due.TEXT, _Due.ESCAPED):
            return self._text(byte)
        if self._due is _Due.SCALAR:
            if byte in SCALAR:
                return True
            self._due = _Due.MORE
        return byte in SPACES or self._token(byte, at)

    def _token(self, byte: int, at: int) -> bool:
        match self._due, chr(byte):
            case ((_Due.FIRST_KEY | _Due.KEY), '"'):
                self._begin_text(is_key=True)
            case _Due.COLON, ":":
                self._due = _Due.VALUE
            case ((_Due.VALUE | _Due.FIRST_ITEM), '"'):
                self._begin_text(is_key=False)
            case ((_Due.VALUE | _Due.FIRST_ITEM), "{"):
                self._begin(at, is_object=True)
            case ((_Due.VALUE | _Due.FIRST_ITEM), "["):
                self._begin(at, is_object=False)
            case ((_Due.VALUE | _Due.FIRST_ITEM), _) if byte in SCALAR:
                self._due = _Due.SCALAR
            case _Due.MORE, ",":
                self._due = _Due.KEY if self._open[-1].is_object else _Due.VALUE
            case ((_Due.MORE | _Due.FIRST_KEY), "}") if self._open[-1].is_object:
                self._end()
            case ((_Due.MORE | _Due.FIRST_ITEM), "]") if not self._open[-1].is_object:
                self._end()
            case _:
                return False
        return True

    def _begin(self, at: int, *, is_object: bool) -> None:
        if is_object and self._open and self._open[-1].is_object:
            self._open[-1].objects.add(self._open[-1].key)
        self._open.append(Opened(at, is_object))
        self._due = _Due.FIRST_KEY if is_object else _Due.FIRST_ITEM

    def _end(self) -> None:
        ended = self._open.pop()
        self.closed = ended if ended.is_object else None
        self._due = _Due.MORE

    def _begin_text(self, *, is_key: bool) -> None:
        self._is_key, self._due = is_key, _Due.TEXT
        self._key.clear()

    def _text(self, byte: int) -> bool:
        if byte < 0x20:
            return False
        if self._is_key:
            self._key.append(byte)
        if self._due is _Due.ESCAPED:
            self._due = _Due.TEXT
        elif byte == ord("\\"):
            self._due = _Due.ESCAPED
        elif byte == ord('"'):
            if self._is_key:
                self._open[-1].key = bytes(self._key[:-1])
            self._due = _Due.COLON if self._is_key else _Due.MORE
        return True
