"""What was measured once is not measured again, until there are other fonts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui import app
from ui.app import load_fonts
from ui.widgets.text_fit import fit, forget_measures, height_of


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
