"""Least squares with few unknowns that a few wild values cannot bend: weights by Tukey's biweight, steps by Levenberg and
Marquardt. Standard library only; the same values have the same answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Final

Model = Callable[[Sequence[float], int], float]  # parameters, number of the value: what the model says of it

TUKEY: Final = 4.685  # scales, beyond which a value counts nothing
MAD: Final = 1.4826  # from the median of |residuals| to a standard deviation
LEAST_SCALE: Final = 0.05  # s: values that agree better than that are all right
MOST_STEPS: Final = 40
STEP: Final = 1e-4  # of the numeric derivative
SMALL: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Fit:
    """`rms` is of the values that count, `counted` how many do, `scale` the robust spread of all."""

    parameters: tuple[float, ...]
    rms: float
    counted: int
    scale: float


def fit(model: Model, values: Sequence[float], start: Sequence[float], *, hold: float = 1e-4) -> Fit:
    """The parameters that fit best, from a start that is near. `hold` draws to the start what the values do not tell."""
    parameters, damping = list(start), 1e-3
    for _ in range(MOST_STEPS):
        residuals = _residuals(model, values, parameters)
        weights = weights_of(residuals)
        cost = _cost(residuals, weights, parameters, start, hold)
        matrix, vector = _normal(model, parameters, residuals, weights, start=start, hold=hold)
        step = solved(
            [[each * (1 + damping * (row == at)) for at, each in enumerate(matrix[row])] for row in range(len(matrix))], vector
        )
        if step is None:
            break
        tried = [each + by for each, by in zip(parameters, step, strict=True)]
        if _cost(_residuals(model, values, tried), weights, tried, start, hold) <= cost:
            parameters, damping = tried, max(damping / 5, 1e-9)
            if max(map(abs, step)) < SMALL:
                break
        else:
            damping *= 8
            if damping > 1e9:
                break
    residuals = _residuals(model, values, parameters)
    counting = [each for each, weight in zip(residuals, weights_of(residuals), strict=True) if weight > 0]
    rms = sqrt(sum(each * each for each in counting) / len(counting)) if counting else 0.0
    return Fit(tuple(parameters), rms, len(counting), scale_of(residuals))


def scale_of(residuals: Sequence[float]) -> float:
    """How far values usually lie from 0, whatever a few of them do."""
    return max(LEAST_SCALE, MAD * median(abs(each) for each in residuals)) if residuals else LEAST_SCALE


def weights_of(residuals: Sequence[float]) -> list[float]:
    """What each value counts: near 1 where it fits, 0 far out."""
    reach = TUKEY * scale_of(residuals)
    return [(1 - (each / reach) ** 2) ** 2 if abs(each) < reach else 0.0 for each in residuals]


def solved(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float] | None:
    """The solution of a few linear equations; None where they have none."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        if abs(rows[best][at]) < 1e-12:
            return None
        rows[at], rows[best] = rows[best], rows[at]
        for row in range(size):
            if row != at:
                by = rows[row][at] / rows[at][at]
                rows[row] = [each - by * pivot for each, pivot in zip(rows[row], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def _residuals(model: Model, values: Sequence[float], parameters: Sequence[float]) -> list[float]:
    return [value - model(parameters, number) for number, value in enumerate(values)]


def _cost(
    residuals: Sequence[float], weights: Sequence[float], parameters: Sequence[float], start: Sequence[float], hold: float
) -> float:
    drawn = sum((each - first) ** 2 for each, first in zip(parameters, start, strict=True))
    return sum(weight * each * each for each, weight in zip(residuals, weights, strict=True)) + hold * len(residuals) * drawn


def _normal(
    model: Model,
    parameters: Sequence[float],
    residuals: Sequence[float],
    weights: Sequence[float],
    *,
    start: Sequence[float],
    hold: float,
) -> tuple[list[list[float]], list[float]]:
    """The normal equations of one step."""
    size, pull = len(parameters), hold * len(residuals)
    matrix = [[pull * (row == at) for at in range(size)] for row in range(size)]
    vector = [pull * (first - each) for each, first in zip(parameters, start, strict=True)]
    ahead = [[each + STEP * (row == at) for row, each in enumerate(parameters)] for at in range(size)]
    for number, (residual, weight) in enumerate(zip(residuals, weights, strict=True)):
        if not weight:
            continue
        here = model(parameters, number)
        slopes = [(model(each, number) - here) / STEP for each in ahead]
        for row in range(size):
            vector[row] += weight * slopes[row] * residual
            for at in range(size):
                matrix[row][at] += weight * slopes[row] * slopes[at]
    return matrix, vector
