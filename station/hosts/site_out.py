"""Results into the exchange table of the site database: each row once, whatever is told twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from station.hosts.acks import Acks, ResultFiles
from station.hosts.outbox import read_rows

SITE = "site tables"  # no folder has such a name

Tell = Callable[[Sequence[Mapping[str, str]]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOut:
    """`tell` writes rows to the site and says how many were new; it raises OSError while the site is away."""

    results: ResultFiles
    acks: Acks
    tell: Tell

    def deliver(self) -> int:
        """Tell what the site does not have; how many rows were new. Raises OSError, StoreError, ResultError."""
        self.acks.begin()
        told = 0
        for source in self.results.exported():
            if not self.acks.has(source):
                told += self.tell([asdict(each) for each in read_rows(source)])
                self.acks.say(source)
            self.acks.settle(source)
        return told
