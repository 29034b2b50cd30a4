"""Every sentence the screen can say, by code. Literals only: Babel reads these files, `ui/texts.py` fills and translates.

To add a code, add a line to its table. A pair NN_(one, many) is chosen by the parameter `count`. Parameters named in
`ui.texts.QUANTITIES` are scaled quantities and arrive with their unit.
"""

from __future__ import annotations

from ui.sentences.codes import CODES
from ui.sentences.emergency import PAPER
from ui.sentences.labels import LABELS
from ui.sentences.messages import MESSAGES, WAITS
from ui.sentences.printed import PRINTED
from ui.sentences.questions import ASKS, ASKS_MEASURED, CHOICES, RESULTS, RESULTS_EMPTY
from ui.sentences.refusals import BLOCKS, REFUSALS, SHORT_REFUSALS
from ui.sentences.site import SITE
from ui.sentences.site_codes import SITE_ADVICE
from ui.sentences.table import Sentence, Table
from ui.sentences.words import (
    ACTIONS,
    DEVICES,
    EVENTS,
    KINDS,
    LIGHTS,
    MODES,
    OUTAGE_REASONS,
    OWNERS,
    PLACES,
    PUT_REASONS,
    REASONS,
    ROLES,
    STATUSES,
)

__all__ = [
    "ACTIONS",
    "ASKS",
    "ASKS_MEASURED",
    "BLOCKS",
    "CHOICES",
    "CODES",
    "DEVICES",
    "EVENTS",
    "KINDS",
    "LABELS",
    "LIGHTS",
    "MESSAGES",
    "MODES",
    "OUTAGE_REASONS",
    "OWNERS",
    "PAPER",
    "PLACES",
    "PRINTED",
    "PUT_REASONS",
    "REASONS",
    "REFUSALS",
    "RESULTS",
    "RESULTS_EMPTY",
    "ROLES",
    "SHORT_REFUSALS",
    "SITE",
    "SITE_ADVICE",
    "STATUSES",
    "WAITS",
    "Sentence",
    "Table",
]
