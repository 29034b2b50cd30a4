"""The figures of a short tour, held to twice what the product promises so that noise does not loosen them."""

from __future__ import annotations

import pytest

from ui.demo.figures import Figure, measure_help, measure_tour

NOISE = 2.0
TOURS = 3


def assert_within_noise(figure: Figure) -> None:
    assert figure.value <= NOISE * figure.target, f"{figure.name} = {figure.value} {figure.unit}, promised {figure.target}"


def test_help_is_quick() -> None:
    for figure in measure_help():
        assert_within_noise(figure)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_tour_keeps_its_promises() -> None:
    """Whatever else the computer does only adds time, so one tour that keeps them all is enough. A share of stalls of one frame
    was 0 to 0.04 in tours of the same commit, one after the other."""
    missed: list[Figure] = []
    for _ in range(TOURS):
        missed = [each for each in measure_tour() if each.value > NOISE * each.target]
        if not missed:
            return
    assert missed == []


def test_a_missed_target_is_told() -> None:
    assert not Figure("x", 2.0, "ms", 1.0).is_met
    assert Figure("x", 2.0, "1/s", 1.0, is_ceiling=False).is_met
