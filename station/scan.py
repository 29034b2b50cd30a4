"""What a scanned code is, told from its text alone: no I/O, no store, and no text that makes it fail.

Printed codes of the station have reserved prefixes; every other text is taken for an item's. A site may register any code as a
badge, so where the screen expects a badge the raw text is looked up, whatever its kind here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.codes import own
from station.codes.decoded import Kind
from station.values import Place

BADGE_PREFIX = own.BADGE
TRAY_PREFIX = own.TRAY
PLACE_PREFIX = own.PLACE
COMMAND_PREFIX = own.COMMAND
RESERVED_PREFIXES = own.PREFIXES

_AIM_ID = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # ISO/IEC 15424: "]C1" before a GS1-128, "]d2" before a GS1 DataMatrix


@dataclass(frozen=True, slots=True)
class BadgeScan:
    """A badge that we printed; `text` is the whole code, which is what was registered."""

    text: str

    def __repr__(self) -> str:
        return "BadgeScan(****)"  # a badge opens the door to a person's PIN prompt: it never reaches a log


@dataclass(frozen=True, slots=True)
class TrayScan:
    machine: str
    tray: int


@dataclass(frozen=True, slots=True)
class PlaceScan:
    place: Place


@dataclass(frozen=True, slots=True)
class CommandScan:
    """A printed command; `word` is upper case as printed ("CONFIRM"). Whether it is known and allowed is the runner's matter."""

    word: str


@dataclass(frozen=True, slots=True)
class CardScan:
    """A kanban card."""

    card: str


@dataclass(frozen=True, slots=True)
class ItemScan:
    """Everything else: an item's code, one of its barcodes, or nothing we know."""

    text: str


Scan = BadgeScan | TrayScan | PlaceScan | CommandScan | CardScan | ItemScan


def clean(text: str) -> str:
    """The code without its AIM identifier and without white space around it."""
    stripped = text.strip()
    found = _AIM_ID.match(stripped)
    return stripped[found.end() :].strip() if found else stripped


def classify(text: str) -> Scan:
    """What this code is. A damaged code with a reserved prefix is no command and no tray: it stays a text that fits nothing."""
    code = clean(text)
    if not code.startswith(RESERVED_PREFIXES):
        return ItemScan(code)
    read = own.decode(code, text)
    match read.kind:
        case _ if not read.valid:
            return ItemScan(code)
        case Kind.BADGE:
            return BadgeScan(code)
        case Kind.TRAY:
            return TrayScan(read.fields["machine"], int(read.fields["tray"]))
        case Kind.LOCATION:
            return PlaceScan(Place(read.fields["machine"], int(read.fields["tray"]), read.fields["compartment"]))
        case Kind.COMMAND:
            return CommandScan(read.fields["command"])
        case Kind.KANBAN:
            return CardScan(read.fields["card"])
        case _:  # a tote: what it means depends on the work in hand (`station.tote_codes`)
            return ItemScan(code)


def tray_label(machine: str, tray: int) -> str:
    """The code printed on a tray's label."""
    return f"{TRAY_PREFIX}{machine}-{tray}"


def place_label(place: Place) -> str:
    """The code printed at a compartment."""
    return f"{PLACE_PREFIX}{place.machine}-{place.tray}-{place.compartment}"


def last_four(code: str) -> str:
    """The last four letters or digits of a code, upper case; fewer when the code has fewer."""
    return "".join(each for each in code.upper() if each.isalnum())[-4:]


def is_end_of(code: str, typed: str) -> bool:
    """Whether this is what a person types from a label that cannot be scanned: the last four characters, or the last four letters
    and digits, for dashes and blanks are hard to tell on a bad label."""
    said = typed.strip().upper()
    return bool(said) and said in (code.upper()[-4:], last_four(code))
