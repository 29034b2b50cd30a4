"""When a checkpoint is due, and what it says. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from db.log import Head
from db.records.seals import Checkpoint, KeyMade
from db.rows.events import EventRow
from db.seals import checkpoint_text
from db.station_key import StationKey

EVERY_EVENTS = 256
EVERY_S = 900.0


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where the last checkpoint is (the event itself), and when it was written by a clock that never jumps."""

    epoch: str
    seq: int
    at_s: float


def is_due(head: Head, sealed: Sealed, *, now_s: float, has_shift_ended: bool) -> bool:
    """Whether the chain up to `head` should be signed now. With nothing new it never is."""
    new = new_events(head, sealed)
    return new >= EVERY_EVENTS or (new > 0 and (has_shift_ended or now_s - sealed.at_s >= EVERY_S))


def new_events(head: Head, sealed: Sealed) -> int:
    """How many events are not signed yet. A checkpoint itself is nothing new."""
    return head.seq - sealed.seq if head.epoch == sealed.epoch else head.seq


def checkpoint_of(key: StationKey, station: str, head: Head) -> Checkpoint:
    """The checkpoint that follows the head."""
    text = checkpoint_text(station, head.epoch, head.seq, head.hash.hex())
    return Checkpoint(through_seq=head.seq, head=head.hash.hex(), key_id=key.key_id, signature=key.sign(text))


def announcement(key: StationKey, epoch: str, last: EventRow | None, last_id: str) -> KeyMade | None:
    """What the record must say of the key before its first checkpoint; None when it said so in this epoch. `last` is the newest
    `key_made` there is, `last_id` the key that it names."""
    if last is None:
        why, old = "first", ""
    elif last_id != key.key_id:
        why, old = {"made": "lost", "damaged": "damaged"}.get(key.found, "replaced"), last_id
    elif last.epoch != epoch:
        why, old = "new_epoch", ""
    else:
        return None
    return KeyMade(key_id=key.key_id, public_key=key.public_key, why=why, old_key_id=old)
