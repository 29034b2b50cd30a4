"""The map between two planes that a straight beam makes, from four pairs of points.

Source: Hartley and Zisserman, Multiple View Geometry, 2nd edition: the direct linear transformation (4.1) on normalised points
(4.4.4, algorithm 4.2), here with the last element fixed at 1, which four pairs determine exactly. Plain Python: eight unknowns.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Row = tuple[float, float, float]
Pair = tuple[Point, Point]

LEAST_AREA = 0.05  # of any triangle of normalised points: a square has 2, a tray of 4000 x 400 mm has 0.4
LEAST_PIVOT = 1e-9


class DegenerateError(ValueError):
    """The points do not determine a map. `why` is points_in_line or points_twisted."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Homography:
    """Three rows; only their ratios mean something."""

    rows: tuple[Row, Row, Row]

    def weight(self, point: Point) -> float:
        """The divisor: it changes its sign where the map goes through infinity."""
        return _dot(self.rows[2], point)

    def at(self, point: Point) -> Point:
        """Where the point goes. Raises DegenerateError at infinity."""
        weight, (g, h, i) = self.weight(point), self.rows[2]
        if abs(weight) <= LEAST_PIVOT * (abs(g * point[0]) + abs(h * point[1]) + abs(i)):
            raise DegenerateError("points_twisted")
        return _dot(self.rows[0], point) / weight, _dot(self.rows[1], point) / weight

    def inverse(self) -> Homography:
        """The way back: the adjugate, which differs from the inverse by a factor only."""
        (a, b, c), (d, e, f), (g, h, i) = self.rows
        return Homography(
            (
                (e * i - f * h, c * h - b * i, b * f - c * e),
                (f * g - d * i, a * i - c * g, c * d - a * f),
                (d * h - e * g, b * g - a * h, a * e - b * d),
            )
        )


def fit(pairs: Sequence[Pair]) -> Homography:
    """The map that takes each first point of four pairs exactly to its second. Raises DegenerateError."""
    from_norm, sources = _normalised([pair[0] for pair in pairs])
    to_norm, targets = _normalised([pair[1] for pair in pairs])
    if min(_least_area(sources), _least_area(targets)) < LEAST_AREA:
        raise DegenerateError("points_in_line")
    found = _solve(_equations(sources, targets))
    inner = Homography(((found[0], found[1], found[2]), (found[3], found[4], found[5]), (found[6], found[7], 1.0)))
    if not same_side(inner, sources):
        raise DegenerateError("points_twisted")
    return Homography(_product(to_norm.inverse().rows, _product(inner.rows, from_norm.rows)))


def same_side(map_: Homography, points: Sequence[Point]) -> bool:
    """Whether no infinity lies between these points: their divisors have one sign."""
    signs = {math.copysign(1.0, map_.weight(point)) for point in points}
    return len(signs) == 1


def _normalised(points: Sequence[Point]) -> tuple[Homography, list[Point]]:
    """Centroid to the origin, mean distance to the square root of 2; without it millimetres and units would weigh differently."""
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    spread = sum(math.hypot(point[0] - x, point[1] - y) for point in points) / len(points)
    if not spread:
        raise DegenerateError("points_in_line")
    scale = math.sqrt(2) / spread
    norm = Homography(((scale, 0.0, -scale * x), (0.0, scale, -scale * y), (0.0, 0.0, 1.0)))
    return norm, [norm.at(point) for point in points]


def _least_area(points: Sequence[Point]) -> float:
    triangles = itertools.combinations(points, 3)
    return min(abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 for a, b, c in triangles)


def _equations(sources: Sequence[Point], targets: Sequence[Point]) -> list[list[float]]:
    """Two for each pair: u (g x + h y + 1) = a x + b y + c, and the same for v."""
    rows = []
    for (x, y), (u, v) in zip(sources, targets, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return rows


def _solve(rows: list[list[float]]) -> list[float]:
    """Gauss with the largest pivot; each row ends with its right side."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        if abs(rows[column][column]) < LEAST_PIVOT:
            raise DegenerateError("points_twisted")
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [left - factor * right for left, right in zip(rows[row], rows[column], strict=True)]
    return [rows[each][size] / rows[each][each] for each in range(size)]


def _dot(row: Row, point: Point) -> float:
    return row[0] * point[0] + row[1] * point[1] + row[2]


def _product(left: tuple[Row, Row, Row], right: tuple[Row, Row, Row]) -> tuple[Row, Row, Row]:
    def cell(row: int, column: int) -> float:
        return sum(left[row][each] * right[each][column] for each in range(3))

    first, second, third = ((cell(row, 0), cell(row, 1), cell(row, 2)) for row in range(3))
    return first, second, third
