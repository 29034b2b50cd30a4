"""How one setting is declared: its default, and what is allowed."""

from __future__ import annotations

from dataclasses import Field, field
from typing import Any


def text(
    default: str, *, pattern: str = r"[^\x00-\x1f]{0,250}", allowed: str = "a text of one line, at most 250", key: str = ""
) -> Any:
    """A text that the whole pattern fits. `key` is its name in the file, where that is a word of Python's."""
    return field(default=default, metadata={"pattern": pattern, "allowed": allowed, "key": key})


def key_of(known: Field[Any]) -> str:
    """The name of a setting in the file."""
    return known.metadata.get("key") or known.name


def choice(default: str, *choices: str) -> Any:
    """One of these words."""
    allowed = ", ".join(f'"{each}"' for each in choices)
    return field(default=default, metadata={"pattern": "|".join(choices), "allowed": f"one of {allowed}"})


def secret(default: str, *, allowed: str) -> Any:
    """A text that may hold a password: shown nowhere, also not where it is refused."""
    return field(default=default, repr=False, metadata={"pattern": r"[^\x00-\x1f]{0,500}", "allowed": allowed, "is_secret": True})


def number(default: float, low: float, high: float) -> Any:
    """A number from `low` to `high`, whole where the default is."""
    return field(default=default, metadata={"low": low, "high": high, "allowed": f"{low} to {high}"})
