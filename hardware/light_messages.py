"""What the layer of a light tells its driver."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ready:
    """The device answered, or took what was sent: the line is proven."""


@dataclass(frozen=True, slots=True)
class Silent:
    """It has not answered for too long: the line must be opened anew. `code` is one of `hardware.errors`."""

    code: str


LightMessage = Ready | Silent
