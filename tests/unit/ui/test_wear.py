"""The service page in words: what is left, what is over, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from station import commands as do
from station.view.view import View
from station.view.wear import WearFace
from station.wear import Gauge
from tests.helpers import faces
from tests.helpers.wear_faces import NEW, OFFERS, REPORT
from tests.unit.ui.conftest import ZONE, MakeBench
from ui.intent import interpret
from ui.language import load_language
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.wear import BUSIEST, WearModel, present, row_count

TEXTS = Texts(load_language("en"), ZONE)
FACE = WearFace(report=REPORT, offers=OFFERS)


def shown(face: WearFace = FACE, *, page: int = 0, rows: int = 3) -> WearModel:
    return present(face, Local(page=page), TEXTS, now=faces.NOW, rows=rows)


@pytest.mark.parametrize(
    ("gauge", "value", "left", "share", "is_due"),
    [
        (Gauge("cycles", 8_204, 10_000), "8204", "1796 left of 10,000", 0.8204, False),
        (Gauge("hours", 412.4, 400), "412.4", "12.4 over 400", 1.0, True),
        (Gauge("hours", 400, 400), "400.0", "0.0 left of 400", 1.0, True),
        (Gauge("cycles", 7), "7", "no interval set", None, False),
        (Gauge("metres", None, 50_000), "not known", "interval 50,000", None, False),
        (Gauge("metres", None), "not known", "no interval set", None, False),
    ],
)
def test_a_gauge_says_how_much_and_what_is_left(gauge: Gauge, value: str, left: str, share: float | None, is_due: bool) -> None:
    (model,) = shown(replace(FACE, report=replace(REPORT, gauges=(gauge,)))).gauges
    assert (model.value, model.left, model.share, model.is_due) == (value, left, share, is_due)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (48, "Next inspection 2026-04-20: in 48 days"),
        (1, "Next inspection 2026-04-20: in 1 day"),
        (0, "Inspection: today"),
        (-1, "Inspection 2026-04-20: 1 day over"),
    ],
)
def test_the_inspection_counts_its_days(days: int, said: str) -> None:
    report = replace(REPORT, next_inspection=date(2026, 4, 20), days_left=days)
    model = shown(replace(FACE, report=report))
    assert (model.inspection, model.is_inspection_due) == (said, days <= 0)


def test_ten_trays_are_shown_in_pages() -> None:
    assert row_count(FACE) == BUSIEST == 10
    model = shown(page=9, rows=4)
    assert [each.lead for each in model.rows.rows] == ["Tray 36", "Tray 39"]
    assert (shown().rows.rows[2].right, shown().rows.rows[0].right) == ("metres not known", "9812 m carried")


def test_before_the_first_motion_nothing_is_made_up() -> None:
    model = shown(replace(FACE, report=NEW))
    assert (model.since, model.inspection, model.rows.empty) == ("", "No inspection date is set", "No tray has been moved yet")
    assert row_count(WearFace(report=None, offers=())) == 0


def test_at_a_carousel_they_are_bins() -> None:
    texts = Texts(load_language("en"), ZONE, of_bins=True)
    model = present(FACE, Local(), texts, now=faces.NOW, rows=3)
    assert model.rows.rows[0].lead == "Bin 12"


def test_the_buttons_of_the_page_mean_what_they_say(make_bench: MakeBench) -> None:
    view: View = faces.all_views()["wear"]
    bench = make_bench()
    bench.window.show()
    bench.show(view)
    bench.tap("action_book_service")
    bench.tap("action_back")
    assert bench.sent == [do.BookService(view.token), do.ClosePage()]
    assert interpret("action_wear", faces.all_views()["devices"], Local(), page_rows=3)[1] == do.OpenWear()
