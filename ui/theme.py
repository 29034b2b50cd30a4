"""Colours and the one style sheet.

Grey ground; one accent, blue, says "you act here"; amber: do something different; red: the machine stopped; green only as a
short result. Colour never stands alone: a shape or a word goes with it. Texts keep a contrast of 7:1, also on colour; shapes 3:1
(a test measures the pairs, and walks the faces for one that is not among them). Night and high contrast: `ui/themes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.metrics import Metrics

DIM_SHARE = 0.35  # of a colour that is left when it is faded
FADING = ("surface", "strong_line", "occupied", "also")  # grounds and lines; never a text


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
    soft_text: str = "#363f48"
    accent: str = "#094aac"
    accent_pressed: str = "#073e93"
    accent_soft: str = "#dbe7fb"
    on_accent: str = "#ffffff"
    pressed: str = "#ced6dd"
    off: str = "#ccd1d7"
    off_text: str = "#2c343b"
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
    stop: str = "#a80d27"
    on_stop: str = "#ffffff"
    done: str = "#125f2e"
    on_done: str = "#ffffff"
    lift_1: str = "#cdb4ff"  # lifts side by side: each has its colour in every theme, beside its number, arrow and word
    lift_2: str = "#63d8cb"
    lift_3: str = "#f2b1cb"
    on_lift: str = "#11161b"
    plate: str = "#ffffff"  # under pictures and barcodes: white in every theme, because they are drawn for paper

    def dim(self) -> Theme:
        """The same with its grounds faded into the panel: of what cannot be worked now. Texts keep their contrast; that it is not
        ready is said by shape (outlines instead of areas) and word. Mixed once, because painting with opacity costs twice."""
        faded = {name: mixed(getattr(self, name), self.panel, DIM_SHARE) for name in FADING}
        return replace(self, text=self.soft_text, **faded)

    def lift_colour(self, number: int) -> str:
        """The colour of the lift of this number, from the left."""
        return (self.lift_1, self.lift_2, self.lift_3)[(number - 1) % 3]

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """(text, ground) for every pair of tokens that a text is written with, here or faded (`dim`)."""
        plain = ("ground", "panel", "surface", "pressed", "accent_soft")
        pairs = [("text", each) for each in (*plain, "occupied", "also")] + [("soft_text", each) for each in plain]
        on_color = [(f"on_{each}", each) for each in ("accent", "act", "stop", "done")] + [("on_accent", "accent_pressed")]
        bars = [("bar_text", "bar"), ("bar_soft", "bar")] + [("on_lift", f"lift_{each}") for each in (1, 2, 3)]
        rest = [("accent", "panel"), ("accent", "surface"), ("off_text", "off"), ("off_text", "surface"), ("surface", "text")]
        return tuple((getattr(self, one), getattr(self, other)) for one, other in (*pairs, *on_color, *bars, *rest))

    def shape_pairs(self) -> tuple[tuple[str, str], ...]:
        """(shape, ground) for what is told apart by its outline."""
        pairs = [(each, "bar") for each in ("good", "wait", "bad", "lift_1", "lift_2", "lift_3")] + [
            (each, "panel") for each in ("done", "stop")
        ]
        lines = [("strong_line", "surface"), ("strong_line", "panel"), ("accent", "occupied")]
        return tuple((getattr(self, one), getattr(self, other)) for one, other in (*pairs, *lines))


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
    QWidget[look="paper"] {{ background: {theme.plate}; border: 1px solid {theme.line}; border-radius: {radius}px; }}
    QWidget[look="note"] {{ background: {theme.panel}; border-top: 1px solid {theme.line}; }}
    QWidget[look="due"] {{ background: {theme.panel}; border: 3px solid {theme.act}; border-radius: {radius}px; }}
    QWidget[look="act"] {{ background: {theme.act}; }}
    QWidget[look="stop"] {{ background: {theme.stop}; }}
    QWidget[look="done"] {{ background: {theme.done}; border-radius: {radius}px; }}
    QPushButton {{ outline: none; }}
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
