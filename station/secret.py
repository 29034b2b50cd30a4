"""Badges and PINs: the site's pepper, what is stored of a badge and of a PIN, and which PINs are refused.

The pepper is a key in a file of its own, never in the database: a stolen database alone cannot be searched for PINs, of which
there are only a million. `hash_pin` and `check_pin` take some 150 ms and belong on a reader thread.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

PEPPER_FILE = "pepper.json"
KEY_BYTES = 32


class SecretError(Exception):
    """A secret cannot be used. `code`: pepper_open_to_others, pepper_damaged, pepper_missing,
    pepper_of_another_site, verifier_damaged."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Pepper:
    """The site's key. `pepper_id` is stored beside every verifier, so that a verifier of another site is noticed."""

    pepper_id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinCost:
    """What one argon2id check costs. The default is 64 MiB and three passes, some 150 ms on a bay computer."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 1

    def hasher(self) -> PasswordHasher:
        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=self.lanes, salt_len=16)


def open_pepper(directory: Path) -> Pepper:
    """The pepper of this data directory; made on first use. Raises SecretError when it is damaged or open to others."""
    path = directory / PEPPER_FILE
    if not path.exists():
        _create_pepper(path)
    return load_pepper(path)


def load_pepper(path: Path) -> Pepper:
    """Read an existing pepper file. Raises SecretError; never makes a new one, which would lock everybody out."""
    try:
        _refuse_open_file(path)
        body = json.loads(path.read_bytes())
        pepper = Pepper(str(body["pepper_id"]), bytes.fromhex(body["key"]))
    except FileNotFoundError as error:
        raise SecretError("pepper_missing", str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise SecretError("pepper_damaged", str(path)) from error
    if len(pepper.key) != KEY_BYTES or not pepper.pepper_id:
        raise SecretError("pepper_damaged", str(path))
    return pepper


def _refuse_open_file(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise SecretError("pepper_open_to_others", f"{path} has mode {mode:04o}; only its owner may read it: chmod 600")


def take_pepper(directory: Path, pepper: Pepper) -> None:
    """Take the site's pepper over. Raises SecretError when another one is here: badges and PINs would be good no more."""
    path = directory / PEPPER_FILE
    if not path.exists():
        _create_pepper(path, pepper)
    mine = load_pepper(path)
    if mine != pepper:
        raise SecretError("pepper_of_another_site", f"{path} is {mine.pepper_id}, the site's is {pepper.pepper_id}")


def _create_pepper(path: Path, pepper: Pepper | None = None) -> None:
    """Written whole under another name, then linked: a crash leaves no half pepper, and of two programs one wins."""
    made = pepper or Pepper("pp_" + secrets.token_hex(4), secrets.token_bytes(KEY_BYTES))
    body = json.dumps({"pepper_id": made.pepper_id, "key": made.key.hex()})
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return  # another program made it first: its pepper is the site's
    finally:
        draft.unlink()


def badge_digest(pepper: Pepper, badge: str) -> str:
    """What is stored of a badge: HMAC-SHA256 under the pepper, in hex. The badge itself is stored nowhere."""
    return hmac.new(pepper.key, b"badge\0" + badge.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hash_pin(pepper: Pepper, pin: str, *, cost: PinCost | None = None) -> str:
    """The verifier of a PIN: argon2id over its HMAC under the pepper. Slow on purpose; not for the event loop."""
    return (cost or PinCost()).hasher().hash(_peppered(pepper, pin))


def check_pin(pepper: Pepper, verifier: str, pin: str) -> bool:
    """Whether the PIN belongs to the verifier. The verifier names its own cost. Raises SecretError when it is unreadable."""
    try:
        return PasswordHasher().verify(verifier, _peppered(pepper, pin))
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        raise SecretError("verifier_damaged", str(error)) from error


_IN_URL = re.compile(r"^([a-z0-9+.-]+://[^:@/?#]*):.*@", re.IGNORECASE)  # to the last @: a password may hold one
_BY_NAME = re.compile(r"([?&\s]|^)((?:ssl)?password)\s*=\s*('(?:[^'\\]|\\.)*'|[^&\s]*)", re.IGNORECASE)


def redacted(url: str) -> str:
    """A database's URL, or its "name=value" words, as it may be shown and logged: without any password."""
    return _BY_NAME.sub(r"\1\2=***", _IN_URL.sub(r"\1@", url))


def _peppered(pepper: Pepper, pin: str) -> bytes:
    return hmac.new(pepper.key, b"pin\0" + pin.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
