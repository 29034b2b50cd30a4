"""The search on the screen: what a key, a row, a tile and a page mean, and what is said while one types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station import commands as do
from station.view.search import SearchFace
from station.view.view import View
from tests.helpers import faces
from tests.helpers.search_faces import search_views
from tests.unit.ui.conftest import MakeBench
from ui.intent import interpret
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import search
from ui.view_models.buttons import PRIMARY_KEY
from ui.view_models.frame import FrameModel, Page, Rows, present

VIEWS = dict(search_views())
ROWS = Rows(work=3, tray=3)


def face(name: str) -> SearchFace:
    shown = VIEWS[name].face
    assert isinstance(shown, SearchFace)
    return shown


def frame(view: View, texts: Texts, local: Local | None = None) -> FrameModel:
    return present(view, local or Local(), texts, now=faces.NOW, rows=ROWS, flashes=False)


@pytest.mark.parametrize(
    ("name", "touched", "meant"),
    [
        ("search_typed", "text_M", do.SearchKey(0, "M")),
        ("search_typed", "text_8", do.SearchKey(0, "8")),
        ("search_typed", "text_-", do.SearchKey(0, "-")),
        ("search_typed", "text_erase", do.SearchKey(0, "erase")),
        ("search_typed", "action_show_found", do.ShowFound(0)),
        ("search_typed", "action_show_pictures", do.ShowPictures(0)),
        ("search_found", "hit_OR-70-12", do.ShowItem(0, "OR-70-12")),
        ("search_found", "action_show_letters", do.ShowLetters(0)),
        ("search_pictures", "page_down", do.MorePictures(0, 1)),
        ("search_pictures", "page_up", do.MorePictures(0, -1)),
        ("search_item", "place_3", do.ChoosePlace(0, 3)),
        ("search_place", "action_call_place", do.CallPlace(0)),
        ("search_place", "action_move_from", do.MoveFromPlace(0)),
        ("search_place", "action_return_to", do.ReturnToPlace(0)),
        ("search_place", "action_back", do.ClosePage()),
    ],
)
def test_what_a_touch_means(name: str, touched: str, meant: do.Command) -> None:
    view = replace(VIEWS[name], token=0)
    assert interpret(touched, view, Local(), page_rows=3) == (Local(), meant)


def test_the_keys_of_the_panel_reach_the_station_one_by_one(make_bench: MakeBench) -> None:
    bench = make_bench(tap_lock_s=0.4)  # the same key twice, as fast as a finger is
    bench.window.show()
    bench.show(VIEWS["search_typed"])
    for key in ("text_L", "text_L", "text_erase"):
        bench.tap(key)
    assert [each.key for each in bench.sent if isinstance(each, do.SearchKey)] == ["L", "L", "erase"]


def test_a_picture_can_be_touched(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(VIEWS["search_pictures"])
    code = face("search_pictures").found[2].item.code
    bench.tap(f"hit_{code}")
    assert [each.code for each in bench.sent if isinstance(each, do.ShowItem)] == [code]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("search", "What are you looking for?"),
        ("search_typed", "3 items: 4017-0840, 6ES7214-1AG40-0XB0, OR-70-12"),
        ("search_nothing", "Nothing has “M8-ZINC”"),
        ("search_one", "6ES7214-1AG40-0XB0: Compact controller with 14 inputs, 10 outputs and two analogue inputs"),
    ],
)
def test_what_is_found_is_said_beside_the_text(name: str, said: str, texts: Texts) -> None:
    assert search.live(face(name), texts) == said


def test_more_than_can_be_shown_is_said(texts: Texts) -> None:
    assert search.live(replace(face("search_typed"), has_all=False), texts) == "More than 2 items. Type on"
    assert search.live(replace(face("search_typed"), found=(), is_reading=True), texts) == "Looking …"


def test_the_primary_button_says_what_it_shows_or_why_it_cannot(texts: Texts) -> None:
    several = frame(VIEWS["search_typed"], texts).row.primary
    assert several is not None
    assert (several.text, several.is_enabled, several.f_key) == ("Show 3 items", True, PRIMARY_KEY)
    one = frame(VIEWS["search_one"], texts).row.primary
    assert one is not None
    assert one.text == "Show 6ES7214-1AG40-0XB0"
    nothing = frame(VIEWS["search_nothing"], texts).row.primary
    assert nothing is not None
    assert (nothing.is_enabled, nothing.reason) == (False, "Nothing is found yet")


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("search", Page.LETTERS),
        ("search_found", Page.FOUND),
        ("search_pictures", Page.PICTURES),
        ("search_item", Page.FOUND_ITEM),
    ],
)
def test_each_has_its_page(name: str, page: Page, texts: Texts) -> None:
    assert frame(VIEWS[name], texts).page is page


def test_a_figure_that_is_to_be_counted_is_not_on_the_screen(texts: Texts) -> None:
    shown = frame(VIEWS["search_hidden"], texts, Local(page=1)).content
    assert isinstance(shown, search.FoundItemModel)
    locked = next(each for each in shown.rows.rows if each.name == "place_3")
    assert (locked.right, locked.right_sub) == ("", "to be counted")
    assert shown.total == "to be counted"


def test_places_are_turned_by_the_screen_itself() -> None:
    after, command = interpret("page_down", VIEWS["search_item"], Local(), page_rows=3)
    assert (after.page, command) == (1, None)
