"""Where a text is broken into lines; what was measured once is not measured again, until there are other fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics

from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui import app
from ui.app import load_fonts
from ui.widgets.text_fit import TextStyle, fit, forget_measures, height_of, joined, make_font


def test_a_screen_that_was_seen_before_measures_nothing(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    views = [faces.all_views()[name] for name in ("pick_waiting", "pick", "work")]
    for view in views:
        bench.show(view)
    measured = fit.cache_info().misses, height_of.cache_info().misses
    for view in views:
        bench.show(view)
    assert (fit.cache_info().misses, height_of.cache_info().misses) == measured


def test_other_fonts_are_measured_anew(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    make_bench().show(faces.all_views()["pick"])
    assert fit.cache_info().currsize > 0
    known = [[], [app.FAMILY]]
    monkeypatch.setattr(QFontDatabase, "families", lambda: known.pop(0))
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda path: 0)
    load_fonts(Path(app.__file__).parent / "fonts")
    assert fit.cache_info().currsize == 0
    forget_measures()


def test_a_number_stays_on_the_line_of_the_word_it_numbers() -> None:
    assert joined("fetch tray 12 and tray 4") == "fetch tray\N{NO-BREAK SPACE}12 and tray\N{NO-BREAK SPACE}4"
    assert joined("24 pcs · 3 lines, 2 of 4") == "24 pcs · 3 lines, 2 of\N{NO-BREAK SPACE}4"


def test_a_text_is_measured_as_it_is_painted(make_bench: MakeBench) -> None:
    make_bench()
    style = TextStyle(20, 20, lines=2)
    width = QFontMetrics(make_font(20, style.weight)).horizontalAdvance("is clear: fetch tray") + 2
    line_px = QFontMetrics(make_font(20, style.weight)).lineSpacing()
    assert height_of("is clear: fetch tray 12", width, style) > line_px * 1.5
    narrow = QFontMetrics(make_font(20, style.weight)).horizontalAdvance("tray") + 2
    assert fit("tray 12", narrow, 2 * line_px + 2, style).is_clipped, "it needs the room of both"
