"""The label's bars: against the published example, a reader of our own, and another program where it is installed."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.teach_scanner import LABEL
from ui.code128 import QUIET_MODULES, gs1_bars, gs1_symbols, svg, width_modules

PROJECT = Path(__file__).parents[3]
VECTORS = json.loads((PROJECT / "tests" / "vectors" / "code128.json").read_text(encoding="utf-8"))["codes"]
TEXTS = st.lists(st.text("".join(map(chr, range(0x20, 0x7F))), min_size=1), min_size=1, max_size=3).map("\x1d".join)


@pytest.mark.parametrize(("text", "symbols"), VECTORS)
def test_symbols_that_another_program_has_read(text: str, symbols: list[int]) -> None:
    assert gs1_symbols(text) == tuple(symbols)


def _read(symbols: tuple[int, ...]) -> str:
    """The text, by the rules of the symbols alone."""
    start, fnc1, *rest = symbols[:-1]
    charset, text = {104: "B", 105: "C"}[start], ""
    assert fnc1 == 102
    for symbol in rest:
        if symbol == 102:
            text += "\x1d"
        elif symbol == (99 if charset == "B" else 100):
            charset = "C" if charset == "B" else "B"
        else:
            text += f"{symbol:02}" if charset == "C" else chr(symbol + 32)
    return text


@given(text=TEXTS)
def test_every_text_comes_back_and_its_check_symbol_is_right(text: str) -> None:
    symbols = gs1_symbols(text)
    assert _read(symbols) == text
    assert (symbols[0] + sum(place * code for place, code in enumerate(symbols[1:-1], 1))) % 103 == symbols[-1]


@given(text=TEXTS)
def test_bars_never_touch_and_the_code_is_as_wide_as_its_symbols(text: str) -> None:
    bars = gs1_bars(text)
    assert all(first + width < following for (first, width), (following, _) in itertools.pairwise(bars))
    assert width_modules(bars) == 11 * len(gs1_symbols(text)) + 13


def test_what_code_128_b_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot say"):
        gs1_symbols("ä")


def test_the_label_to_print_is_the_one_that_is_shown() -> None:
    """After a wanted change: write `picture` to the file."""
    picture = svg(LABEL, module_mm=0.33, height_mm=20, caption="Baylight: scan this label to teach a scanner")
    assert (PROJECT / "docs" / "pictures" / "teach_label.svg").read_text(encoding="utf-8") == picture


def test_another_program_reads_the_label() -> None:
    reader = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed: the label was not read by another program")
    module, height, bars = 2, 60, gs1_bars(LABEL)
    row = bytearray(b"\xff" * ((width_modules(bars) + 2 * QUIET_MODULES) * module))
    for first, width in bars:
        start = (QUIET_MODULES + first) * module
        row[start : start + width * module] = bytes(width * module)
    found = reader.read_barcodes(memoryview(bytes(row) * height).cast("B", (height, len(row))))
    assert [(each.symbology_identifier, each.bytes.decode()) for each in found] == [("]C1", LABEL)]
