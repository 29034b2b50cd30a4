"""The item's picture, enlarged over its task."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureModel:
    name: str
    title: str
    code: str
