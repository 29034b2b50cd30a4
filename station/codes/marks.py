"""Whether a code says itself that it is a label, or only looks like one: any lot may begin with 01, and any with a bracket."""

from __future__ import annotations

import re

from station.codes import aim, gs1_elements
from station.codes.decoded import Decoded, Kind

_BRACKETED = re.compile(r"\([0-9]{2,4}\)")
_NO_LINK = ("uri_", "domain_", "no_gs1_dl_keys_")  # how the faults of a web address begin that is no Digital Link at all


def is_marked(read: Decoded) -> bool:
    """Whether a scan says by a mark what it is: the scanner's word for it, FNC1, identifiers in brackets, an envelope's header, a
    web address with a key of GS1. Without one it may as well be a text of somebody's own."""
    said = aim.symbology(read.raw.strip())
    match read.kind:
        case Kind.ISO15434:
            return True
        case Kind.DIGITAL_LINK:
            return not any(each.code.startswith(_NO_LINK) for each in read.errors)
        case Kind.GS1:
            text = read.raw.strip(" \r\n\t")
            return (said is not None and said.is_gs1) or gs1_elements.FNC1 in text or bool(_BRACKETED.match(text))
        case Kind.EAN:
            return said is not None and said.is_ean
        case _:
            return False
