"""Which codes are no load: what the station printed for something else, an item's, and a label of goods."""

from __future__ import annotations

from station.codes import own
from station.codes.decode import decode
from station.codes.decoded import STRUCTURED
from station.codes.marks import is_marked
from station.scan import clean
from station.view.message import Level, Message

_PLATES = frozenset({"sscc", "licence_plate"})  # the number of one transport unit: of a load as well as of any other


def why_no_load(text: str, item: str = "") -> Message | None:
    """Why a code that lies in no machine does not become a load; None where it may. `item`: which item's code it is."""
    code = clean(text)
    if code.startswith(own.TOTE):
        return Message("load_is_tote", Level.ACT, {"code": code}, error="O480")
    if code.startswith(own.KANBAN):
        return Message("load_is_card", Level.ACT, {"code": code}, error="O480")
    if code.startswith(own.PREFIXES):  # a badge's text is shown nowhere
        return Message("load_is_printed", Level.ACT, error="O480")
    if item:
        return Message("load_is_item", Level.ACT, {"item": item}, error="O480")
    read = decode(text)
    if read.kind in STRUCTURED and is_marked(read) and not _PLATES.issuperset(read.fields or {"": ""}):
        return Message("load_is_goods", Level.ACT, error="O480")
    return None
