"""How the time-outs of a lift grow with what is slow below its protocol. Who waits how long: docs/wire/lift-times.md."""

from __future__ import annotations

from dataclasses import replace

from hardware.config import LiftTiming


def longer(timing: LiftTiming, *, answer_s: float, silence_s: float) -> LiftTiming:
    """Every wait that an answer ends is longer by `answer_s`, or a command would count as unanswered whose answer may still come;
    the silence of a dead line by `silence_s`. The pace of the pings stays."""
    return replace(
        timing,
        silence_s=timing.silence_s + silence_s,
        status_s=timing.status_s + answer_s,
        accepted_s=timing.accepted_s + answer_s,
        fetch_s=timing.fetch_s + answer_s,
        store_s=timing.store_s + answer_s,
        point_s=timing.point_s + answer_s,
    )
