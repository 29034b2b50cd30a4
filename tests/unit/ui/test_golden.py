"""Exact pixels of some faces at 1280 x 800, 10.1 inch, in English and German; all faces in all languages are held to digests by
`test_layout_rules`. On failure the picture and the difference lie in build/golden;
after a wanted change the actual picture, looked at, becomes the golden one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from tests.helpers import faces
from tests.helpers.sync_faces import site_states
from tests.unit.ui.conftest import Bench, MakeBench
from ui.steering import Steer
from ui.widgets.site_mark import SiteButton

GOLDEN = Path(__file__).parent / "golden"
FAILED = Path(__file__).parents[3] / "build" / "golden"
NAMES = (
    "sign_on",
    "locked_out",
    "unlock",
    "pin_again",
    "work",
    "pick",
    "pick_wrong_scan",
    "pick_stopped",
    "pick_waiting",
    "pick_coming_why",
    "pick_press_return",
    "ask_taken",
    "scale_sure",
    "tray_page",
    "wear",
    "outages",
    "outage_confirm",
    "work_unreleased",
    "bay_first_fill",
    "late",
    "late_sure",
    "late_book_who",
    "late_book_sure",
    "teach",
    "devices",
    "search_typed",
    "search_found",
    "search_pictures",
    "search_place",
    "other",
    "other_place",
    "other_lent",
    "calibrate_teaching",
    "calibrate_judged",
    "order_page",
    "order_lines",
    "order_taken",
    "pick_kit",
    "receipts",
    "receipt_pass",
    "divider",
    "places",
    "place",
    "pull",
    "pull_picked",
    "jit_buffers",
    "jit_larger",
    "jit_exposure",
    "jit_verdicts",
    "history_map",
    "history",
    "history_custody",
    "history_proven",
    "history_trace_alone",
    "history_block",
    "pick_blocked",
    "people",
    "people_person",
    "people_rights",
    "people_sign_ons",
    "approvals",
    "approval",
    "second_absent",
    "desk",
    "desk_steps",
    "desk_alarms",
    "desk_health",
    "desk_told",
    "figures",
    "figures_terms",
    "figures_shifts",
    "figures_machine",
    "figures_people",
    "counts",
    "counts_accuracy",
    "counts_variances",
    "counts_missing",
    "storage_trays",
    "storage_spare",
    "storage_nearer",
    "storage_plan",
    "builder",
    "builder_wall",
    "builder_apply",
)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", NAMES)
def test_the_face_has_not_changed_by_a_pixel(name: str, language: str, make_bench: MakeBench) -> None:
    bench = make_bench(language=language)
    bench.window.show()
    bench.show(faces.all_views()[name])
    compare(bench, name if language == "en" else f"{language}/{name}")


@pytest.mark.parametrize("name", ["site_online", "site_catching_up", "site_island", "site_attention"])
def test_mark_and_page_of_the_site_database_have_not_changed(name: str, make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(dict(site_states())[name])
    compare(bench, name)
    QTest.mouseClick(bench.window.findChild(SiteButton), Qt.MouseButton.LeftButton)
    compare(bench, f"{name}_page")


@pytest.mark.parametrize(
    ("face", "theme", "hand"),
    [("pick", "night", "right"), ("pick_wrong_scan", "contrast", "right"), ("ask_taken", "day", "left"), ("pick", "day", "left")],
)
def test_themes_and_the_left_hand_have_not_changed(face: str, theme: str, hand: str, make_bench: MakeBench) -> None:
    bench = make_bench(theme=theme, hand=hand)
    bench.window.show()
    bench.show(faces.all_views()[face])
    compare(bench, f"{face}_{theme}_{hand}")


def test_the_enlarged_picture_and_the_ring_have_not_changed(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(faces.all_views()["pick"])
    bench.tap("picture_open")
    compare(bench, "picture")
    bench.window._on_steered(Steer.NEXT)
    compare(bench, "picture_ring")


def compare(bench: Bench, name: str) -> None:
    """Fail when the window looks different from the golden picture of this name."""
    bench.settle()
    actual = bench.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    golden = QImage(str(GOLDEN / f"{name}.png")).convertToFormat(QImage.Format.Format_RGB32)
    if actual == golden:
        return
    (FAILED / name).parent.mkdir(parents=True, exist_ok=True)
    actual.save(str(FAILED / f"{name}.actual.png"))
    _difference(actual, golden).save(str(FAILED / f"{name}.difference.png"))
    pytest.fail(f"{name} looks different: see {FAILED / name}.actual.png and .difference.png")


def _difference(actual: QImage, golden: QImage) -> QImage:
    """Black where both agree."""
    difference = QImage(actual)
    painter = QPainter(difference)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, golden)
    painter.end()
    return difference
