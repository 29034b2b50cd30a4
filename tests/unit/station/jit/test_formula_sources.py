"""Every formula is held to what somebody else has published or computed, and the table says to what."""

from __future__ import annotations

import inspect

import pytest

from tests.unit.station.jit.formula_table import MODULES, ROWS, Kind, Row

HELD = [each for each in ROWS if each.kind is not Kind.RULE]


def public_functions() -> set[str]:
    return {
        f"{module.__name__}.{name}"
        for module in MODULES
        for name, found in inspect.getmembers(module, callable)
        if not inspect.isclass(found) and getattr(found, "__module__", "") == module.__name__ and not name.startswith("_")
    }


def named(row: Row) -> str:
    return f"{row.function.__module__}.{row.function.__name__}"


def test_every_public_function_of_a_formula_module_is_in_the_table() -> None:
    assert {named(each) for each in ROWS} == public_functions()


@pytest.mark.parametrize("row", HELD, ids=lambda row: f"{named(row).removeprefix('station.jit.')}: {row.source[:40]}")
def test_it_says_what_its_source_says(row: Row) -> None:
    found = row.asked()
    if isinstance(row.told, str | list):
        assert found == row.told
    else:
        assert found == pytest.approx(row.told, abs=row.within)


def test_what_has_no_figures_of_its_own_names_where_it_is_worked() -> None:
    for each in ROWS:
        assert each.source
        assert (each.kind is Kind.RULE) is (each.told is None)
