"""The looks a station can have: day, night and high contrast. Each has the same tokens; see `ui/theme.py` for what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ui.theme import Theme

NIGHT: Final = Theme(
    ground="#14181c",
    panel="#1d2329",
    surface="#29313a",
    line="#4b5661",
    strong_line="#8a96a2",
    text="#f2f5f7",
    soft_text="#ccd4db",
    accent="#98c3ff",
    accent_pressed="#7fb0f7",
    accent_soft="#20344f",
    on_accent="#0b1016",
    pressed="#343f49",
    off="#2b3239",
    off_text="#c2cad1",
    occupied="#434e59",
    also="#2c4a72",
    bar="#090c0f",
    bar_soft="#b9c3cc",
    stop="#ff8585",
    on_stop="#11161b",
    done="#8bd6a6",
    on_done="#11161b",
)

CONTRAST: Final = Theme(
    ground="#000000",
    panel="#000000",
    surface="#000000",
    line="#ffffff",
    strong_line="#ffffff",
    text="#ffffff",
    soft_text="#ffffff",
    accent="#5cd1ff",
    accent_pressed="#a8e6ff",
    accent_soft="#00344d",
    on_accent="#000000",
    pressed="#404040",
    off="#262626",
    off_text="#d6d6d6",
    occupied="#3d3d3d",
    also="#00425f",
    bar="#1c1c1c",
    bar_soft="#ffffff",
    good="#7dffa0",
    wait="#ffd75e",
    bad="#ff8f8f",
    act="#ffd000",
    on_act="#000000",
    stop="#ff8a8a",
    on_stop="#000000",
    done="#7dffa0",
    on_done="#000000",
)

THEMES: Final[Mapping[str, Theme]] = MappingProxyType({"day": Theme(), "night": NIGHT, "contrast": CONTRAST})
