"""What a label says of a quantity, in the unit of the item: pieces are never grams."""

from __future__ import annotations

import pytest

from station.scan_label import label_of, quantity_of
from station.values import Item
from tests.unit.station.core.test_labels import automotive

GTIN = "09520123456788"


def said(text: str, unit: str, decimals: int = 3) -> int | None:
    return quantity_of(label_of(text), Item(code="X", name="", unit=unit, decimals=decimals))


@pytest.mark.parametrize("unit", ["g", "mg", "t", "m2", "m3", "cm", "ml", "kg", "m", "l", "box", "roll"])
@pytest.mark.parametrize("text", [f"(01){GTIN}(30)12", automotive("PX", "Q5.5"), automotive("PX", "Q12", "3QPCE")])
def test_a_number_of_pieces_is_no_quantity_of_an_item_in_another_unit(text: str, unit: str) -> None:
    assert said(text, unit) is None


@pytest.mark.parametrize("unit", ["", "pcs", "Pcs", "pc", "ea", "St.", "Stück", "pz", "pièces", "uds", "C62"])
def test_an_item_in_pieces_takes_a_number_of_pieces(unit: str) -> None:
    assert said(f"(01){GTIN}(30)12", unit, 0) == 12
    assert said(automotive("PX", "Q12"), unit, 0) == 12
