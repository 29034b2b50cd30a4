"""The root of all kinds of event.

A record holds the facts of its kind only; the envelope (id, station, epoch, seq, time, operator, role, program version) is
added by the writer. Field types are JSON's own: str, int, bool, None and tuples of them; quantities are scaled integers.
Persons appear as random ids, never as names, badges or PINs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The root of all kinds. `kind` is the word stored in the log."""

    kind: ClassVar[str]
