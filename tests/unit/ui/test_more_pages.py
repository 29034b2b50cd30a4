"""Behind "More" nothing is left out: what does not fit on a page stands on the next one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.view.action import Action, Offer
from station.view.work import WorkFace
from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench
from ui.view_models.buttons import MORE_PLACES, ButtonModel, more_pages

MANY = (Action.LOCK, Action.SIGN_OFF, *(each for each in Action if each not in (Action.LOCK, Action.SIGN_OFF)))


def buttons(count: int) -> tuple[ButtonModel, ...]:
    return tuple(ButtonModel(f"action_{each.value}", each.value) for each in MANY[:count])


@pytest.mark.parametrize("count", [1, MORE_PLACES])
def test_what_fits_stands_on_one_page(count: int) -> None:
    assert more_pages(buttons(count)) == (buttons(count),)


@pytest.mark.parametrize("count", [MORE_PLACES + 1, 22, 23, 40])
def test_nothing_is_left_out_and_locking_stands_on_every_page(count: int) -> None:
    pages = more_pages(buttons(count))
    assert {each.name for page in pages for each in page} == {each.name for each in buttons(count)}
    assert all(len(page) <= MORE_PLACES for page in pages)
    assert all({"action_lock", "action_sign_off"} <= {each.name for each in page} for page in pages)


def test_more_turns_the_page_and_begins_anew_at_the_end(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    view = faces.all_views()["work"]
    assert isinstance(view.face, WorkFace)
    bench.show(replace(view, face=replace(view.face, offers=tuple(Offer(each) for each in MANY[:20]))))
    seen = []
    for _ in range(3):
        bench.tap("action_more")
        bench.settle()
        seen.append({each.name for each in bench.window._frame.content.buttons})
    assert seen[0] != seen[1]
    assert seen[2] == seen[0]
    bench.tap("action_less")
    bench.settle()
    assert bench.button("action_more")
