"""What the doctor says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact. `check` is a stable word, `value` what was found (no language),
    `code` the error that goes with it when it is not ok."""

    check: str
    is_ok: bool
    value: str
    code: str = ""
