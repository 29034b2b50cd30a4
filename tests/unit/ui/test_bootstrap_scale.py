"""The scale by its settings: none without a URL, and how well it weighs as the site says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.config import ConfigError
from station.piece_weight import Precision
from station.settings import ScaleSettings
from ui.bootstrap.devices import precision_of, scale_of


def test_without_a_url_there_is_no_scale() -> None:
    assert scale_of(ScaleSettings()) is None


def test_a_scale_is_made_and_not_opened() -> None:
    scale = scale_of(ScaleSettings(url="usb:SCALE7"))
    assert scale is not None
    health = scale.health()
    assert (health.name, health.url, health.is_up) == ("scale", "usb:SCALE7", False)


def test_a_protocol_that_is_not_built_is_refused() -> None:
    with pytest.raises(ConfigError):
        scale_of(ScaleSettings(url="COM3", protocol="sbi"))


def test_the_precision_is_a_share_and_milligrams() -> None:
    assert precision_of(ScaleSettings()) == Precision(repeatability_mg=0.0, spread=0.01)
    assert precision_of(replace(ScaleSettings(), repeatability_mg=80.0, spread_percent=2.5)) == Precision(80.0, 0.025)
