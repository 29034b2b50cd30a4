"""Bytes of the machine to telegrams, without I/O and without a clock. There is no length and no checksum.

A telegram begins with `*G` and has four parts, each closed by `$`; it ends with the fourth `$`. What follows must be a line end
(which some texts show and some do not), the next telegram, or silence: bytes right behind the fourth `$` mean that this was not
the end, and the whole is noise.

What the line does to us, and what happens then:
- split anywhere, or several in one read: telegrams come out whole, each once
- line ends, NUL and spaces between telegrams: dropped
- a new `*G` inside a telegram: what came before it is noise, the new one counts
- a control character inside a telegram: what came before it is noise
- more than MOST_BYTES without an end: noise, reported once, up to the next `*G`
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 512  # our choice; the longest published telegram has some 70
START = b"*G"
PARTS = 4
_BETWEEN = b"\r\n\x00 "
_CONTROLS = frozenset(range(0x20)) | {0x7F}


@dataclass(frozen=True, slots=True)
class Telegram:
    """One whole telegram, from `*G` to its last `$`."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no telegram. At most MOST_BYTES of them are kept."""

    raw: bytes


Found = Telegram | Noise


class TelegramFramer:
    """Feed it what was read; it says what is complete."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._is_skipping = False

    @property
    def waits_for_silence(self) -> bool:
        """Whether `silence` would find something: a telegram whose end nothing has followed yet, or noise."""
        if self._rest.startswith(START):
            return _end_of(self._rest) is not None
        return self._rest not in (bytearray(), bytearray(b"*"))

    def reset(self) -> None:
        """A new connection: the half telegram of the old one is gone."""
        self._rest.clear()
        self._is_skipping = False

    def feed(self, data: bytes) -> tuple[Found, ...]:
        """What these bytes completed, in order."""
        self._rest += data
        found: list[Found] = []
        while True:
            before = len(self._rest)
            found += self._telegram() if self._rest.startswith(START) else self._between()
            if len(self._rest) == before:
                return tuple(found)

    def silence(self) -> tuple[Found, ...]:
        """Nothing has come for a while: nothing belongs to what came before. A half telegram goes on waiting."""
        end = _end_of(self._rest) if self._rest.startswith(START) else None
        if end is not None and bytes(self._rest[end:]) in (b"", b"*"):
            return (Telegram(self._take(end)),)
        return self._noise(len(self._rest) - self._rest.endswith(b"*")) if self.waits_for_silence else ()

    def _telegram(self) -> tuple[Found, ...]:
        """What begins with `*G`."""
        stop = _stop_of(self._rest)
        if stop is None and len(self._rest) <= MOST_BYTES + 1:  # one more: a `*` there may begin the next telegram
            return ()
        if stop is None or stop > MOST_BYTES:
            found = self._noise(MOST_BYTES)
            self._is_skipping = True
            return found
        is_whole = _end_of(self._rest) == stop
        found = (Telegram(self._take(stop)),) if is_whole else self._noise(stop)
        self._is_skipping = False
        return found

    def _between(self) -> tuple[Found, ...]:
        """What lies between telegrams."""
        del self._rest[: len(self._rest) - len(self._rest.lstrip(_BETWEEN))]
        cuts = [at for at in (self._rest.find(START), self._rest.find(b"\n") + 1) if at >= 0]
        cut = min((at for at in cuts if at), default=0)
        if self._rest.startswith(START):
            self._is_skipping = False
            return ()
        if cut:
            found = self._noise(cut)
            self._is_skipping = False
            return found
        if len(self._rest) <= MOST_BYTES:
            return ()
        found = self._noise(len(self._rest) - self._rest.endswith(b"*"))
        self._is_skipping = True
        return found

    def _noise(self, size: int) -> tuple[Found, ...]:
        noise = Noise(self._take(size)[:MOST_BYTES])
        return () if self._is_skipping else (noise,)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._rest[:size])
        del self._rest[:size]
        return taken


def _end_of(rest: bytes | bytearray) -> int | None:
    """Where the telegram would end: behind its fourth `$`."""
    at = -1
    for _ in range(PARTS):
        at = rest.find(b"$", at + 1)
        if at < 0:
            return None
    return at + 1


def _stop_of(rest: bytes | bytearray) -> int | None:
    """Where something begins that cannot belong to the telegram: a line end or another control character, or the next `*G`."""
    start = rest.find(START, len(START))
    limit = start if start >= 0 else len(rest)
    control = next((at for at, value in enumerate(rest[:limit]) if value in _CONTROLS), None)
    if control is not None:
        return control
    return start if start >= 0 else None
