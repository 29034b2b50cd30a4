"""The counting scale beside a question: it proposes, it is taught, it is pulled out; and it never answers for a person."""

from __future__ import annotations

import pytest

from db.records.stock import Counted, Picked, PieceWeightLearnt
from hardware.values import ScaleLink, ScaleRead
from station import commands as do
from station.core.inputs import StoreChanged
from station.view.ask import AskNumber
from station.view.status import DeviceLight, Light
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.weighing import Weighing
from tests.helpers.sample import BOLT, MARA, NUT
from tests.helpers.world import World

TEN = ScaleRead(weight_mg=41_000, step_mg=100, is_stable=True)  # ten pieces of 4.1 g
THREE = ScaleRead(weight_mg=12_300, step_mg=100, is_stable=True)


def at_question(*, has_scale: bool = True) -> World:
    """Mara has touched "Not enough" at the first pick and is asked how many she took."""
    world = World()
    if has_scale:
        world.feed(ScaleLink(True))
    world.sign_on(MARA.person)
    world.settle()
    world.start("O1")
    world.settle()
    world.give(do.NotEnough(world.state.token))
    world.settle()
    return world


def face_of(world: World) -> TaskFace:
    face = world.view().face
    assert isinstance(face, TaskFace)
    return face


def weighing_of(world: World) -> Weighing:
    weighing = face_of(world).weighing
    assert weighing is not None
    return weighing


def ask_of(world: World) -> str:
    ask = face_of(world).ask
    assert isinstance(ask, AskNumber)
    return ask.code


def taught(pieces: int = 10) -> World:
    world = at_question()
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    assert ask_of(world) == "pieces_on_scale"
    world.give(do.EnterNumber(world.state.token, pieces))
    world.settle()
    return world


def test_without_a_scale_no_screen_knows_of_one() -> None:
    world = at_question(has_scale=False)
    assert face_of(world).weighing is None
    assert "scale" not in {each.device for each in world.view().lights}
    world.give(do.TeachWeight(world.state.token))
    assert ask_of(world) == "how_many_taken"


def test_a_lot_that_was_never_weighed_has_no_figure_and_says_so() -> None:
    world = at_question()
    world.feed(THREE)
    assert (weighing_of(world).why, weighing_of(world).weight_mg, weighing_of(world).is_sure) == (
        "scale_not_learnt",
        12_300,
        False,
    )


def test_a_sample_teaches_the_lot_and_its_pieces_are_counted_from_then_on() -> None:
    world = taught()
    assert [each for each in world.store.written if isinstance(each, PieceWeightLearnt)] == [
        PieceWeightLearnt(item=BOLT.code, lot="", piece_ug=4_100_000, uncertainty_ug=13_593, sample=10, sample_mg=41_000)
    ]
    assert world.store.log[-1].operator == MARA.person
    assert (ask_of(world), world.view().bar.code) == ("how_many_taken", "weight_learnt")
    world.feed(THREE)
    assert (weighing_of(world).why, weighing_of(world).pieces, weighing_of(world).is_sure) == ("", 3, True)


def test_what_was_learnt_is_known_after_a_restart() -> None:
    world = taught()
    world.restart()
    world.feed(ScaleLink(True))
    world.recover(is_leaving=False)
    world.give(do.FetchAgain(world.state.token))
    world.settle()
    world.give(do.NotEnough(world.state.token))
    world.settle()
    world.feed(THREE)
    assert weighing_of(world).pieces == 3


def test_a_reading_changes_nothing_but_what_is_shown() -> None:
    """No reading confirms, answers or makes an older touch mean something else."""
    world = taught()
    token, written = world.state.token, len(world.store.written)
    for weight_mg in range(0, 60_000, 4100):
        world.feed(ScaleRead(weight_mg=weight_mg, step_mg=100, is_stable=True))
    world.settle()
    assert (world.state.token, len(world.store.written)) == (token, written)
    assert ask_of(world) == "how_many_taken"


def test_the_person_answers_whatever_the_scale_says() -> None:
    world = taught()
    world.feed(THREE)
    world.give(do.EnterNumber(world.state.token, 2))
    world.give(do.Choose(world.state.token, "not_there"))
    world.give(do.EnterNumber(world.state.token, 0))
    world.settle()
    picked = [each for each in world.store.written if isinstance(each, Picked)]
    assert [each.quantity for each in picked] == [2]


def test_too_small_a_sample_names_how_many_are_needed_and_asks_again() -> None:
    world = at_question()
    world.feed(ScaleRead(weight_mg=2_000, step_mg=100, is_stable=True))
    world.give(do.TeachWeight(world.state.token))
    for pieces, needed in ((0, 10), (9, 37), (20, 82)):
        world.give(do.EnterNumber(world.state.token, pieces))
        world.settle()
        bar = world.view().bar
        assert (bar.code, bar.params["needed"], ask_of(world)) == ("sample_too_small", needed, "pieces_on_scale")
    assert not any(isinstance(each, PieceWeightLearnt) for each in world.store.written)


