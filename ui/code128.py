"""Code 128 as bars, plain or in the form of GS1-128 (FNC1 in front): ISO/IEC 15417, drawn by us so that the label needs no other
program.

Digits go two in a symbol where at least four follow each other (set C), all else in set B.
"""

from __future__ import annotations

import re
from typing import Final

QUIET_MODULES: Final = 10  # of white on either side
_GROUP_SEPARATOR: Final = "\x1d"
_FNC1, _TO_B, _TO_C, _START_B, _START_C = 102, 100, 99, 104, 105
_DIGITS = re.compile(r"(?:\d\d){2,}")
# Widths of the bars and gaps of each symbol in turn, a bar first; the last one is the stop.
_TABLE: Final = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 "
    "112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 "
    "311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS: Final = tuple(_TABLE.split())
_STOP: Final = 106


def gs1_symbols(text: str) -> tuple[int, ...]:
    """The symbols of a GS1-128 with its check symbol, without the stop. Raises ValueError for what set B cannot say."""
    return _symbols(text, first=[_FNC1])


def _symbols(text: str, *, first: list[int]) -> tuple[int, ...]:
    """`first` stands behind the start symbol."""
    codes, charset, rest = [], "", text
    while rest or not charset:
        run = _DIGITS.match(rest)
        wanted = "C" if run or (charset == "C" and rest.startswith(_GROUP_SEPARATOR)) else "B"
        if wanted != charset:
            codes.append((_START_B if wanted == "B" else _START_C) if not charset else (_TO_B if wanted == "B" else _TO_C))
            codes += [] if charset else first
            charset = wanted
        taken = run.group() if run else rest[:1]
        codes += _said(taken, is_pairs=run is not None)
        rest = rest[len(taken) :]
    check = codes[0] + sum(place * code for place, code in enumerate(codes[1:], 1))
    return (*codes, check % 103)


def _said(text: str, *, is_pairs: bool) -> list[int]:
    if is_pairs:
        return [int(text[place : place + 2]) for place in range(0, len(text), 2)]
    if text == _GROUP_SEPARATOR:
        return [_FNC1]
    if any(not " " <= sign <= "\x7e" for sign in text):
        raise ValueError(f"Code 128 B cannot say {text!r}")
    return [ord(sign) - 32 for sign in text]


def gs1_bars(text: str) -> tuple[tuple[int, int], ...]:
    """Every bar as (first module, width in modules), from the left edge of the first bar."""
    return _bars(gs1_symbols(text))


def plain_symbols(text: str) -> tuple[int, ...]:
    """The symbols of a Code 128 without FNC1, as our own labels have it. Raises ValueError for what set B cannot say."""
    return _symbols(text, first=[])


def plain_bars(text: str) -> tuple[tuple[int, int], ...]:
    """The same of a Code 128 without FNC1."""
    return _bars(plain_symbols(text))


def _bars(symbols: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    bars, at = [], 0
    for code in (*symbols, _STOP):
        for place, width in enumerate(map(int, _WIDTHS[code])):
            if place % 2 == 0:
                bars.append((at, width))
            at += width
    return tuple(bars)


def width_modules(bars: tuple[tuple[int, int], ...]) -> int:
    """How wide they are, without the white around them."""
    return bars[-1][0] + bars[-1][1]


def svg(text: str, *, module_mm: float, height_mm: float, caption: str) -> str:
    """The label as a picture to be printed, in its real size, with a line of text under it."""
    bars = gs1_bars(text)
    width, text_mm = (width_modules(bars) + 2 * QUIET_MODULES) * module_mm, 5.0
    rects = "".join(
        f'<rect x="{(QUIET_MODULES + first) * module_mm:.3f}" y="4" width="{wide * module_mm:.3f}" height="{height_mm:g}"/>'
        for first, wide in bars
    )
    total = height_mm + 4 + 2 * text_mm
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{total:g}mm" viewBox="0 0 {width:.3f} {total:g}">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{rects}'
        f'<text x="{width / 2:.3f}" y="{height_mm + 4 + text_mm:g}" font-family="sans-serif" font-size="3.6" '
        f'text-anchor="middle">{caption}</text></svg>\n'
    )
