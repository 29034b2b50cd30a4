"""The row of a called tray: what goes on is the primary button, and nothing changes its place."""

from __future__ import annotations

from station.view.tray import BayFace
from tests.helpers import faces
from tests.unit.ui.conftest import ZONE
from ui.language import load_language
from ui.texts import Texts
from ui.view_models.buttons import PRIMARY_KEY, ActionRowModel
from ui.view_models.tray import present_bay_row


def row(name: str) -> ActionRowModel:
    face = faces.all_views()[name].face
    assert isinstance(face, BayFace)
    return present_bay_row(face, Texts(load_language("en"), ZONE))


def places(shown: ActionRowModel) -> list[tuple[str, int]]:
    return [(each.name, each.f_key) for each in (*shown.secondary, *shown.further)]


def test_where_a_touch_is_awaited_fetching_again_is_the_primary_button_and_the_rest_keeps_its_place() -> None:
    shown = row("bay_fetch_again")
    assert shown.primary is not None
    assert (shown.primary.name, shown.primary.f_key, shown.primary.is_enabled) == ("action_fetch_again", PRIMARY_KEY, True)
    assert places(shown) == places(row("bay_quantities"))
