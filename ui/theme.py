"""Colours and the one style sheet.

Grey ground; one accent, blue, says "you act here"; amber: do something different; red: the machine stopped; green only as a
short result. Colour never stands alone: a shape or a word goes with it. Texts keep a contrast of 7:1, big text on colour 4.5:1,
shapes 3:1 (a test measures the pairs).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.metrics import Metrics

DIM_SHARE = 0.35  # of a colour that is left when it is faded
FADING = ("surface", "strong_line", "text", "soft_text", "accent", "on_accent", "occupied", "also")


def mixed(color: str, ground: str, share: float) -> str:
    """`share` of a colour (#rrggbb) on a ground of another."""
    pairs = [(int(color[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens. Everything painted and styled takes its colours from here."""

    ground: str = "#dfe3e6"
    panel: str = "#f5f6f8"
    surface: str = "#ffffff"
    line: str = "#b4bbc2"
    strong_line: str = "#7b858f"
    text: str = "#11161b"
    soft_text: str = "#414b55"
    accent: str = "#0a54c4"
    accent_pressed: str = "#073e93"
    accent_soft: str = "#dbe7fb"
    on_accent: str = "#ffffff"
    pressed: str = "#c9d1d9"
    off: str = "#ccd1d7"
    off_text: str = "#3b444d"
    dim_text: str = "#8d959d"
    occupied: str = "#c5cdd4"
    also: str = "#bcd3f7"
    bar: str = "#27313b"
    bar_text: str = "#ffffff"
    bar_soft: str = "#c7d0d8"
    good: str = "#8bd6a6"
    wait: str = "#f4c542"
    bad: str = "#ff6b6b"
    act: str = "#f4b400"
    on_act: str = "#11161b"
    stop: str = "#c30f2d"
    on_stop: str = "#ffffff"
    done: str = "#18743a"
    on_done: str = "#ffffff"

    def dim(self) -> Theme:
        """The same, faded into the panel: of what cannot be worked now. Mixed once, because painting with opacity costs twice."""
        return replace(self, **{name: mixed(getattr(self, name), self.panel, DIM_SHARE) for name in FADING})

    def text_pairs(self) -> tuple[tuple[str, str, float], ...]:
        """(text, ground, least contrast) for every pair of colours the screens use."""
        return (
            (self.text, self.ground, 7.0),
            (self.text, self.panel, 7.0),
            (self.soft_text, self.panel, 7.0),
            (self.soft_text, self.surface, 7.0),
            (self.on_accent, self.accent, 4.5),
            (self.accent, self.panel, 4.5),
            (self.text, self.accent_soft, 7.0),
            (self.off_text, self.off, 4.5),
            (self.bar_text, self.bar, 7.0),
            (self.bar_soft, self.bar, 7.0),
            (self.on_act, self.act, 7.0),
            (self.on_stop, self.stop, 4.5),
            (self.on_done, self.done, 4.5),
            (self.good, self.bar, 3.0),
            (self.wait, self.bar, 3.0),
            (self.bad, self.bar, 3.0),
            (self.strong_line, self.surface, 3.0),
            (self.accent, self.occupied, 3.0),
        )


def style_sheet(theme: Theme, metrics: Metrics) -> str:
    """The application's sheet. Texts are painted by the widgets themselves, so no font is set here.

    An id beats a pseudo-state in QSS: every rule with an id or a property names its :disabled twin, otherwise a locked primary
    button stays blue. Sizes are set in code, because min-height in a sheet leaves border and padding out.
    """
    radius = metrics.px(1.2)
    return f"""
    QWidget {{ background: transparent; color: {theme.text}; }}
    QWidget[look="ground"] {{ background: {theme.ground}; }}
    QWidget[look="panel"] {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: {radius}px; }}
    QWidget[look="field"] {{ background: {theme.surface}; border: 2px solid {theme.accent}; border-radius: {radius}px; }}
    QWidget[look="status"] {{ background: {theme.bar}; }}
    QWidget[look="paper"] {{ background: #ffffff; border: 1px solid {theme.line}; border-radius: {radius}px; }}
    QWidget[look="note"] {{ background: {theme.panel}; border-top: 1px solid {theme.line}; }}
    QWidget[look="due"] {{ background: {theme.panel}; border: 3px solid {theme.act}; border-radius: {radius}px; }}
    QWidget[look="act"] {{ background: {theme.act}; }}
    QWidget[look="stop"] {{ background: {theme.stop}; }}
    QWidget[look="done"] {{ background: {theme.done}; border-radius: {radius}px; }}
    QPushButton {{ background: {theme.surface}; border: 2px solid {theme.strong_line}; border-radius: {radius}px; }}
    QPushButton:pressed {{ background: {theme.pressed}; }}
    QPushButton:disabled {{ background: {theme.off}; border-color: {theme.line}; }}
    QPushButton[look="primary"] {{ background: {theme.accent}; border-color: {theme.accent}; }}
    QPushButton[look="primary"]:pressed {{ background: {theme.accent_pressed}; border-color: {theme.accent_pressed}; }}
    QPushButton[look="primary"]:disabled {{ background: {theme.off}; border-color: {theme.line}; }}
    QWidget[look="tag"] {{ background: {theme.act}; border-radius: {radius}px; }}
    QWidget[look="card"] {{ background: {theme.surface}; border: 2px solid {theme.strong_line}; border-radius: {radius}px; }}
    QPushButton[look="row"] {{ border: 1px solid {theme.line}; }}
    QPushButton[look="row"]:disabled {{ background: {theme.surface}; border: 1px solid {theme.line}; }}
    QPushButton[look="blocked"], QPushButton[look="blocked"]:disabled {{
        background: {theme.ground}; border: 1px solid {theme.line}; }}
    QPushButton[look="chosen"] {{ background: {theme.accent_soft}; border: 3px solid {theme.accent}; }}
    QPushButton[look="chosen"]:pressed {{ background: {theme.also}; }}
    """
