"""The operator's card as a PDF: one A4 sheet across, black on white but for the three colours it explains."""

from __future__ import annotations

import io
from typing import Any, Final

from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from ui.emergency.paper import BOLD, HEIGHT, MARGIN, PLAIN, USABLE, WIDTH, in_lines, load_fonts
from ui.language import Language
from ui.sentences.card import CARD, CARD_BUTTONS, CARD_HELP, CARD_HINT, CARD_TITLE, COLOURS
from ui.theme import Theme

GAP: Final = 22.0
COLUMN: Final = (USABLE - GAP) / 2
HEAD_PT: Final = 14.0
SIZES_PT: Final = (
    13.5,
    13.0,
    12.5,
    12.0,
    11.5,
    11.0,
)  # the largest in which a language has room; below it nobody reads it on a wall
LEADING: Final = 1.28
NUMBER_WIDTH: Final = 20.0
BOX: Final = 26.0
TOP: Final = HEIGHT - MARGIN - 70.0
FOOT: Final = MARGIN + 86.0
MOST_LINES: Final = 4
BAND, BETWEEN, AFTER = 28.0, 4.0, 14.0  # a heading's height; below a step; below a block
Block = tuple[str, list[str]]


class CardError(Exception):
    """A translation is so long that the card would have two sheets."""


def render(language: Language) -> bytes:
    """The card in this language. Raises CardError."""
    load_fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
    say = language.translations.gettext
    canvas.setTitle(say(CARD_TITLE))
    _head(canvas, say(CARD_TITLE), say(CARD_HINT))
    buttons = {name: say(text) for name, text in CARD_BUTTONS.items()}
    blocks = [(say(title), [say(each).format(**buttons) for each in steps]) for title, steps in CARD]
    size_pt = _size(blocks)
    for column in (0, 1):
        _column(canvas, column, blocks[column * 2 :][:2], size_pt)
    _foot(canvas, [(colour, say(text)) for colour, text in COLOURS], say(CARD_HELP))
    canvas.save()
    return file.getvalue()


def _head(canvas: Any, title: str, hint: str) -> None:
    canvas.setFont(BOLD, 26)
    canvas.drawString(MARGIN, HEIGHT - MARGIN - 20, title)
    canvas.setFont(PLAIN, 12)
    canvas.drawString(MARGIN, HEIGHT - MARGIN - 40, hint)
    canvas.setFont(BOLD, 12)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - MARGIN - 20, "Baylight")


def _size(blocks: list[Block]) -> float:
    """The largest size in which both columns end above the foot."""
    for size_pt in SIZES_PT:
        if max(_height(blocks[:2], size_pt), _height(blocks[2:], size_pt)) <= TOP - FOOT:
            return size_pt
    raise CardError(f"no room even at {SIZES_PT[-1]} points")


def _height(blocks: list[Block], size_pt: float) -> float:
    lines = sum(len(_lines(step, size_pt)) for _, steps in blocks for step in steps)
    steps = sum(len(each) for _, each in blocks)
    return len(blocks) * (BAND + AFTER) + lines * size_pt * LEADING + steps * BETWEEN - AFTER


def _lines(text: str, size_pt: float) -> tuple[str, ...]:
    return in_lines(text, PLAIN, size_pt, COLUMN - NUMBER_WIDTH - 6, MOST_LINES)


def _column(canvas: Any, column: int, blocks: list[Block], size_pt: float) -> None:
    x, y = MARGIN + column * (COLUMN + GAP), TOP
    for title, steps in blocks:
        canvas.setFillColor(HexColor("#1f2933"))
        canvas.rect(x, y - 8, COLUMN, 24, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, HEAD_PT)
        canvas.drawString(x + 7, y - 1, title)
        canvas.setFillColor(black)
        y -= BAND
        for number, step in enumerate(steps, start=1):
            canvas.setFont(BOLD, size_pt)
            canvas.drawString(x + 4, y, str(number))
            canvas.setFont(PLAIN, size_pt)
            for line in _lines(step, size_pt):
                canvas.drawString(x + NUMBER_WIDTH, y, line)
                y -= size_pt * LEADING
            y -= BETWEEN
        y -= AFTER


def _foot(canvas: Any, colours: list[tuple[str, str]], help_words: str) -> None:
    theme = Theme()
    painted = {"blue": theme.accent, "amber": theme.act, "red": theme.stop}
    width = USABLE / len(colours)
    for at, (colour, text) in enumerate(colours):
        x = MARGIN + at * width
        canvas.setFillColor(HexColor(painted[colour]))
        canvas.roundRect(x, MARGIN + 44, BOX, BOX, 4, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.setFont(PLAIN, 11.5)
        lines = in_lines(text, PLAIN, 11.5, width - BOX - 18, 2)
        for row, line in enumerate(lines):
            canvas.drawString(x + BOX + 8, MARGIN + 53 + 7 * (len(lines) - 1) - row * 14, line)
    canvas.setFont(BOLD, 11.5)
    canvas.drawString(MARGIN, MARGIN + 14, help_words)
    canvas.setLineWidth(0.7)
    canvas.line(MARGIN + 190, MARGIN + 11, WIDTH - MARGIN, MARGIN + 11)
