"""What a handler is given: one event, live or replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Happened:
    """The facts of one event. `at` is the stored text of its moment."""

    kind: str
    at: str
    data: Mapping[str, Any]


Handler = Callable[[Connection, Happened], None]
