"""What a handler is given: one event, live or replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Happened:
    """The facts of one event, and its place in the log. `at` is the stored text of its moment."""

    kind: str
    at: str
    data: Mapping[str, Any]
    epoch: str = ""
    seq: int = 0


Handler = Callable[[Connection, Happened], None]
