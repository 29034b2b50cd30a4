"""What a code says: its kind, its fields, and why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a code is. The last is every text that is none of the others."""

    GS1 = "gs1"
    DIGITAL_LINK = "gs1_digital_link"
    ISO15434 = "iso15434"
    IDENTIFIER = "data_identifier"  # a bar with one MH10.8.2 identifier; read only where that is asked for
    EAN = "ean"
    LOCATION = "location"
    TRAY = "tray"
    TOTE = "tote"
    BADGE = "badge"
    KANBAN = "kanban"
    COMMAND = "command"
    ALIAS = "alias"  # an item's own code, or one of its barcodes: only the store knows it
    TEXT = "text"


STRUCTURED = frozenset({Kind.GS1, Kind.DIGITAL_LINK, Kind.ISO15434, Kind.IDENTIFIER})  # they say what each of their parts is


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a code is not valid: a code of docs/scans.md, where it is (`at` characters from the start, `length` of them), and the
    application or data identifier that it is about."""

    code: str
    at: int = 0
    length: int = 0
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One value with its application or data identifier. `at` is where the value begins in the scan."""

    identifier: str
    value: str = field(repr=False)
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A code as read. `fields` is empty where the code is not valid: half a code is not worked with. `elements` are the parts
    that were read of it, also where they do not go together. No text of a scan is in its repr: any may be somebody's badge."""

    raw: str = field(repr=False)
    symbology: str = ""
    kind: Kind = Kind.TEXT
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: tuple[Fault, ...] = ()
    elements: tuple[Element, ...] = field(default=(), repr=False)

    @property
    def valid(self) -> bool:
        return not self.errors
