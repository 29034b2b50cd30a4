"""What makes the record hard to change afterwards: the station's keys, and what they signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMade(Record):
    """The key that checkpoints are signed with from here on; hexadecimal. `old_key_id` is the key before it. It could not sign
    this event: its file was lost, damaged, or another one lay in its place. In a new epoch the key is named again."""

    kind: ClassVar[str] = "key_made"
    key_id: str
    public_key: str
    why: str  # first | new_epoch | lost | damaged | replaced
    old_key_id: str = ""
    algorithm: str = "ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Record):
    """The station's signature for the chain up to the event before this one, whose hash is `head`; hexadecimal. What is signed:
    `db.seals.checkpoint_text`."""

    kind: ClassVar[str] = "checkpoint"
    through_seq: int
    head: str
    key_id: str
    signature: str
