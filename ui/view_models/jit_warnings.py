"""The early warnings on the page of just-in-time, and what is supposed of a supplier there."""

from __future__ import annotations

import math
from typing import Final

from station.jit.exposure import EarlyWarning
from station.jit.lanes import lane_of
from station.jit.ways import Way, is_way
from station.view.message import Level
from ui.texts import Texts
from ui.view_models.rows import RowModel, Tone

HOUR_S: Final = 3600
SHARE: Final = "accuracy_falls"


def warning_row(number: int, each: EarlyWarning, texts: Texts) -> RowModel:
    """What it is about, what is wrong, and since when or how much."""
    is_share = each.code == SHARE
    age = texts.label("jit_since", age=texts.age(abs(each.figure) * HOUR_S))
    return RowModel(
        name=f"warning_{number}",
        lead=each.about or texts.label("jit_counts"),
        main=texts.label(f"jit_warn_{each.code}"),
        sub="",
        right=_percent(each.figure, texts) if is_share else age,
        right_sub=texts.label("jit_was", figure=_percent(each.limit, texts)) if is_share else "",
        tone=Tone.LATE,
        is_touchable=False,
        level=Level.STOP if each.code == "line_stop" else Level.ACT,
    )


def way_row(each: Way, when: str, texts: Texts) -> RowModel:
    """Who waits for how much; a touch asks what stops when nothing gets there."""
    return RowModel(
        name=f"jit_{each.name}",
        lead=each.consumer,
        main=texts.label("jit_way", count=each.lines),
        sub="",
        right=when,
        right_sub=texts.label("jit_first"),
        level=Level.NOTE,
    )


def if_late(supplier: str, days: float, texts: Texts) -> str:
    """What is supposed; "" for nothing."""
    if not supplier:
        return ""
    if is_way(supplier):
        name = "jit_if_way_shut" if math.isinf(days) else "jit_if_way"
        return texts.label(name, consumer=lane_of(supplier).consumer, days=f"{days:g}")
    if math.isinf(days):
        return texts.label("jit_if_closed", supplier=supplier)
    return texts.label("jit_if_late", supplier=supplier, days=f"{days:g}")


def _percent(share: float, texts: Texts) -> str:
    return f"{texts.decimal(100 * share, 0)} %"
