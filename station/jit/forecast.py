"""Demand a period, for items that are asked for now and then."""

from __future__ import annotations

from collections.abc import Sequence

ALPHA = 0.1


def croston(values: Sequence[float], alpha: float = ALPHA) -> float:
    """Mean demand a period after the last one: smoothed size by smoothed interval, the first interval from the start; 0 without
    demand. Source: Croston 1972, Forecasting and stock control for intermittent demands, ORQ 23, 289-303."""
    size = interval = 0.0
    since = 0
    for value in values:
        since += 1
        if value <= 0:
            continue
        if not size:
            size, interval = float(value), float(since)
        else:
            size += alpha * (value - size)
            interval += alpha * (since - interval)
        since = 0
    return size / interval if size else 0.0


def sba(values: Sequence[float], alpha: float = ALPHA) -> float:
    """Croston's figure less its bias: (1 - alpha / 2) of it. Source: Syntetos and Boylan 2005, IJF 21, 303-314."""
    return (1 - alpha / 2) * croston(values, alpha)
