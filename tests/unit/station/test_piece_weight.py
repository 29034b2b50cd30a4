"""Piece weights and counts: what a sample tells, what is sure, and that nothing sure is wrong."""

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.piece_weight import LEAST_SAMPLE, Precision, count, is_empty, learn, least_sample, net_uncertainty_mg

LOTS_ALIKE = Precision(spread=0.0)
USUAL = Precision()
weights = st.floats(20.0, 50_000.0)  # mg a piece
steps = st.sampled_from([1, 10, 100, 500, 1000])


def read(weight_mg: float, step_mg: int) -> int:
    """What a scale with this step shows."""
    return round(weight_mg / step_mg) * step_mg


def test_a_net_weight_has_the_rounding_of_two_readings_at_least() -> None:
    assert net_uncertainty_mg(100, LOTS_ALIKE) == pytest.approx(100 / sqrt(6))
    assert net_uncertainty_mg(100, Precision(repeatability_mg=10)) == pytest.approx(100 / sqrt(6))
    assert net_uncertainty_mg(100, Precision(repeatability_mg=80)) == pytest.approx(80 * sqrt(2))


def test_a_sample_of_heavy_pieces_is_ten_and_of_light_ones_as_many_as_the_scale_needs() -> None:
    assert least_sample(4000.0, 100, USUAL) == LEAST_SAMPLE
    assert least_sample(100.0, 100, USUAL) == 82  # 2 * 40.8 mg may be 1 % of 8.2 g
    learnt = learn(read(40 * 100.0, 100), 100, 40, USUAL)
    assert (learnt.piece_ug, learnt.needed) == (100_000, 82)
    assert learn(read(82 * 100.0, 100), 100, 82, USUAL).needed == 0


def test_known_figures() -> None:
    """10 pieces of 4.1 g on a scale of 0.1 g, pieces alike within 1 %: 0.0041 g by the scale, 0.013 g by the lot."""
    learnt = learn(41_000, 100, 10, USUAL)
    assert learnt.piece_ug == 4_100_000
    assert learnt.uncertainty_ug == pytest.approx(1000 * sqrt(4.08**2 + 12.97**2), abs=20)
    found = count(164_000, 100, piece_ug=learnt.piece_ug, uncertainty_ug=learnt.uncertainty_ug, precision=USUAL)
    assert (found.pieces, found.is_sure) == (40, True)
    many = count(1_689_200, 100, piece_ug=learnt.piece_ug, uncertainty_ug=learnt.uncertainty_ug, precision=USUAL)
    assert (many.pieces, many.plus_minus, many.is_sure) == (412, 3, False)


def test_many_pieces_that_differ_are_not_sure_however_well_their_mean_is_known() -> None:
    """900 pieces within 1 %: their sum is uncertain by 0.3 pieces, and twice that is more than a half."""
    pan = {"weight_mg": 900 * 4100, "step_mg": 1, "piece_ug": 4_100_000, "uncertainty_ug": 1}
    assert not count(**pan, precision=USUAL).is_sure
    assert count(**pan, precision=LOTS_ALIKE).is_sure


@given(weights, steps, st.integers(10, 2000), st.integers(0, 3000))
def test_what_is_sure_of_equal_pieces_is_never_wrong(piece_mg: float, step_mg: int, sample: int, lying: int) -> None:
    learnt = learn(max(1, read(sample * piece_mg, step_mg)), step_mg, sample, LOTS_ALIKE)
    if learnt.needed:
        return
    shown = read(lying * piece_mg, step_mg)
    found = count(shown, step_mg, piece_ug=learnt.piece_ug, uncertainty_ug=learnt.uncertainty_ug, precision=LOTS_ALIKE)
    assert abs(found.pieces - lying) <= found.plus_minus
    assert not found.is_sure or found.pieces == lying


@given(weights, steps, st.integers(1, 500))
def test_a_larger_sample_is_never_less_sure(piece_mg: float, step_mg: int, sample: int) -> None:
    small = learn(round(sample * piece_mg * 1000), step_mg, sample, USUAL)
    large = learn(round(4 * sample * piece_mg * 1000), step_mg, 4 * sample, USUAL)
    assert large.uncertainty_ug <= small.uncertainty_ug
    assert not (large.needed and not small.needed)


@given(st.integers(20, 50_000), steps, st.integers(1, 500), st.integers(1, 500))
def test_more_on_the_pan_is_never_surer(piece_mg: int, step_mg: int, few: int, more: int) -> None:
    piece_ug = piece_mg * 1000
    found = [
        count(n * piece_mg, step_mg, piece_ug=piece_ug, uncertainty_ug=piece_ug // 300, precision=USUAL).plus_minus
        for n in (few, few + more)
    ]
    assert found[0] <= found[1]


def test_of_pieces_that_differ_what_is_sure_is_right_nearly_always() -> None:
    """Monte Carlo over learnings and counts of lots that spread by the share that was said: k = 2 promises some 95 %."""
    chance, sure, wrong = random.Random(7), 0, 0
    for _ in range(4000):
        piece_mg, sample, lying = chance.uniform(500, 9000), chance.randint(10, 40), chance.randint(1, 90)

        def pan(pieces: int, mean_mg: float = piece_mg) -> int:
            return read(sum(chance.gauss(mean_mg, 0.01 * mean_mg) for _ in range(pieces)), 100)

        learnt = learn(pan(sample), 100, sample, USUAL)
        if learnt.needed:
            continue
        found = count(pan(lying), 100, piece_ug=learnt.piece_ug, uncertainty_ug=learnt.uncertainty_ug, precision=USUAL)
        sure += found.is_sure
        wrong += found.is_sure and found.pieces != lying
    assert sure > 1000, "the scale never dares"
    assert wrong / sure < 0.005


def test_a_pan_is_empty_within_its_own_uncertainty() -> None:
    assert is_empty(0, 100, USUAL)
    assert is_empty(-100, 100, USUAL)
    assert not is_empty(200, 100, USUAL)
