"""The codes that this station prints: trays, compartments, badges, commands, totes, kanban cards. Each has a reserved prefix."""

from __future__ import annotations

import re

from station.codes.decoded import Decoded, Fault, Kind

BADGE = "BLB-"
TRAY = "BLT-"
PLACE = "BLC-"
COMMAND = "BLX-"
TOTE = "BLO-"
KANBAN = "BLK-"

_FORMS = {
    TRAY: (Kind.TRAY, re.compile(r"BLT-(?P<machine>.+)-(?P<tray>[0-9]{1,6})")),
    PLACE: (Kind.LOCATION, re.compile(r"BLC-(?P<machine>.+)-(?P<tray>[0-9]{1,6})-(?P<compartment>[^-\s]+)")),
    COMMAND: (Kind.COMMAND, re.compile(r"BLX-(?P<command>[A-Z][A-Z_]*)")),
    BADGE: (Kind.BADGE, re.compile(r"BLB-.+", re.DOTALL)),
    TOTE: (Kind.TOTE, re.compile(r"BLO-(?P<tote>[^\s]+)")),
    KANBAN: (Kind.KANBAN, re.compile(r"BLK-(?P<card>[^\s]+)")),
}
PREFIXES = tuple(_FORMS)


def decode(text: str, raw: str, *, at: int = 0, symbology: str = "") -> Decoded:
    """A code that begins with one of the prefixes. What stands on a badge is no field: it goes nowhere."""
    kind, form = _FORMS[text[:4]]
    found = form.fullmatch(text)
    if found is None:
        return Decoded(raw=raw, symbology=symbology, kind=kind, errors=(Fault("malformed", at + 4, len(text) - 4),))
    fields = found.groupdict()
    if "tray" in fields:
        fields["tray"] = str(int(fields["tray"]))
    return Decoded(raw=raw, symbology=symbology, kind=kind, fields=fields)
