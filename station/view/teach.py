"""The page on which a scanner is taught."""

from __future__ import annotations

from dataclasses import dataclass

from station.scan_form import ScanForm
from station.view.action import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachFace:
    """A scanner is taught by one label. `step` is scan, understood, failed or kept; `source` the scanner that read it; `form` how
    it says its codes, `problems` what is wrong with that (`station.teach_scanner`)."""

    label: str  # what the label's barcode holds; a group separator stands for FNC1
    step: str
    offers: tuple[Offer, ...]
    source: str = ""
    form: ScanForm | None = None
    problems: tuple[str, ...] = ()
