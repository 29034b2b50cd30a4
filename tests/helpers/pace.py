"""How slow this computer is just now, against the one on which the promises were measured.

Figures in seconds mean nothing on a computer that others use, or that is half as fast: they are held to the promise times what a
bare loop of this interpreter takes here and now, and times NOISE for what else runs beside. Ratios need neither.
"""

from __future__ import annotations

import time

NOISE = 2.0
LOOP = 1_000_000
LOOP_S = 0.05  # on AMD EPYC x 2, Linux 6.18, Python 3.11, with nothing beside it
TRIES = 5
MOST = 4.0  # a computer slower than that is none that the promises are for


def allowance() -> float:
    """What a promised ceiling is multiplied with, and a promised floor divided by: NOISE on a computer as fast as that one."""
    return NOISE * min(MOST, max(1.0, min(_loop_s() for _ in range(TRIES)) / LOOP_S))


def _loop_s() -> float:
    began_s = time.perf_counter()
    total = 0
    for each in range(LOOP):
        total += each
    return time.perf_counter() - began_s
