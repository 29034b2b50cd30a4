"""Several bars of one label: what one of them says alone is no goods, and what they say together is. Pure.

A pallet's GS1 label has its content in one bar, (02)(37)(10), and its number in the other, (00): "the combined data from all
carriers marking a physical item" is judged, says GS1's dictionary. The decoder reads each as it stands; here they are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from station.codes import gs1_elements
from station.codes.decode import decode
from station.codes.decoded import Element, Kind

WAIT_S = 10.0  # so long a bar waits for the next one: whoever scans two holds the scanner at one label

_NAMING = frozenset({"gtin", "sku"})
_LACKS = "required_ais_not_satisfied"


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a label that were scanned and are not enough yet."""

    elements: tuple[Element, ...] = field(repr=False)  # any text may be a badge
    read_at_s: float  # monotonic


def part_of(text: str) -> tuple[Element, ...]:
    """The elements of a bar that names no goods by itself; () for every other text."""
    read = decode(text)
    if read.kind is not Kind.GS1 or any(each.code != _LACKS for each in read.errors) or not _NAMING.isdisjoint(read.fields):
        return ()
    return read.elements


def add(before: Bars | None, part: Sequence[Element], now_s: float) -> Bars:
    """With this bar, too. One that waited for too long is of another label."""
    is_same = before is not None and now_s - before.read_at_s <= WAIT_S
    return Bars((*before.elements, *part) if before and is_same else tuple(part), now_s)


def joined(bars: Bars) -> str:
    """The bars as the one code that they are together."""
    return "]C1" + gs1_elements.FNC1.join(each.identifier + each.value for each in bars.elements)


def is_whole(bars: Bars) -> bool:
    """Whether they say together which goods they are of, or contradict each other: then there is nothing more to wait for."""
    return not part_of(joined(bars))
