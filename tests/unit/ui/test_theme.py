"""How contrast is measured, and sizes in millimetres."""

from __future__ import annotations

import pytest

from ui.metrics import Metrics
from ui.theme import Theme, style_sheet


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_twenty_millimetres_on_the_panels_of_the_table() -> None:
    assert Metrics(1280, 800, 10.1).px(20) == 118
    assert Metrics(1024, 768, 12.1).px(20) == 84
    assert Metrics(1920, 1080, 15.6).px(20) == 112


def test_a_disabled_primary_button_has_a_rule_of_its_own() -> None:
    sheet = style_sheet(Theme(), Metrics(1280, 800, 10.1))
    assert 'QPushButton[look="primary"]:disabled' in sheet
