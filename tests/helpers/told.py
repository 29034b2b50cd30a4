"""Chains of events as a station writes them, without a station: for whatever the site database is told."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field

from db.chain import canonical
from db.sync.values import Hello, Position, Told

ZERO = bytes(32)
START = "2026-11-26T08:00:00.000000+00:00"
MOVED = {"lot": "", "serial": "", "owner": "own", "status": "free", "order": "", "line": "", "reason": ""}


def link(prev: bytes, body: str) -> bytes:
    return hashlib.sha256(prev + body.encode()).digest()


@dataclass
class Chain:
    """One epoch of one station. Every method writes one event and returns it."""

    station: str
    epoch: str = field(default_factory=lambda: str(uuid.uuid4()))
    old: Told | None = None  # the end of the epoch before
    events: list[Told] = field(default_factory=list)
    head: bytes = ZERO

    def __post_init__(self) -> None:
        old = self.old
        self.tell(
            "epoch_opened",
            old_epoch=old.epoch if old else "",
            old_seq=old.seq if old else 0,
            old_head=old.hash if old else "",
        )

    def tell(self, kind: str, *, fence: int | None = None, at: str = START, v: int = 1, **data: object) -> Told:
        seq, id = len(self.events) + 1, str(uuid.uuid4())
        body: dict[str, object] = {"v": v, "id": id, "station": self.station, "epoch": self.epoch, "seq": seq, "kind": kind}
        body |= {"at": at, "operator": "p_1", "role": "operator", "data": data}
        if fence is not None:
            body["fence"] = fence
        return self.append(id, canonical(body))

    def append(self, id: str, body: str) -> Told:
        self.head = link(self.head, body)
        self.events.append(Told(self.epoch, len(self.events) + 1, id, body, self.head.hex()))
        return self.events[-1]

    def move(self, kind: str, *, visit: int = 0, fence: int | None = None, at: str = START, **data: object) -> Told:
        """A movement of SCREW in VLM1, tray 1, A1, where `data` says nothing else."""
        place: dict[str, object] = {"machine": "VLM1", "tray": 1, "compartment": "A1", "item": "SCREW", "visit": visit}
        return self.tell(kind, fence=fence, at=at, **(MOVED | place | data))

    def loaded(self, counted: int, **data: object) -> Told:
        return self.move("stock_loaded", counted=counted, **data)  # type: ignore[arg-type]

    def picked(self, quantity: int, **data: object) -> Told:
        return self.move("picked", quantity=quantity, **data)  # type: ignore[arg-type]

    def counted(self, counted: int, **data: object) -> Told:
        return self.move("counted", counted=counted, book=0, was_blind=True, **data)  # type: ignore[arg-type]

    def position(self) -> Position:
        return Position(self.epoch, len(self.events), self.head.hex())

    def hello(self, *machines: str, depth: int = 0) -> Hello:
        return Hello(chains=(self.position(),), body_version=1, app="test", depth=depth, machines=machines or ("VLM1",))


def item(code: str = "SCREW") -> dict[str, object]:
    return {"code": code, "name": code, "unit": "pcs", "decimals": 0}


def tray(*labels: str) -> dict[str, object]:
    return {"machine": "VLM1", "number": 1, "compartments": [{"label": label} for label in labels]}


def order(key: str, *lines: tuple[str, int], kind: str = "pick", **fields: object) -> dict[str, object]:
    """An order's document; its lines are (item, quantity)."""
    rows = [
        {"line": str(n), "item": code, "quantity": quantity, "lot": "", "owner": "own"}
        for n, (code, quantity) in enumerate(lines, 1)
    ]
    return {"order": key, "kind": kind, "priority": 5, "need_by": None, "lines": rows} | fields