@pytest.mark.parametrize(
    ("read", "why"),
    [
        (ScaleRead(weight_mg=41_000, step_mg=100), "scale_moving"),
        (ScaleRead(state="overload"), "scale_overload"),
        (ScaleRead(state="underload"), "scale_underload"),
        (ScaleRead(state="busy"), "scale_busy"),
        (ScaleRead(weight_mg=-41_000, step_mg=100, is_stable=True), "scale_negative"),
        (ScaleRead(weight_mg=100, step_mg=100, is_stable=True), "scale_empty"),
        (ScaleLink(False, "L101"), "scale_no_link"),
    ],
)
def test_a_reading_of_no_use_has_its_sentence_no_figure_and_teaches_nothing(read: ScaleRead | ScaleLink, why: str) -> None:
    world = taught()
    world.feed(read)
    shown = weighing_of(world)
    assert (shown.why, shown.pieces, shown.is_sure) == (why, 0, False)
    world.feed(ScaleLink(True))
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    world.feed(read)
    learnt = len(world.store.written)
    world.give(do.EnterNumber(world.state.token, 10))
    world.settle()
    assert (world.view().bar.code, len(world.store.written)) == (why, learnt)


def test_a_pulled_cable_is_said_once_and_stops_nothing() -> None:
    world = taught()
    world.feed(THREE)
    world.feed(ScaleLink(False, "L101"))
    assert world.view().bar.code == "scale_down"
    assert DeviceLight("scale", Light.BAD, "L101") in world.view().lights
    assert weighing_of(world).weight_mg is None
    world.give(do.EnterNumber(world.state.token, 3))
    assert face_of(world).ask is not None
    world.feed(ScaleLink(True))
    assert DeviceLight("scale", Light.GOOD, "") in world.view().lights


def test_what_lay_there_before_the_cable_was_pulled_is_not_believed_after_it() -> None:
    world = taught()
    world.feed(THREE)
    world.feed(ScaleLink(False, "L101"))
    world.feed(ScaleLink(True))
    assert (weighing_of(world).weight_mg, weighing_of(world).is_sure) == (None, False)


def test_back_leaves_the_learning_and_not_the_question() -> None:
    world = at_question()
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    stale = world.state.token
    world.give(do.Back(stale))
    assert ask_of(world) == "how_many_taken"
    world.give(do.EnterNumber(stale, 3))
    assert ask_of(world) == "how_many_taken", "an answer for the scale was taken for the line"


def test_a_full_disk_learns_nothing() -> None:
    world = at_question()
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    world.give(do.EnterNumber(world.state.token, 10))
    world.write(is_refused=True)
    assert not any(isinstance(each, PieceWeightLearnt) for each in world.store.written)
    assert world.view().bar.code == "store_read_only"


def test_two_touches_before_the_disk_answers_teach_once() -> None:
    world = at_question()
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    token = world.state.token
    world.give(do.EnterNumber(token, 10))
    world.give(do.EnterNumber(token, 10))  # the first one's second tap
    world.give(do.EnterNumber(world.state.token, 10))
    world.give(do.Back(world.state.token))
    assert weighing_of(world).may_learn == "reading"
    world.give(do.TeachWeight(world.state.token))
    assert ask_of(world) == "how_many_taken"
    world.settle()
    assert len([each for each in world.store.written if isinstance(each, PieceWeightLearnt)]) == 1
    assert (weighing_of(world).pieces, weighing_of(world).may_learn) == (10, "")


def test_what_a_reader_could_not_read_is_no_answer_to_what_was_learnt() -> None:
    world = at_question()
    world.feed(TEN)
    world.give(do.TeachWeight(world.state.token))
    world.give(do.EnterNumber(world.state.token, 10))
    world.feed(StoreChanged("D402"))
    world.feed(StoreChanged(""))
    world.give(do.EnterNumber(world.state.token, 10))
    assert len(world.writes) == 1
    world.write(is_refused=True)
    world.feed(StoreChanged(""))
    world.give(do.EnterNumber(world.state.token, 10))
    world.settle()
    assert len([each for each in world.store.written if isinstance(each, PieceWeightLearnt)]) == 1


def test_a_direct_pick_and_a_count_have_the_scale_too() -> None:
    world = World()
    world.feed(ScaleLink(True))
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.CallTray(4))
    world.settle()
    world.give(do.SelectCompartment(world.state.token, "C8"))
    world.give(do.DirectPick(world.state.token))
    world.settle()
    world.feed(TEN)
    face = world.view().face
    assert isinstance(face, BayFace)
    assert face.weighing is not None
    assert face.weighing.why == "scale_not_learnt"
    world.give(do.Back(world.state.token))
    assert world.view().face.weighing is None  # type: ignore[union-attr]
    world.give(do.CountHere(world.state.token))
    world.settle()
    assert weighing_of(world).why == "scale_not_learnt"
    world.give(do.EnterNumber(world.state.token, 3))
    world.settle()
    counted = [each for each in world.store.written if isinstance(each, Counted)]
    assert [(each.item, each.counted) for each in counted] == [(NUT.code, 3)]
