"""The settings of printers: where each is, how large its labels are, and what comes out of it by itself. Part of
`station.settings`."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.setting_fields import choice, number, text

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}"
RESOLUTIONS = (6, 8, 12, 24)  # dots per mm: 152, 203, 300 and 600 dpi


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSettings:
    """[[printer]]: a label printer, or one for sheets. The rules name what is printed when; empty: nothing."""

    name: str = text("printer", pattern=_NAME, allowed="letters, digits, dot, dash and underscore, at most 31")
    kind: str = choice("zpl", "zpl", "cups")
    url: str = text("")
    answers: str = choice("on", "on", "off")
    dpmm: int = field(default=8, metadata={"choices": RESOLUTIONS, "allowed": "6, 8, 12 or 24"})
    width_mm: float = number(100.0, 20.0, 300.0)
    height_mm: float = number(60.0, 15.0, 420.0)
    receipt: str = choice("", "", "item", "compartment")
    tray_end: str = choice("", "", "item", "tray")
    tote_end: str = choice("", "", "tote")
    order_end: str = choice("", "", "packing_slip", "tote")
