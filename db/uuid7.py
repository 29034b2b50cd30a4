"""UUIDv7 (RFC 9562) that never runs backwards: ids sort in the order they were made, also after the clock stepped back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

_COUNTER_MAX = 0xFFF  # rand_a, 12 bits


@dataclass(frozen=True, slots=True)
class Uuid7:
    """The last id made, as its millisecond and the counter kept in rand_a. `next` gives the id after it."""

    last_ms: int = 0
    counter: int = 0

    @classmethod
    def after(cls, text: str) -> Uuid7:
        """Continue after an id of an earlier run."""
        number = UUID(text).int
        return cls(last_ms=number >> 80, counter=(number >> 64) & _COUNTER_MAX)

    def next(self, now_ms: int) -> tuple[str, Uuid7]:
        """The next id, and the state to ask for the one after it."""
        if now_ms > self.last_ms:
            last_ms, counter = now_ms, 0
        elif self.counter < _COUNTER_MAX:
            last_ms, counter = self.last_ms, self.counter + 1
        else:
            last_ms, counter = self.last_ms + 1, 0
        number = last_ms << 80 | 7 << 76 | counter << 64 | 2 << 62 | secrets.randbits(62)
        digits = f"{number:032x}"
        text = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
        return text, Uuid7(last_ms, counter)


def later(one: Uuid7, other: Uuid7) -> Uuid7:
    """The one whose ids come after those of the other."""
    return max(one, other, key=lambda each: (each.last_ms, each.counter))
