"""The reason of a verdict, in words for a planner."""

from __future__ import annotations

from station.jit.suitability import Reason
from ui.cli.terminal import Translate
from ui.sentences.jit import CLASSES, REASONS, SHARES


def reason_text(reason: Reason, _: Translate) -> str:
    """With its figure and its limit."""
    return _(REASONS[reason.code]).format(figure=_figure(reason, reason.figure, _), limit=_figure(reason, reason.limit, _))


def _figure(reason: Reason, value: float | str | None, _: Translate) -> str:
    if isinstance(value, str) or value is None:
        return _(CLASSES[value]) if value in CLASSES else value or "-"
    return f"{value:.0%}" if reason.code in SHARES else f"{value:.3g}"
