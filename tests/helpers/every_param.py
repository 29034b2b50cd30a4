"""Values for whatever a sentence names: as long as they become at a bay."""

from __future__ import annotations

import string

from tests.helpers import faces
from ui import sentences

LONG: dict[str, str | int] = {
    "item": faces.BOLT.code,
    "scanned": "4017-0820",
    "other": "4017-0841",
    "order": "SO-48213",
    "orders": "SO-48213, SO-48214",
    "totes": "T1, T2, T3",
    "named": "T4",
    "compartment": "C17",
    "scanned_compartment": "D11",
    "beside": "C18",
    "tray": 147,
    "here": 112,
    "scanned_tray": 112,
    "position": "T12",
    "ending": "4711",
    "length": 24,
    "name": "I. Navarro-Fernández",
    "unit": "pcs",
    "decimals": 0,
    "printer": "Zebra 1",
    "lot": "2409-17",
    "why": "out_inspection",
    "fault": "L206",
    "reason": "shutter",
    "code": "A-213",
}
NUMBER = 128


def params_of(table: sentences.Table, code: str) -> dict[str, str | int]:
    """Values for all that this sentence names."""
    sentence = table[code]
    texts = (sentence,) if isinstance(sentence, str) else sentence
    names = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
    return {"unit": "pcs", "decimals": 0, **{name: LONG.get(name, NUMBER) for name in names}}
