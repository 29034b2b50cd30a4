"""The key that a station signs with: made once, kept in a file of its own beside the store, never in the record and never logged.

Who can read the file can sign in the station's name. It is for its owner alone, like the store; a copy of the store has no key.
"""

from __future__ import annotations

import logging
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db.durable import flush_folder
from db.private import FILE_MODE, is_private, make_private
from db.seals import key_id_of

log = logging.getLogger(__name__)

KEY_FILE = "station.key"
_FIRST_LINE = "baylight station key ed25519"


@dataclass(frozen=True, slots=True)
class StationKey:
    """A key that signs. `public_key` is hexadecimal, `found` how it came: kept | made | damaged (and made anew)."""

    key_id: str
    public_key: str
    found: str
    private: Ed25519PrivateKey = field(repr=False, compare=False)

    def sign(self, text: bytes) -> str:
        """The signature, hexadecimal."""
        return self.private.sign(text).hex()


def open_key(directory: Path) -> StationKey:
    """The key of this data directory; made where there is none, or none that can be read. Raises OSError."""
    path = directory / KEY_FILE
    try:
        if not is_private(path):
            make_private(path)
            log.warning("others could read %s until now; move it away if somebody may have, and a new key is made", path)
        return _key_of(path.read_text(encoding="ascii"), "kept")
    except FileNotFoundError:
        return _make(path, "made")
    except ValueError:
        aside = path.with_name(f"{KEY_FILE}.damaged-{secrets.token_hex(4)}")
        path.rename(aside)
        log.warning("the station's key could not be read; it is kept as %s", aside.name)
        return _make(path, "damaged")


def verify_fast(public_key: bytes, text: bytes, signature: bytes) -> bool:
    """As `db.ed25519.verify_signature`, some fifty times as fast."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_of(text: str, found: str) -> StationKey:
    first, _, rest = text.partition("\n")
    if first != _FIRST_LINE:
        raise ValueError("no station key")
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(rest.strip()))
    public = private.public_key().public_bytes_raw()
    return StationKey(key_id_of(public), public.hex(), found, private)


def _make(path: Path, found: str) -> StationKey:
    """Written whole and flushed before it is used: a checkpoint of a key that a power cut took would be nobody's."""
    text = f"{_FIRST_LINE}\n{Ed25519PrivateKey.generate().private_bytes_raw().hex()}\n"
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)
    return _key_of(text, found)
