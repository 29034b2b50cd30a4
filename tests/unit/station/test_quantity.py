import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.quantity import MAX_QUANTITY, QuantityError, from_text, in_packs, largest_pack, round_up, to_text
from station.values import Item, Pack, RoundRule

BOXES = (Pack("bag", 10), Pack("box", 50))


@given(st.integers(-MAX_QUANTITY, MAX_QUANTITY), st.integers(0, 3))
def test_text_and_number_are_the_same_quantity(quantity, decimals):
    text = to_text(quantity, decimals)
    if quantity >= 0:
        assert from_text(text, decimals) == quantity
    else:
        assert text == "-" + to_text(-quantity, decimals)


@pytest.mark.parametrize(
    ("text", "decimals", "quantity"),
    [
        ("12", 0, 12),
        (" 12 ", 0, 12),
        ("+3", 0, 3),
        ("1.5", 3, 1500),
        (".5", 1, 5),
        ("5.", 0, 5),
        ("3.000", 0, 3),
        ("-0", 0, 0),
        ("007", 0, 7),
    ],
)
def test_usual_spellings_are_read(text, decimals, quantity):
    assert from_text(text, decimals) == quantity


@pytest.mark.parametrize(
    ("text", "decimals", "code"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("1,5", 1, "decimal_comma"),
        ("1,000", 0, "decimal_comma"),
        ("12x", 0, "garbage"),
        (".", 0, "garbage"),
        ("1e3", 0, "garbage"),
        ("NaN", 0, "garbage"),
        ("١٢", 0, "garbage"),
        ("1.25", 1, "too_many_decimals"),
        ("-1", 0, "negative"),
        ("1000000000000", 0, "too_large"),
        ("9" * 6000, 0, "too_large"),
        ("1000000000", 3, "too_large"),
    ],
)
def test_what_is_no_quantity_is_refused_by_name(text, decimals, code):
    with pytest.raises(QuantityError) as caught:
        from_text(text, decimals)
    assert caught.value.code == code


@given(st.text(), st.integers(0, 3))
def test_any_text_is_a_quantity_in_range_or_a_quantity_error(text, decimals):
    with contextlib.suppress(QuantityError):
        assert 0 <= from_text(text, decimals) <= MAX_QUANTITY


def test_packs_are_named_largest_first_with_the_rest():
    item = Item(code="A", name="A", packs=BOXES)
    assert in_packs(item, 150) == (((BOXES[1], 3),), 0)
    assert in_packs(item, 167) == (((BOXES[1], 3), (BOXES[0], 1)), 7)
    assert in_packs(item, 7) == ((), 7)


@given(st.lists(st.integers(0, 500), max_size=4), st.integers(0, 10_000))
def test_packs_and_rest_are_the_whole_quantity(sizes, quantity):
    item = Item(code="A", name="A", packs=tuple(Pack(f"p{no}", size) for no, size in enumerate(sizes)))
    counts, rest = in_packs(item, quantity)
    assert sum(pack.quantity * count for pack, count in counts) + rest == quantity
    assert rest >= 0


def test_largest_pack_is_none_without_packs():
    assert largest_pack(Item(code="A", name="A")) is None
    assert largest_pack(Item(code="A", name="A", packs=BOXES)) == BOXES[1]


@pytest.mark.parametrize(("asked", "leaves"), [(0, 0), (1, 10), (10, 10), (41, 50), (60, 60), (51, 60)])
def test_full_packs_leave_where_the_rule_says_so(asked, leaves):
    assert round_up(Item(code="A", name="A", packs=BOXES, rounding=RoundRule.FULL_PACK), asked) == leaves


def test_exact_items_and_items_without_packs_are_not_rounded():
    assert round_up(Item(code="A", name="A", packs=BOXES), 41) == 41
    assert round_up(Item(code="A", name="A", rounding=RoundRule.FULL_PACK), 41) == 41
