"""Totes that orders are bound to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundTote:
    """What is taken for the order goes into `tote` at the put place `position` while it `is_open`."""

    order: str
    tote: str
    position: str
    is_open: bool = True
