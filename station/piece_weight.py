"""What one piece weighs and how many lie on a scale, each with its uncertainty. Pure; weights in mg and ug.

The terms follow the GUM (JCGM 100:2008): a reading rounded to a step d has the standard uncertainty d / sqrt(12) at least
(F.2.2.1), independent terms are added in squares (5.1.2), and k = 2 expands to some 95 % (6.3). A net weight is the difference of
two readings, the loaded pan's and the empty one's, so that it has sqrt(2) of one reading's.

How much pieces of one lot differ among themselves no single weighing can tell: `Precision.spread` is the site's word for it. For
most lots it, and not the scale, decides how many pieces can be counted at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, hypot, sqrt

LEAST_SAMPLE = 10  # pieces: fewer say too little of a lot, however good the scale is
SAMPLE_ERROR = 0.01  # of a sample's weight: more than this the scale's own part of the expanded uncertainty must not be
K = 2.0  # coverage factor


@dataclass(frozen=True, slots=True)
class Precision:
    """How good scale and lots are. `repeatability_mg` is the scale's standard deviation from its data sheet, 0 where it is not
    known; `spread` the standard deviation of a piece's weight within a lot, as a share of it."""

    repeatability_mg: float = 0.0
    spread: float = 0.01


@dataclass(frozen=True, slots=True)
class Learnt:
    """The weight of one piece and its standard uncertainty. `needed` is 0 when the sample was large enough, else how many pieces
    it takes, and then nothing was learnt."""

    piece_ug: int
    uncertainty_ug: int
    needed: int = 0


@dataclass(frozen=True, slots=True)
class PieceCount:
    """How many pieces lie on the scale. `plus_minus` is the expanded uncertainty in whole pieces, rounding included; `is_sure`:
    it is below half a piece, so that it can be no other number."""

    pieces: int
    plus_minus: int
    is_sure: bool


def net_uncertainty_mg(step_mg: int, precision: Precision) -> float:
    """The standard uncertainty of a net weight: of two readings with this step."""
    return sqrt(2.0) * max(step_mg / sqrt(12.0), precision.repeatability_mg)


def least_sample(piece_mg: float, step_mg: int, precision: Precision) -> int:
    """How many pieces of about this weight a sample needs so that it can be weighed well enough, at least LEAST_SAMPLE."""
    needed_mg = K * net_uncertainty_mg(step_mg, precision) / SAMPLE_ERROR
    return max(LEAST_SAMPLE, ceil(needed_mg / piece_mg))


def learn(weight_mg: int, step_mg: int, pieces: int, precision: Precision) -> Learnt:
    """The weight of one piece by a sample of `pieces` (> 0) that weighs `weight_mg` (> 0) together.

    Its uncertainty is that of the weighing, shared by the pieces, and that of a mean of so many different pieces.
    """
    piece_mg = weight_mg / pieces
    of_scale = net_uncertainty_mg(step_mg, precision) / pieces
    of_lot = precision.spread * piece_mg / sqrt(pieces)
    needed = least_sample(piece_mg, step_mg, precision)
    uncertainty_ug = max(1, ceil(hypot(of_scale, of_lot) * 1000))
    return Learnt(max(1, round(piece_mg * 1000)), uncertainty_ug, needed if pieces < needed else 0)


def count(weight_mg: int, step_mg: int, *, piece_ug: int, uncertainty_ug: int, precision: Precision) -> PieceCount:
    """How many pieces of `piece_ug` (> 0) weigh `weight_mg`: N = m / w, its uncertainty by the law of propagation from the
    weighing, the weight of a piece, and the difference of the N pieces among themselves."""
    exact = max(0.0, weight_mg * 1000 / piece_ug)
    of_weighing = net_uncertainty_mg(step_mg, precision) * 1000 / piece_ug
    of_piece = exact * uncertainty_ug / piece_ug
    of_lot = precision.spread * sqrt(exact)
    expanded = K * hypot(of_weighing, of_piece, of_lot)
    pieces = floor(exact + 0.5)
    off = expanded + abs(exact - pieces)
    return PieceCount(pieces, max(1, ceil(off)), is_sure=off < 0.5)


def is_empty(weight_mg: int, step_mg: int, precision: Precision) -> bool:
    """Whether this may as well be nothing."""
    return abs(weight_mg) <= max(step_mg, K * net_uncertainty_mg(step_mg, precision))
