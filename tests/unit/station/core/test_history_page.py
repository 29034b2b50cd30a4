"""The tray history page: it reads one moment after the other, and moves nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from db.records.people import PinConfirmed
from db.records.review import ReviewSigned
from db.records.stock import Put
from station import commands as do
from station.audit.history import (
    FURTHER_FILTERS,
    Beside,
    ExportShown,
    HistoryPage,
    LongTold,
    PastRead,
    Proof,
    Proven,
    ProveShown,
    ReadPast,
    StopLong,
    TraysFound,
)
from station.core.steering import wanted
from station.scan import tray_label
from station.values import PastFilter
from station.view.history import HistoryFace
from station.view.sign_on import PinAgainFace
from tests.helpers.sample import BOLT, JONAS, MACHINE, MARA, place
from tests.helpers.world import World


def at_page(person: str = JONAS.person, *, tray: int | None = 4) -> World:
    """Jonas looks at the past of a tray into which something was put three times."""
    world = World()
    spot = place(4, "C7")
    world.sign_on(person)
    world.settle()
    for _ in range(3):
        put = Put(machine=spot.machine, tray=4, compartment="C7", visit=1, item=BOLT.code, quantity=1)
        world.store.append([put], operator=MARA.person).result()
    world.give(do.OpenHistory())
    if tray is not None:
        world.give(do.HistoryTray(world.state.token, tray))
        world.settle()
    return world


def page_of(world: World) -> HistoryPage:
    assert isinstance(world.state.page, HistoryPage)
    return world.state.page


def face_of(world: World) -> HistoryFace:
    face = world.view().face
    assert isinstance(face, HistoryFace)
    return face


def give(world: World, make: Any, *values: Any) -> None:
    world.give(make(world.state.token, *values))


def said(world: World) -> tuple[str, str]:
    bar = world.view().bar
    return bar.code, bar.error


def test_an_operator_does_not_see_it() -> None:
    world = at_page(MARA.person, tray=None)
    assert not isinstance(world.state.page, HistoryPage)
    assert said(world) == ("no_right", "O536")


def test_the_map_comes_first_and_a_tray_of_it_opens() -> None:
    world = at_page(tray=None)
    assert {each.number for each in face_of(world).trays} == set(world.state.trays)
    give(world, do.HistoryTray, 4)
    assert face_of(world).wait == "history_past"
    world.settle()
    assert (face_of(world).tray, face_of(world).total, face_of(world).index) == (4, 3, 3)


def test_a_step_goes_back_by_an_event_and_forward_again() -> None:
    world = at_page()
    give(world, do.StepHistory, -1)
    world.settle()
    assert face_of(world).index == 2
    give(world, do.StepHistory, 1)
    world.settle()
    assert face_of(world).index == 3
    give(world, do.StepHistory, 1)
    world.settle()
    assert said(world)[0] == "history_end"


def test_a_quick_hand_on_the_slider_asks_one_question_at_a_time_and_ends_where_it_lies() -> None:
    world = at_page()
    for index in (2, 1, 0, 1):
        give(world, do.SlideHistory, index)
    asked = [each for each in world.reads if isinstance(each, ReadPast)]
    assert [each.ask.index for each in asked] == [2]
    world.settle()
    assert face_of(world).index == 1


def test_an_outdated_answer_changes_nothing() -> None:
    world = at_page()
    before = page_of(world)
    assert before.page is not None
    stale = PastRead(before.asked - 1, replace(before.page, past=replace(before.page.past, n=0, index=0)))
    world.feed(stale)
    assert page_of(world) == before


def test_a_trays_label_opens_it_and_says_nothing_of_the_bay() -> None:
    world = at_page()
    where = world.state.custody.where
    world.scan(tray_label(MACHINE, 5))
    world.settle()
    assert (face_of(world).tray, world.state.custody.where) == (5, where)
    world.scan(tray_label("VLM9", 5))
    assert said(world) == ("history_not_here", "O532")


def test_a_code_that_is_in_no_tray_says_so() -> None:
    world = at_page()
    world.scan("NOTHING-OF-OURS")
    world.settle()
    assert said(world) == ("history_not_found", "O533")


def test_what_lies_in_several_trays_is_marked_on_the_map() -> None:
    world = at_page()
    page = page_of(world)
    world.state = replace(world.state, page=replace(page, asked=page.asked + 1, open="find"))
    world.feed(TraysFound(page.asked + 1, (4, 5), PastFilter(item=BOLT.code)))
    face = face_of(world)
    assert (face.tray, [each.number for each in face.trays if each.is_found]) == (None, [4, 5])
    assert face.filters == (("item", BOLT.code),)


@pytest.mark.parametrize("name", ["item", "lot", "serial", "order", "reason"])
def test_a_filter_is_said_by_text(name: str) -> None:
    world = at_page()
    give(world, do.AskHistory, "filter")
    if name in FURTHER_FILTERS:
        give(world, do.Choose, "more")
    give(world, do.Choose, name)
    give(world, do.EnterText, "X1")
    asked = [each for each in world.reads if isinstance(each, ReadPast)]
    assert getattr(asked[-1].ask.wanted, name) == "X1"
    assert face_of(world).filters == ((name, "X1"),)


def test_a_day_that_is_none_is_refused_and_one_that_is_counts_to_its_end() -> None:
    world = at_page()
    for text in ("20261399", "20261126"):
        give(world, do.AskHistory, "filter")
        give(world, do.Choose, "more")
        give(world, do.Choose, "until")
        give(world, do.EnterText, text)
        if text == "20261399":
            assert said(world) == ("history_no_day", "O531")
    assert face_of(world).filters == (("until", "2026-11-26"),)


def test_a_person_of_whom_nobody_knows_is_said() -> None:
    world = at_page()
    give(world, do.AskHistory, "filter")
    give(world, do.Choose, "person")
    give(world, do.EnterText, "NOBODY")
    world.settle()
    assert said(world) == ("history_nobody", "O537")
    assert face_of(world).filters == ()


def test_a_review_is_signed_with_the_pin_and_is_an_event_of_the_tray() -> None:
    world = at_page()
    give(world, do.AskHistory, "review")
    give(world, do.EnterText, "ALL AS IT SHOULD BE")
    give(world, do.Choose, "sign")
    assert isinstance(world.view().face, PinAgainFace)
    world.prove()
    world.settle()
    (row,) = world.store.events(kinds=(ReviewSigned.kind,))
    data = json.loads(row.body)["data"]
    assert (data["note"], data["proof"], data["tray"], row.operator) == ("ALL AS IT SHOULD BE", "unchecked", 4, JONAS.person)
    assert world.store.events(kinds=(PinConfirmed.kind,))


def test_prove_it_says_how_far_it_is_and_what_was_checked() -> None:
    world = at_page()
    give(world, do.ProveHistory)
    (asked,) = [each for each in world.reads if isinstance(each, ProveShown)]
    assert len(asked.shown) == 3
    world.feed(LongTold(asked.number, 5, 10))
    assert world.view().bar.params == {"percent": 50}
    world.settle()
    assert said(world)[0] == "history_proven"
    assert face_of(world).proof is not None


def test_a_flaw_is_an_alarm() -> None:
    world = at_page()
    give(world, do.ProveHistory)
    number = page_of(world).long_number
    flawed = Proof(shown=3, events=9, checkpoints=1, sealed_seq=8, receipts=0, seq=9, head="", flaws=("chain 4",))
    world.feed(Proven(number, flawed))
    assert said(world) == ("history_flawed", "O534")


def test_it_can_be_stopped() -> None:
    world = at_page()
    give(world, do.ExportHistory)
    assert any(isinstance(each, ExportShown) for each in world.reads)
    give(world, do.StopHistory)
    assert any(isinstance(each, StopLong) for each in world.reads)
    world.feed(Proven(page_of(world).long_number, None))
    assert said(world)[0] == "history_stopped"


def test_back_leads_to_the_map_and_from_there_to_the_work() -> None:
    world = at_page()
    give(world, do.ShowHistory, "custody")
    assert face_of(world).beside is Beside.CUSTODY
    world.give(do.ClosePage())
    assert face_of(world).tray is None
    world.give(do.ClosePage())
    assert world.state.page is None


def test_nothing_is_wanted_of_the_machine_while_it_is_open() -> None:
    assert wanted(at_page().state) is None
