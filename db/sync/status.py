"""How replication does, as the screens and `baylight sync status` show it: one frozen value, and its JSON in `sync_state`.

It holds no sentence: `state`, `problem` and the exceptions' `why` are stable words that `ui` has texts for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from db.sync.values import Position


class SyncState(StrEnum):
    """What the status bar says."""

    OFF = "off"  # no site database is set
    ONLINE = "online"  # connected, nothing waits
    CATCHING_UP = "catching_up"  # connected, `depth` events or documents wait
    ISLAND = "island"  # no connection since `since`; the work goes on
    ATTENTION = "attention"  # a person must look: `problem`


class Problem(StrEnum):
    """Why a person must look. The most pressing one is shown; docs/replication.md says what to do at each."""

    NONE = ""
    NOT_ENROLLED = "not_enrolled"  # the role is unknown or may not do this
    SCHEMA = "schema"  # the site database has another release's functions
    HOLD = "hold"  # this program's events are newer than the site reads
    FORK = "fork"  # both held other events under one number, and the station has begun a new epoch for it
    WENT_BACK = "went_back"  # the site went back to a copy, and nobody declared it: fences may be given twice
    BEHIND = "behind"  # the site has events of this station that could not be taken back
    MUST_REFETCH = "must_refetch"  # what came down is fetched anew
    CHECKSUM = "checksum"  # what came down was not what the site has; it was fetched anew
    UNREAD = "unread"  # the site could not read an event, and keeps it as bytes
    PEPPER_MISSING = "pepper_missing"  # people came down whose PINs this station cannot check
    EXCEPTIONS = "exceptions"  # something of the site's was not taken over here: `exceptions`
    FAULT = "fault"  # this program's own fault; its log says more


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncException:
    """Something of the site's that this station did not take over, or of the station's that the site refused."""

    kind: str  # a DocumentKind, or "event"
    key: str
    why: str  # a stable word: has_stock | measure_fixed | begun | badge_taken | unreadable | in_use | conflict | ...
    at: datetime


def _nowhere() -> Position:
    return Position("", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """One moment of replication. Positions are of the newest epoch; `acked` is what the site says that it holds of it."""

    state: SyncState = SyncState.OFF
    problem: Problem = Problem.NONE
    depth: int = 0  # events that the site has not acknowledged
    dirty: int = 0  # documents changed here that it has not taken over
    oldest_at: datetime | None = None  # when the oldest of those events was written
    since: datetime | None = None  # when the connection was lost (island)
    last_receipt_at: datetime | None = None
    last_pull_at: datetime | None = None
    data_as_of: datetime | None = None  # of what came down; older than the pull while something at the site holds it back
    server_epoch: str = ""
    acked: Position = field(default_factory=_nowhere)
    head: Position = field(default_factory=_nowhere)
    durable: Position = field(default_factory=_nowhere)  # in a copy of the site database that somebody looked at
    exceptions: tuple[SyncException, ...] = ()
    code: str = ""  # the site's code (U...) of the last failure
    at: datetime | None = None  # when this was said

    @property
    def is_away(self) -> bool:
        """Whether there is a site database and it is not reached: nothing has been said of it yet, or the connection is lost."""
        return self.state is not SyncState.OFF and (self.at is None or self.since is not None)


def to_json(status: SyncStatus) -> dict[str, object]:
    """For `sync_state` and `--json`: moments are ISO 8601 UTC."""
    return {
        "state": status.state.value,
        "problem": status.problem.value,
        "depth": status.depth,
        "dirty": status.dirty,
        "oldest_at": _text(status.oldest_at),
        "since": _text(status.since),
        "last_receipt_at": _text(status.last_receipt_at),
        "last_pull_at": _text(status.last_pull_at),
        "data_as_of": _text(status.data_as_of),
        "server_epoch": status.server_epoch,
        "acked": _position(status.acked),
        "head": _position(status.head),
        "durable": _position(status.durable),
        "exceptions": [{"kind": each.kind, "key": each.key, "why": each.why, "at": _text(each.at)} for each in status.exceptions],
        "code": status.code,
        "at": _text(status.at),
    }


def from_json(data: Mapping[str, Any]) -> SyncStatus:
    """What `to_json` wrote."""
    return SyncStatus(
        state=SyncState(data["state"]),
        problem=Problem(data["problem"]),
        depth=data["depth"],
        dirty=data["dirty"],
        oldest_at=_moment(data["oldest_at"]),
        since=_moment(data["since"]),
        last_receipt_at=_moment(data["last_receipt_at"]),
        last_pull_at=_moment(data["last_pull_at"]),
        data_as_of=_moment(data["data_as_of"]),
        server_epoch=data["server_epoch"],
        acked=Position(**data["acked"]),
        head=Position(**data["head"]),
        durable=Position(**data["durable"]) if "durable" in data else _nowhere(),
        exceptions=tuple(
            SyncException(kind=each["kind"], key=each["key"], why=each["why"], at=datetime.fromisoformat(each["at"]))
            for each in data["exceptions"]
        ),
        code=data["code"],
        at=_moment(data["at"]),
    )


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _position(position: Position) -> dict[str, object]:
    return {"epoch": position.epoch, "seq": position.seq, "hash": position.hash}
