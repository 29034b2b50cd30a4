"""Several bars of one label: what one of them says alone is no goods, and what they say together is. Pure.

A pallet's GS1 label has its content in one bar, (02)(37)(10), and its number in the other, (00): "the combined data from all
carriers marking a physical item" is judged, says GS1's dictionary. The labels of Odette, AIAG and VDA have a bar for each data
identifier. The decoder reads each as it stands; here they are joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from station.codes import gs1_elements
from station.codes.data_identifiers import NAMES
from station.codes.decode import decode
from station.codes.decoded import Decoded, Element, Kind
from station.task import Task

WAIT_S = 10.0  # so long a bar waits for the next one: whoever scans two holds the scanner at one label
ALL = "*"  # among the suppliers whose bars begin with a data identifier: every one

_BEGINS, _ENDS = "[)>\x1e06\x1d", "\x1e\x04"  # ISO/IEC 15434, format 06
_NAMING = frozenset({"gtin", "sku"})
_LACKS = "required_ais_not_satisfied"


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a label that were scanned and are not enough yet. `is_gs1`: else each has its data identifier."""

    elements: tuple[Element, ...] = field(repr=False)  # any text may be a badge
    is_gs1: bool
    read_at_s: float  # monotonic


@dataclass(frozen=True, slots=True)
class WorkBars:
    """Bars of a label scanned at the work, and the task at which they were read: at another one they say nothing."""

    task: Task
    bars: Bars


def suppliers_of(setting: str) -> frozenset[str]:
    """The suppliers that a setting names."""
    return frozenset(name for each in setting.split(",") if (name := each.strip()))


def bars_of(text: str, now_s: float, *, with_identifiers: bool) -> Bars | None:
    """A bar that names no goods by itself, or that only a data identifier makes one of a label; None for every other text."""
    read = decode(text, with_identifiers=with_identifiers)
    is_known = read.kind is Kind.IDENTIFIER and read.elements[0].identifier in NAMES
    if is_known or (read.kind is Kind.GS1 and _is_part(read)):
        return Bars(read.elements, not is_known, now_s)
    return None


def _is_part(read: Decoded) -> bool:
    return all(each.code == _LACKS for each in read.errors) and _NAMING.isdisjoint(read.fields)


def add(before: Bars | None, bar: Bars) -> Bars:
    """With this bar, too. One that waited for too long, or is of the other kind, is of another label."""
    if before is None or before.is_gs1 is not bar.is_gs1 or bar.read_at_s - before.read_at_s > WAIT_S:
        return bar
    return Bars((*before.elements, *bar.elements), bar.is_gs1, bar.read_at_s)


def joined(bars: Bars) -> str:
    """The bars as the one code that they are together."""
    parts = gs1_elements.FNC1.join(_texts(bars.elements))
    return f"]C1{parts}" if bars.is_gs1 else f"{_BEGINS}{parts}{_ENDS}"


def bars_with(text: str) -> tuple[str, ...]:
    """This lot or serial, and each bar that says it: what was scanned may be a badge, whatever is read out of it."""
    return text, *(f"{identifier}{text}" for identifier, means in NAMES.items() if means in ("lot", "serial"))


def as_scanned(code: str) -> tuple[str, ...]:
    """The code itself, and of one that has data identifiers each bar as it may have been scanned: any of them may be a badge."""
    if not (code.startswith(_BEGINS) and code.endswith(_ENDS)):
        return (code,)
    return code, *code.removeprefix(_BEGINS).removesuffix(_ENDS).split(gs1_elements.FNC1)


def _texts(elements: Sequence[Element]) -> list[str]:
    return [each.identifier + each.value for each in elements]


def is_whole(bars: Bars) -> bool:
    """Whether they say together which goods they are of, or contradict each other: then there is nothing more to wait for."""
    return not _is_part(decode(joined(bars)))
