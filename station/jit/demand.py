"""Demand of an item by periods, and the class it falls in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ADI_LIMIT = 1.32
CV2_LIMIT = 0.49
ENOUGH_DEMANDS = 10


class DemandClass(StrEnum):
    """How often an item is asked for, and how evenly. NONE: it never was."""

    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Series:
    """What was asked of an item, one value a period: a scaled integer (10^-decimals of the stock unit), None where the item was
    not sold or the station not in service. Such a period is no period; it is not zero demand."""

    item: str
    values: tuple[int | None, ...]
    decimals: int = 0

    @property
    def known(self) -> tuple[int, ...]:
        """The values of the periods that count."""
        return tuple(each for each in self.values if each is not None)

    @property
    def scale(self) -> int:
        """One stock unit as a scaled integer."""
        return int(10**self.decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How the classes are told apart. It is printed beside them: another one moves items between the classes (of the 2,509
    complete car parts up to 80, docs/jit.md)."""

    adi_limit: float = ADI_LIMIT
    cv2_limit: float = CV2_LIMIT
    enough_demands: int = ENOUGH_DEMANDS
    adi: str = "periods / periods with demand"
    cv2: str = "sample variance of the non-zero demands / their mean squared"


DEFINITION = Definition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """The class of one item. `adi` None: no demand; `cv2` None: fewer than two demands, whose spread nobody can tell.
    `is_sufficient`: so many demands that the class will not turn with the next one."""

    item: str
    periods: int
    demands: int
    adi: float | None
    cv2: float | None
    demand_class: DemandClass
    is_sufficient: bool


def classify(series: Series, definition: Definition = DEFINITION) -> Classified:
    """The class of an item: ADI and CV² against their limits, where the limit itself is beyond it.

    Source: Syntetos, Boylan, Croston 2005, On the categorization of demand patterns, JORS 56, 495-503.
    """
    known = series.known
    sizes = [each for each in known if each > 0]
    adi = len(known) / len(sizes) if sizes else None
    cv2 = squared_variation(sizes)
    return Classified(
        item=series.item,
        periods=len(known),
        demands=len(sizes),
        adi=adi,
        cv2=cv2,
        demand_class=class_of(adi, cv2, definition),
        is_sufficient=len(sizes) >= definition.enough_demands,
    )


def class_of(adi: float | None, cv2: float | None, definition: Definition = DEFINITION) -> DemandClass:
    """The class of these two figures. One demand alone has no spread: it counts as even."""
    if adi is None:
        return DemandClass.NONE
    is_rare, is_uneven = adi >= definition.adi_limit, cv2 is not None and cv2 >= definition.cv2_limit
    if is_rare:
        return DemandClass.LUMPY if is_uneven else DemandClass.INTERMITTENT
    return DemandClass.ERRATIC if is_uneven else DemandClass.SMOOTH


def squared_variation(sizes: list[int]) -> float | None:
    """(sample standard deviation / mean)² of whole numbers, which is n (n Σx² - (Σx)²) / ((n - 1) (Σx)²): one division only, so
    that what lies on a limit is found there."""
    count, total = len(sizes), sum(sizes)
    if count < 2 or not total:
        return None
    squares = sum(each * each for each in sizes)
    return count * (count * squares - total * total) / ((count - 1) * total * total)
