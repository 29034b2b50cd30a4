"""Teaching a scanner, and keys of a scanner that are no code."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.scan_form import Stroke


@dataclass(frozen=True, slots=True)
class OpenTeach:
    """Teach a scanner by one label; from the machine panel."""


@dataclass(frozen=True, slots=True)
class TeachKeys:
    """All keys of one scan, while a scanner is taught. It is about no button, so it has no token."""

    strokes: tuple[Stroke, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepForm:
    """Keep what was learnt of the scanner."""

    token: int


@dataclass(frozen=True, slots=True)
class ScanUnclear:
    """Keys of a scanner that are no code: of two scanners at once, or of one whose end keys are not taught."""


TeachCommand = OpenTeach | TeachKeys | KeepForm | ScanUnclear
