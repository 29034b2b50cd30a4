"""What a wrong scan was, as far as it may be said and written down.

Any code may be registered as a badge, and a badge is in no event and on no screen. So only what the site knows as an item, a
compartment or a tray is named; of all else there is the length and the end, of a badge nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from station.flows.turn import Named, NameScan, ScanNamed
from station.ports import Library
from station.scan import PlaceScan, TrayScan, classify, clean

LONGEST_WITHOUT_END = 8  # four characters of a code as short as this would give half of it away
ENDING = 4


def name_scan(asked: NameScan, library: Library, *, is_badge: Callable[[str], bool]) -> ScanNamed:
    """Ask the store; badges first, for a badge may have the code of an item. Blocks for some reads. Raises StoreError."""
    code = clean(asked.text)
    if is_badge(code):
        return ScanNamed(asked=asked, what=Named.BADGE)
    what = _known(code, library)
    if what is not Named.UNKNOWN:
        return ScanNamed(asked=asked, what=what, code=code)
    ending = code[-ENDING:] if len(code) > LONGEST_WITHOUT_END else ""
    shown = "".join(each if each.isprintable() else "?" for each in ending)
    return ScanNamed(asked=asked, what=what, length=len(code), ending=shown)


def _known(code: str, library: Library) -> Named:
    match classify(code):
        case PlaceScan(place):
            tray = library.tray(place.machine, place.tray)
            return Named.COMPARTMENT if tray and tray.compartment(place.compartment) else Named.UNKNOWN
        case TrayScan(machine, number):
            return Named.TRAY if library.tray(machine, number) else Named.UNKNOWN
        case _:
            items = library.items_by_scan(code)
            return (Named.ITEM if len(items) == 1 else Named.SHARED) if items else Named.UNKNOWN
