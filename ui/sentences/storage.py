"""Trays and items at the supervisor's desk: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

STORAGE_EVENTS: Final[Table] = {"tray_changed": N_("Tray changed")}
STORAGE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {"Tray changed": N_("Bin changed")}
