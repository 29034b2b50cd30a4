"""What a wrong scan was, as far as it may be said and written down.

Any code may be registered as a badge, and a badge is in no event and on no screen. So only what the site knows as an item, a
compartment or a tray is named; of all else there is the length and the end, of a badge nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from station.codes.decoded import STRUCTURED, Decoded, Fault, Kind
from station.flows.turn import CheckCode, CodeChecked, Named, NameScan, ScanNamed
from station.old_label import places_now
from station.ports import Library
from station.scan import CardScan, PlaceScan, TrayScan, classify, clean
from station.scan_bars import as_scanned, bars_with
from station.scan_label import codes_meant, label_of
from station.values import Item

LONGEST_WITHOUT_END = 8  # four characters of a code as short as this would give half of it away
ENDING = 4
MOST_PLACES = 3  # that an old label is answered with


def name_scan(asked: NameScan, library: Library, *, is_badge: Callable[[str], bool]) -> ScanNamed:
    """Ask the store; badges first, for a badge may have the code of an item. Blocks for some reads. Raises StoreError."""
    code = clean(asked.text)
    if any(is_badge(each) for each in as_scanned(code)):
        return ScanNamed(asked=asked, what=Named.BADGE)
    read = classify(asked.text)
    if isinstance(read, PlaceScan) and (labels := places_now(library, read.place)):
        return ScanNamed(asked=asked, what=Named.OLD_PLACE, code=code, place_now=", ".join(labels[:MOST_PLACES]))
    what, known = _known(asked.text, library)
    if what is not Named.UNKNOWN:
        return ScanNamed(asked=asked, what=what, code=known)
    ending = code[-ENDING:] if len(code) > LONGEST_WITHOUT_END else ""
    shown = "".join(each if each.isprintable() else "?" for each in ending)
    return ScanNamed(asked=asked, what=what, length=len(code), ending=shown)


def check_code(asked: CheckCode, library: Library, *, is_badge: Callable[[str], bool]) -> CodeChecked:
    """Whether what was said to be a lot or a serial is a badge, or means an item, too. Blocks for reads. Raises StoreError."""
    if any(is_badge(each) for each in bars_with(asked.text)):
        return CodeChecked(asked, is_badge=True)
    items = items_meant(asked.text, library)
    others = [each.code for each in items if each.code != asked.task.item.code]
    means = others[0] if others else "" if items else label_of(asked.text).gtin
    return CodeChecked(asked, is_badge=False, means=means)


def items_meant(text: str, library: Library) -> tuple[Item, ...]:
    """The items that a scan may mean: by its exact code, and by what it says. More than one is asked about, never guessed."""
    found = {item.code: item for code in dict.fromkeys(codes_meant(text)) for item in library.items_by_scan(code)}
    return tuple(found.values())


def resolved(decoded: Decoded, library: Library) -> Decoded:
    """A code with what the site knows of it: an exact code of an item is that, whatever else it looks like, and `item` says which
    item is meant. Two items are no answer. Blocks for some reads. Raises StoreError."""
    items = items_meant(decoded.raw, library)
    if not items:
        return decoded
    code = clean(decoded.raw)
    if len(items) > 1:
        return replace(decoded, fields={}, errors=(*decoded.errors, Fault("two_meanings", 0, len(decoded.raw))))
    item = items[0].code
    if code in (item, *items[0].barcodes) and decoded.kind not in STRUCTURED:
        return replace(decoded, kind=Kind.ALIAS, fields={**decoded.fields, "item": item}, errors=())
    return replace(decoded, fields={**decoded.fields, "item": item}) if decoded.valid else decoded


def _known(text: str, library: Library) -> tuple[Named, str]:
    """What a code is, and the code to name it by: of a label that says more, its item's."""
    code = clean(text)
    match classify(text):
        case PlaceScan(place):
            tray = library.tray(place.machine, place.tray)
            return (Named.COMPARTMENT if tray and tray.compartment(place.compartment) else Named.UNKNOWN), code
        case TrayScan(machine, number):
            return (Named.TRAY if library.tray(machine, number) else Named.UNKNOWN), code
        case CardScan():
            return Named.CARD, code
    items = items_meant(text, library)
    if not items:
        return Named.UNKNOWN, ""
    is_exact = any(code in (each.code, *each.barcodes) for each in items)
    return (Named.ITEM if len(items) == 1 else Named.SHARED), code if is_exact else items[0].code
