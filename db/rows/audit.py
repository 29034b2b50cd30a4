"""What an audit of a record found, the same for a station's store and for its copy in the site database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that is wrong. `check`: chain | checkpoint | key | receipt | head | stock. `seq`: the event, or None."""

    check: str
    problem: str
    epoch: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The proof of one station's record. `sealed_seq` is the last event that a right checkpoint signs, `keys` are the public keys
    by their ids, `receipts` and `known_heads` how many were compared."""

    station: str
    events: int
    epochs: int
    epoch: str
    seq: int
    head: str
    checkpoints: int = 0
    sealed_epoch: str = ""
    sealed_seq: int = 0
    keys: tuple[tuple[str, str], ...] = ()
    receipts: int = 0
    known_heads: int = 0
    flaws: tuple[Flaw, ...] = ()

    @property
    def is_ok(self) -> bool:
        return not self.flaws

    def is_right(self, check: str) -> bool:
        """Whether nothing was found by this check."""
        return all(each.check != check for each in self.flaws)
