"""Events from a damaged store and from its newest copy, joined to one chain again by their hashes.

Only an event whose hash is right is taken, and only where it continues what was taken before: nothing is invented, and what
follows a gap stays out. The store's own events come first; the copy fills what the store no longer has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from db.page_reader import PageReader, Spot
from db.verifier import Link, Verifier, link_hash

MISSING, CHANGED, UNLINKED = "missing", "changed", "unlinked"
_NO_END = 1 << 62

_Key = tuple[str, int]  # epoch and seq


@dataclass(frozen=True, slots=True)
class Opening:
    """The first event of an epoch: its place in the file, and where it says that the epoch before ended."""

    n: int
    epoch: str
    old: _Key


class Source:
    """What one file holds: where each event lies whose hash is right, and which ones have another hash."""

    def __init__(self, reader: PageReader) -> None:
        self._reader = reader
        self.spots: dict[_Key, Spot] = {}
        self.changed: set[_Key] = set()
        self.openings: list[Opening] = []
        self.last: _Key = ("", 0)
        self.station = ""
        self._read: tuple[_Key, Link | None] = ("", 0), None  # what was read last is asked for next
        newest = 0
        names: dict[str, str] = {}  # one text for each epoch, not one for each event
        for spot, n, link in reader.events():
            key = (names.setdefault(link.epoch, link.epoch), link.seq)
            if link_hash(bytes.fromhex(link.prev), link.body).hex() != link.hash:
                self.changed.add(key)
                continue
            self.spots[key] = spot
            self.station = link.station
            if n >= newest:
                newest, self.last = n, key
            if link.seq == 1:
                self.openings.append(_opening(n, link))

    def event(self, key: _Key) -> Link | None:
        """The event, where this file has it whole."""
        if self._read[0] != key:
            spot = self.spots.get(key)
            self._read = key, None if spot is None else self._reader.event_at(spot)
        return self._read[1]

    @property
    def seq(self) -> int:
        """How far the newest epoch goes here."""
        return max((seq for epoch, seq in self.spots if epoch == self.last[0]), default=0)


class EventPool:
    """The chain that can be made of the store's own events and its copy's. `walk` once; then it says where it stopped and why."""

    def __init__(self, own: Source, copy: Source | None = None) -> None:
        self._own = own
        self._copy = copy
        self._copy_ends = _usable(own, copy) if copy is not None else {}
        self.events = 0
        self.from_copy = 0
        self._replaced = 0  # events of the store that the copy has otherwise
        self.stopped_at: _Key | None = None
        self.why = ""

    @property
    def left_out(self) -> int:
        """Events of the store whose hash is right, and which nothing joins to the chain."""
        return len(self._own.spots) - (self.events - self.from_copy)

    def walk(self) -> Iterator[Link]:
        """The events in the order of the log, proven one by one."""
        verifier = Verifier()
        after = self._first()
        while after:
            for key in after:
                link = self._take(verifier, key)
                if link is not None:
                    yield link
                    after = self._after(key)
                    break
            else:
                self._stop(verifier, after[-1])
                return

    def _first(self) -> tuple[_Key, ...]:
        openings = [*self._own.openings, *(self._copy.openings if self._copy else ())]
        usable = [each for each in openings if self._has((each.epoch, 1))]
        return ((min(usable, key=lambda each: each.n).epoch, 1),) if usable else ()

    def _after(self, key: _Key) -> tuple[_Key, ...]:
        """What may follow: an epoch that names this event, else the next of its own epoch."""
        opened = [(each.epoch, 1) for each in self._own.openings if each.old == key and each.epoch != key[0]]
        return (*opened, (key[0], key[1] + 1))

    def _has(self, key: _Key) -> bool:
        return key in self._own.spots or key[1] <= self._copy_ends.get(key[0], 0)

    def _take(self, verifier: Verifier, key: _Key) -> Link | None:
        """The event, where it continues the chain and the one behind it does not say that it was another."""
        own = self._own.event(key)
        if own is not None and self._is_meant(own, key) and not verifier.check(own):
            self.events += 1
            return own
        may_copy = self._copy is not None and key[1] <= self._copy_ends.get(key[0], 0)
        copied = self._copy.event(key) if self._copy is not None and may_copy else None
        if copied is not None and self._is_meant(copied, key) and not verifier.check(copied):
            self.events += 1
            self.from_copy += 1
            self._replaced += own is not None
            return copied
        return None

    def _is_meant(self, link: Link, key: _Key) -> bool:
        """Whoever changes an event can give it a right hash; the event behind it still has the hash of the true one."""
        behind = self._own.event((key[0], key[1] + 1))
        return behind is None or behind.prev == link.hash

    def _stop(self, verifier: Verifier, key: _Key) -> None:
        if key in self._own.changed:
            self.stopped_at, self.why = key, CHANGED
        elif key in self._own.spots:
            link = self._own.event(key)
            is_meant = link is not None and self._is_meant(link, key)
            self.stopped_at, self.why = key, UNLINKED if is_meant else CHANGED
        elif self.left_out > self._replaced:
            self.stopped_at, self.why = key, MISSING


def _usable(own: Source, copy: Source) -> dict[str, int]:
    """How far the copy's events count, for each epoch. Where the store went back to an earlier copy, those beyond are no longer
    of its record: an epoch counts to where the next one says it ended, and the store's last one as far as the copy goes."""
    if not own.spots:
        return dict.fromkeys({epoch for epoch, _ in copy.spots}, _NO_END)
    ends = dict(each.old for each in own.openings)
    ends[own.last[0]] = _NO_END
    return ends


def _opening(n: int, link: Link) -> Opening:
    try:
        data = json.loads(link.body)["data"]
        return Opening(n, link.epoch, (str(data.get("old_epoch", "")), int(data.get("old_seq", 0))))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Opening(n, link.epoch, ("", 0))
