"""What the scale says beside a question for a number of pieces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What the scale at the bay has to say while a number of pieces is asked. It stands beside the question and never in it: no
    reading answers one.

    `why` is a code of why there is no figure (scale_*), "" where there is one: `pieces` and, unless that `is_sure`, `plus_minus`.
    `weight_mg` None: there is nothing to read. `piece_ug` and `sample` are what was learnt of the lot; 0: nothing.
    `is_learning`: the question asks how many pieces are on the scale. `may_learn` is a refusal's code, "" when it may be begun.
    """

    weight_mg: int | None
    step_mg: int = 0
    why: str = ""
    pieces: int = 0
    plus_minus: int = 0
    is_sure: bool = False
    piece_ug: int = 0
    sample: int = 0
    is_learning: bool = False
    may_learn: str = ""
