"""Ranks in the assortment: ABC by value, XYZ by variation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum

A_SHARE, B_SHARE = 0.80, 0.95
X_LIMIT, Y_LIMIT = 0.5, 1.0


class ValueClass(StrEnum):
    A = "A"
    B = "B"
    C = "C"


class VariationClass(StrEnum):
    X = "X"
    Y = "Y"
    Z = "Z"


def abc(values: Mapping[str, float], *, a_share: float = A_SHARE, b_share: float = B_SHARE) -> dict[str, ValueClass]:
    """The class of each item by its annual value: those that make up the first `a_share` of the whole are A, up to `b_share` B.
    The item that crosses a limit still belongs above it; what has no value is C. Source: Dickie 1951, ABC inventory analysis."""
    whole = math.fsum(values.values())
    found: dict[str, ValueClass] = {}
    before = 0.0
    for item, value in sorted(values.items(), key=lambda each: (-each[1], each[0])):
        share = before / whole if whole else 1.0
        is_worth = value > 0
        found[item] = (
            ValueClass.A if is_worth and share < a_share else ValueClass.B if is_worth and share < b_share else ValueClass.C
        )
        before += value
    return found


def variation(values: Sequence[int]) -> float | None:
    """Coefficient of variation of the demand by periods, zeros too (sample); None without demand or with one period."""
    count, total = len(values), sum(values)
    if count < 2 or not total:
        return None
    squares = sum(each * each for each in values)
    return math.sqrt(count * (count * squares - total * total) / (count - 1)) / total


def xyz(cv: float | None, *, x_limit: float = X_LIMIT, y_limit: float = Y_LIMIT) -> VariationClass:
    """The class of a coefficient of variation; limits are conventions, so they are settings. Without demand: Z."""
    if cv is None or cv >= y_limit:
        return VariationClass.Z
    return VariationClass.X if cv < x_limit else VariationClass.Y
