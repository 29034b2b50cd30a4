"""The normal distribution as stock formulas need it."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

_STANDARD = NormalDist()


@cache
def z_of(service: float) -> float:
    """The safety factor: P(Z <= z) = `service`, a share strictly between 0 and 1 (ValueError else)."""
    if not 0 < service < 1:
        raise ValueError("a service level lies between 0 and 1")
    return _STANDARD.inv_cdf(service)


def loss(k: float) -> float:
    """G(k) = phi(k) - k (1 - Phi(k)): expected shortage of one cycle in standard deviations.

    Source: Silver, Pyke, Peterson 1998, Inventory Management and Production Planning and Scheduling, appendix B.
    """
    return _STANDARD.pdf(k) - k * (1 - _STANDARD.cdf(k))


def fill_rate(*, sigma: float, k: float, lot: float) -> float:
    """Share of the demand that is served at once: 1 - sigma G(k) / Q (as `loss`, chapter 7.7)."""
    return 1 - sigma * loss(k) / lot
