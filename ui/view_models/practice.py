"""The strip of practice mode: what this is, what to try next, and the one thing that a touch on it does."""

from __future__ import annotations

from dataclasses import dataclass

from station.practice import Practice, code_to_scan, hint, may_end
from station.view.view import View
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class StripModel:
    """`scan` is the code that a touch scans, `ends` that it ends practice; else a touch does nothing and `touch` is ""."""

    mark: str
    hint: str
    touch: str = ""
    scan: str = ""
    ends: bool = False


def present_strip(practice: Practice, view: View, texts: Texts) -> StripModel:
    """The strip over this view."""
    mark, told = texts.label("practice"), texts.label(f"practice_hint_{hint(practice, view)}")
    if may_end(view):
        return StripModel(mark, told, texts.label("practice_end"), ends=True)
    code = code_to_scan(view)
    return StripModel(mark, told, texts.label("practice_scan_it") if code else "", scan=code)
