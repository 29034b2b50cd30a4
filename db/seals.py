"""What is signed, and whether the signatures in a record are right: keys and checkpoints. Standard library only: auditors run it.

A signed text is a word that says what it is for, a zero byte, and JSON with sorted keys and no spaces: a signature for one thing
is never one for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from db.ed25519 import verify_signature
from db.verifier import Link

Verify = Callable[[bytes, bytes, bytes], bool]  # public key, text, signature

CHECKPOINT = "baylight.checkpoint.1"
EXPORT = "baylight.export.1"
HEADS = "baylight.heads.1"
ALGORITHM = "ed25519"


def signed_text(purpose: str, facts: Mapping[str, object]) -> bytes:
    """The bytes that are signed for these facts."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return purpose.encode("ascii") + b"\0" + text.encode("utf-8")


def checkpoint_text(station: str, epoch: str, seq: int, head: str) -> bytes:
    """What a checkpoint signs: that this event of the chain, and so all before it, had this hash."""
    return signed_text(CHECKPOINT, {"station": station, "epoch": epoch, "seq": seq, "head": head})


def manifest_text(manifest: bytes) -> bytes:
    """What the signature of an export signs: the manifest's bytes as they are."""
    return EXPORT.encode("ascii") + b"\0" + manifest


def key_id_of(public_key: bytes) -> str:
    """The short name of a public key."""
    return "k_" + hashlib.sha256(public_key).hexdigest()[:16]


def is_signed(public_key: str, text: bytes, signature: str, verify: Verify = verify_signature) -> bool:
    """The same in hexadecimal; False for what is no hexadecimal at all."""
    try:
        return verify(bytes.fromhex(public_key), text, bytes.fromhex(signature))
    except ValueError:
        return False


@dataclass(slots=True)
class Seals:
    """Checks what a chain says of keys and checkpoints, event by event, after the chain itself was checked.

    `trusted` are public keys in hexadecimal that the reader has from elsewhere. Without them a record is checked against the keys
    that it names itself, which proves nothing against who may have made the whole record again with a key of his own.
    """

    trusted: frozenset[str] = frozenset()
    verify: Verify = verify_signature
    keys: dict[str, str] = field(default_factory=dict)  # by key id, as the record names them
    key_id: str = ""  # the newest
    checkpoints: int = 0
    epoch: str = ""  # with `seq`: the last event that a right checkpoint signs
    seq: int = 0

    def check(self, link: Link) -> str:
        """What is wrong with this event's key or signature; "" when nothing is, or when it is of another kind."""
        if '"kind":"checkpoint"' not in link.body and '"kind":"key_made"' not in link.body:
            return ""
        body = json.loads(link.body)
        if body["kind"] == "key_made":
            return self._take_key(body["data"])
        return self._check_checkpoint(link, body["data"]) if body["kind"] == "checkpoint" else ""

    def finish(self) -> str:
        """What is wrong with the whole; "" when nothing is."""
        return "no checkpoint is signed by a trusted key" if self.trusted and not self.checkpoints else ""

    def _take_key(self, data: Mapping[str, object]) -> str:
        key_id, public_key = str(data.get("key_id")), str(data.get("public_key"))
        try:
            is_named_right = key_id_of(bytes.fromhex(public_key)) == key_id
        except ValueError:
            is_named_right = False
        if data.get("algorithm") != ALGORITHM or not is_named_right:
            return f"the key {key_id} is not what its name says"
        self.keys[key_id] = public_key
        self.key_id = key_id
        return ""

    def _check_checkpoint(self, link: Link, data: Mapping[str, object]) -> str:
        key_id, through = str(data.get("key_id")), data.get("through_seq")
        if (through, data.get("head")) != (link.seq - 1, link.prev):
            return "the checkpoint does not sign the event before it"
        if key_id not in self.keys:
            return f"the checkpoint is signed by a key that the record does not name ({key_id})"
        if key_id != self.key_id:
            return f"the checkpoint is signed by {key_id}, and the station's key was {self.key_id} by then"
        text = checkpoint_text(link.station, link.epoch, link.seq - 1, link.prev)
        if not is_signed(self.keys[key_id], text, str(data.get("signature")), self.verify):
            return f"the checkpoint's signature is not by {key_id}"
        if self.trusted and self.keys[key_id] not in self.trusted:
            return f"the checkpoint is signed by {key_id}, which is no trusted key"
        self.checkpoints += 1
        self.epoch, self.seq = link.epoch, link.seq - 1
        return ""
