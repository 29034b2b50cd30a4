"""The body of an event: what every record is wrapped in before it is hashed and stored."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from db.chain import canonical
from db.records.record import Record

Clock = Callable[[], datetime]  # aware, any zone; the store writes UTC
BODY_VERSION = 1


def utc_now() -> datetime:
    """The clock of a real station."""
    return datetime.now(UTC)


def moment_text(at: datetime) -> str:
    """A moment as it is stored: ISO 8601 UTC with microseconds, so that text sorts like time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)


def facts(record: Record) -> dict[str, object]:
    """A record's facts by name, as JSON has them."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def boot_id() -> str:
    """What `mono_us` counts from: the machine's boot where the system tells it, else this run of the program."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def app_version() -> str:
    """The version of the program that writes."""
    try:
        return metadata.version("baylight")
    except metadata.PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stays the same for all events of one run."""

    station: str
    boot: str
    app: str

    def body(
        self,
        record: Record,
        *,
        id: str,
        epoch: str,
        seq: int,
        at: datetime,
        operator: str,
        role: str,
        fence: int | None = None,
    ) -> str:
        """The canonical body of one event. `fence` is that of the lease on its order; a body without one does not name it."""
        return canonical(
            ({} if fence is None else {"fence": fence})
            | {
                "v": BODY_VERSION,
                "id": id,
                "station": self.station,
                "epoch": epoch,
                "seq": seq,
                "kind": record.kind,
                "at": moment_text(at),
                "tz": at.astimezone().strftime("%z"),
                "boot": self.boot,
                "mono_us": time.monotonic_ns() // 1000,
                "operator": operator,
                "role": role,
                "app": self.app,
                "data": facts(record),
            }
        )
