"""Every face on every panel in every length of language: touch sizes in mm, no text cut, and nothing looks other than before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from tests.helpers import faces
from tests.helpers.looks import changed_looks, digest_of_pixels, digest_of_places
from tests.unit.ui.conftest import Bench, MakeBench
from ui.language import LANGUAGES
from ui.metrics import Metrics
from ui.widgets.facts import FactsRow
from ui.widgets.fit_label import FitLabel
from ui.widgets.row_button import RowButton
from ui.widgets.touch_button import TouchButton

pytestmark = pytest.mark.slow

PANELS = {
    "10.1in_1280x800": Metrics(1280, 800, 10.1),
    "12.1in_1280x800": Metrics(1280, 800, 12.1),
    "12.1in_1024x768": Metrics(1024, 768, 12.1),
    "12.1in_800x600": Metrics(800, 600, 12.1),
    "12.1in_1920x1080": Metrics(1920, 1080, 12.1),  # the usual diagonal, where nobody has set the real one
    "15.6in_1366x768": Metrics(1366, 768, 15.6),
    "15.6in_1920x1080": Metrics(1920, 1080, 15.6),
}
PRIMARY_MM, BUTTON_MM, KEY_MM, ROW_MM = (80, 25), (20, 20), (18, 16), (20, 15)


SMALLEST = "10.1in_1280x800"
USUAL = (SMALLEST, "12.1in_1024x768", "15.6in_1366x768", "15.6in_1920x1080")
CASES = [(panel, language) for panel in PANELS for language in ("en", "en_XA")]
CASES += [(panel, language) for panel in USUAL for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize(("panel", "language"), CASES)
def test_every_face_keeps_the_touch_rules_and_shows_whole_texts(panel: str, language: str, make_bench: MakeBench) -> None:
    metrics = PANELS[panel]
    bench = make_bench(metrics, language=language)
    bench.window.show()
    faults, looks = [], {}
    for name, view in faces.all_views().items():
        picture = bench.show(view)
        looks[name] = digest_of_pixels(picture) if panel == SMALLEST else digest_of_places(bench.window)
        faults += [f"{name}: {fault}" for fault in layout_faults(bench, metrics)]
    assert not faults, "\n".join(faults)
    if panel in USUAL and language in LANGUAGES:
        changed = changed_looks(f"{panel}_{language}", looks)
        assert not changed, f"these look different, see build/golden/looks: {', '.join(changed)}"


@pytest.mark.parametrize("panel", PANELS)
def test_what_is_behind_more_keeps_the_rules_too(panel: str, make_bench: MakeBench) -> None:
    metrics = PANELS[panel]
    bench = make_bench(metrics, language="en_XA")
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.tap("action_more")
    bench.settle()
    assert bench.window.findChild(QPushButton, "action_leave_work").isVisible()
    assert not layout_faults(bench, metrics)


def layout_faults(bench: Bench, metrics: Metrics) -> list[str]:
    window = bench.window
    for layout in window.findChildren(QLayout):
        layout.invalidate()  # nested layouts keep the hint of the face before
    for layout in window.findChildren(QLayout):
        layout.activate()
    hint = window.minimumSizeHint()
    faults = []
    if hint.width() > metrics.width_px or hint.height() > metrics.height_px:
        faults.append(f"needs {hint.width()} x {hint.height()} px")
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QPushButton):
            faults += _touch_faults(widget, metrics)
        if isinstance(widget, FactsRow | FitLabel | RowButton | TouchButton) and widget.is_clipped:
            faults.append(f"text cut: {widget.objectName() or widget.accessibleName()!r}")
        if not window.rect().contains(widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))):
            faults.append(f"outside the panel: {widget.objectName() or type(widget).__name__}")
    return faults


def _touch_faults(button: QPushButton, metrics: Metrics) -> list[str]:
    if button.property("kind") == "row" or button.objectName().startswith(
        ("language_", "practice_")
    ):  # touched like a row of a list
        least = ROW_MM
    elif button.property("kind") == "key":
        least = KEY_MM
    else:
        least = PRIMARY_MM if isinstance(button, TouchButton) and button.model.is_primary else BUTTON_MM
    width_mm, height_mm = metrics.mm(button.width()), metrics.mm(button.height())
    if width_mm >= least[0] and height_mm >= least[1]:
        return []
    return [f"{button.objectName()} is {width_mm:.1f} x {height_mm:.1f} mm, at least {least[0]} x {least[1]}"]
