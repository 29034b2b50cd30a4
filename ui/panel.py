"""The glass the window is made for: how many pixels it has, and whether it is filled or only has a window on it.

A panel at a bay is filled and shows no frame: nothing but the station is on it. A screen larger than the largest panel is a
desktop, where the station is a window like others. The settings win over both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.settings import ScreenSettings
from ui.metrics import SMALLEST_PANEL_MM, Metrics

USUAL_PX: Final = (1280, 800)  # where there is no screen to ask, and of the window on a desktop
LARGEST_PANEL_PX: Final = (1920, 1080)
SMALLEST_PANEL_PX: Final = (800, 600)
FRAME_PX: Final = (16, 64)  # what the frame of a window and a desktop's own bar may take

Size = tuple[int, int]


class ScreenError(Exception):
    """The screen is smaller than the station's faces: a button would lie outside it. `code` is F606."""

    code = "F606"

    def __init__(self, metrics: Metrics) -> None:
        width_mm, height_mm = round(metrics.mm(metrics.width_px)), round(metrics.mm(metrics.height_px))
        has = f"{metrics.width_px} x {metrics.height_px} px, {width_mm} x {height_mm} mm at {metrics.diagonal_in} inches"
        least_px, least_mm = SMALLEST_PANEL_PX, SMALLEST_PANEL_MM
        needs = f"{least_px[0]} x {least_px[1]} px and {least_mm[0]:.0f} x {least_mm[1]:.0f} mm"
        self.message = f"the screen has {has}; the station needs at least {needs}"
        super().__init__(f"{self.code} {self.message}")


@dataclass(frozen=True, slots=True)
class Panel:
    """What the window is to be. Without a frame it stands at the screen's corner and, where it is as large, fills it."""

    metrics: Metrics
    has_frame: bool

    @property
    def size_px(self) -> Size:
        return self.metrics.width_px, self.metrics.height_px


def choose_panel(screen_px: Size | None, settings: ScreenSettings) -> Panel:
    """The panel for a screen (None: there is none to ask) and the settings. Raises ScreenError."""
    has_frame = _has_frame(screen_px, settings)
    size = fixed_size(settings) or (_window_on(screen_px) if has_frame else screen_px) or USUAL_PX
    metrics = Metrics(*size, settings.diagonal_in)
    if _is_too_small(metrics):
        raise ScreenError(metrics)
    return Panel(metrics, has_frame)


def fixed_size(settings: ScreenSettings) -> Size | None:
    """The pixels that the settings say, None where the screen is to be asked."""
    width, _, height = settings.size_px.partition("x")
    return (int(width), int(height)) if height else None


def _has_frame(screen_px: Size | None, settings: ScreenSettings) -> bool:
    if settings.window != "auto" or screen_px is None:
        return settings.window == "framed"
    is_desktop = max(screen_px) > LARGEST_PANEL_PX[0] or min(screen_px) > LARGEST_PANEL_PX[1]
    fixed = fixed_size(settings)
    return is_desktop or (fixed is not None and fixed != screen_px)


def _window_on(screen_px: Size | None) -> Size | None:
    if screen_px is None:
        return None
    return min(USUAL_PX[0], screen_px[0] - FRAME_PX[0]), min(USUAL_PX[1], screen_px[1] - FRAME_PX[1])


def _is_too_small(metrics: Metrics) -> bool:
    """Below the smallest panel in mm a button would lose its size or its place; below its pixels a text could not be read."""
    width_mm, height_mm = round(metrics.mm(metrics.width_px)), round(metrics.mm(metrics.height_px))
    is_short_mm = width_mm < SMALLEST_PANEL_MM[0] or height_mm < SMALLEST_PANEL_MM[1]
    return is_short_mm or metrics.width_px < SMALLEST_PANEL_PX[0] or metrics.height_px < SMALLEST_PANEL_PX[1]
