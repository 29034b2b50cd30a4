"""The machine panel: who may open it, one command at a time by hand, and what it does to work in hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.machine import MotionEnded
from hardware.aiming.calibration import Calibration
from hardware.aiming.optics import Optics
from hardware.values import (
    LateAnswer,
    LightLink,
    LinkDown,
    LinkUp,
    MotionResult,
    MotionStarted,
    Outcome,
    SafetyCleared,
    SafetyStopped,
    SafetyUnclear,
)
from station import commands as do
from station.core.effects import AskStatus, ShineLamps
from station.core.inputs import DevicesRead, StatusAnswered
from station.core.state import CalibrationPage, DevicesPage, OutagesPage, TeachPage, WearPage
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.devices import DevicesFace
from station.view.message import Level
from station.view.status import Light
from station.view.tray import UnknownTrayFace
from tests.helpers.sample import ELIF, JONAS, MARA
from tests.helpers.world import NOON, World


def opened(person: str = ELIF.person) -> World:
    world = World()
    world.sign_on(person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


def face(world: World) -> DevicesFace:
    shown = world.view().face
    assert isinstance(shown, DevicesFace)
    return shown


def token(world: World) -> int:
    return world.state.token


def offered(world: World) -> set[Action]:
    return {each.action for each in face(world).offers if each.is_allowed}


def confirm_fetch(world: World, tray: int = 4) -> None:
    world.give(do.FetchByHand(token(world)))
    assert isinstance(face(world).ask, AskNumber)
    world.give(do.EnterNumber(token(world), tray))


def test_the_panel_is_for_those_who_look_after_the_machine_and_by_hand_only_for_maintenance() -> None:
    by_hand = {Action.STATUS_BY_HAND, Action.FETCH_BY_HAND}
    assert by_hand < offered(opened(ELIF.person))
    assert not by_hand & offered(opened(JONAS.person))
    operator = World()
    operator.sign_on(MARA.person)
    operator.settle()
    operator.give(do.OpenDevices())
    assert operator.view().bar.code == "no_right"


def test_a_fetch_by_hand_names_the_tray_asks_for_a_clear_opening_and_stands_in_the_record() -> None:
    world = opened()
    confirm_fetch(world)
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, ask.params["tray"]) == ("is_it_clear_fetch", 4)
    assert world.move is None  # nothing has moved yet
    world.give(do.Choose(token(world), "clear"))
    assert world.move is not None
    assert (world.move.tray, world.move.operator, world.move.role) == (4, ELIF.person, "maintenance")
    world.settle()
    result = face(world).result
    assert result is not None
    assert (result.verb, result.outcome, result.tray) == ("fetch", "done", 4)
    assert world.state.custody.tray_here == 4
    assert [each.outcome for each in world.store.written if isinstance(each, MotionEnded)] == ["done"]
    refused = {each.action: each.refused for each in face(world).offers}
    assert refused[Action.FETCH_BY_HAND] == "tray_is_here"  # one command: it would need two motions


def test_no_answer_but_clear_moves_anything() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "not_clear"))
    assert (world.move, face(world).ask) == (None, None)
    confirm_fetch(world, 99)
    assert world.view().bar.code == "no_such_tray"
    world.give(do.Back(token(world)))
    assert face(world).ask is None


@pytest.mark.parametrize("event", [LinkDown("L101"), SafetyStopped("1001")])
def test_a_stop_between_the_question_and_the_answer_moves_nothing(event: LinkDown | SafetyStopped) -> None:
    world = opened()
    confirm_fetch(world)
    world.feed(event)
    world.give(do.Choose(token(world), "clear"))
    world.feed(LinkUp())
    world.settle()
    assert world.move is None
    assert not [each for each in world.store.written if isinstance(each, MotionEnded)]


def test_a_machine_that_may_stand_is_tried_by_hand_after_the_opening_was_said_to_be_clear() -> None:
    world = opened()
    world.feed(SafetyStopped("1001"))
    refused = {each.action: each.refused for each in face(world).offers}
    assert refused[Action.FETCH_BY_HAND] == "machine_stopped"
    world.feed(SafetyUnclear("1001"))
    world.settle()
    confirm_fetch(world)
    assert world.move is None
    world.give(do.Choose(token(world), "clear"))
    assert world.move is not None
    world.write_all()
    world.feed(SafetyStopped("1001"))
    world.end_motion(Outcome.NOT_DONE, code="L204")
    world.settle()
    assert (world.move, world.view().bar.code) == (None, "machine_stopped")


def test_a_store_by_hand_names_the_tray_that_is_here() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    world.give(do.StoreByHand(token(world)))
    ask = face(world).ask
    assert isinstance(ask, AskChoice)
    assert (ask.code, ask.params["tray"]) == ("is_it_clear_store", 4)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    assert world.state.custody.tray_here is None


def test_the_panel_suspends_a_line_and_the_machine_must_name_the_tray_before_it_goes_on() -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.start("O1")
    world.settle()
    tray = world.state.custody.tray_here
    assert tray is not None
    world.give(do.OpenDevices())
    world.give(do.Confirm(token(world)))
    assert not world.writes  # the line is suspended
    world.give(do.StoreByHand(token(world)))
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    confirm_fetch(world, tray)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    assert (world.state.custody.tray_here, world.state.custody.is_proven) == (tray, True)
    world.give(do.Back(token(world)))
    assert world.state.page is None
    assert not world.state.custody.is_proven
    assert world.state.custody.needs_touch


@pytest.mark.parametrize("over", [None, do.OpenOutages, do.OpenWear, do.OpenTeach], ids=["panel", "outages", "service", "teach"])
def test_also_after_a_hand_over_the_machine_must_name_the_tray_that_was_moved_by_hand(over) -> None:
    world = World()
    world.sign_on(ELIF.person)
    world.settle()
    world.start("O1")
    world.settle()
    tray = world.state.custody.tray_here
    assert tray is not None
    world.give(do.OpenDevices())
    world.give(do.StoreByHand(token(world)))
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    confirm_fetch(world, tray)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    if over is not None:
        world.give(over())
    world.give(do.LockScreen())
    world.settle()
    world.sign_on(MARA.person)
    world.settle()
    world.give(do.AnswerHandOver(True))
    assert (world.state.page, world.state.round is not None) == (None, True)
    assert (world.state.custody.is_proven, world.state.custody.needs_touch) == (False, True)


def test_a_motion_by_hand_whose_end_is_unknown_is_said_and_nothing_more_is_sent() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.end_motion(Outcome.UNKNOWN, code="L202")
    result = face(world).result
    assert result is not None
    assert (result.outcome, result.code) == ("unknown", "L202")
    assert not {Action.FETCH_BY_HAND, Action.STORE_BY_HAND} & offered(world)


def test_figures_that_change_each_second_do_not_make_the_buttons_old() -> None:
    world = opened()
    before = token(world)
    world.give(do.StatusByHand(before))
    world.settle()
    assert token(world) == before
    result = face(world).result
    assert result is not None
    assert (result.verb, result.outcome) == ("status", "answers")


def test_another_person_does_not_find_the_panel_open() -> None:
    world = opened()
    world.give(do.LockScreen())
    assert isinstance(world.state.page, DevicesPage)
    world.sign_on(MARA.person)
    world.settle()
    assert world.state.page is None


def at_totes(person: str = ELIF.person, *, is_up: bool = True) -> World:
    world = World()
    world.feed(LightLink("totes", is_up))
    world.sign_on(person)
    world.settle()
    world.give(do.OpenDevices())
    world.give(do.ShowDevice(token(world), "totes"))
    world.settle()
    return world


def test_the_tote_lamps_are_tried_once_at_a_time_and_the_sentence_stays() -> None:
    world = at_totes()
    assert Action.TRY_LAMPS in offered(world)
    world.give(do.TryLamps(token(world)))
    world.give(do.TryLamps(token(world)))
    assert [each for each in world.reads if isinstance(each, ShineLamps)] == [ShineLamps()]
    assert {each.action: each.refused for each in face(world).offers}[Action.TRY_LAMPS] == "lamps_shine"
    world.settle()
    assert (Action.TRY_LAMPS in offered(world), world.view().bar.code) == (True, "lamps_shine")


def test_lamps_without_a_line_and_other_peoples_lamps_are_not_tried() -> None:
    for world in (at_totes(is_up=False), at_totes(JONAS.person), opened()):
        assert Action.TRY_LAMPS not in offered(world)
        world.give(do.TryLamps(token(world)))
        assert not any(isinstance(each, ShineLamps) for each in world.reads)


def lost_in_a_fetch() -> World:
    """The line was lost in a fetch by hand and is back; the machine says nothing of the command."""
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    return world


def test_a_line_that_is_back_in_the_middle_of_a_fetch_says_that_word_is_awaited_and_how_long() -> None:
    world = lost_in_a_fetch()
    assert world.state.custody.motion is not None
    left_s = world.state.custody.motion.since_s + 60.0 - world.clock_s
    bar = world.view().bar
    assert (bar.code, bar.level) == ("line_back_for", Level.ACT)
    assert dict(bar.params) == {"tray": 4, "seconds": left_s}
    assert world.view().lights[0].light is Light.WAIT
    world.clock_s += 60
    assert world.view().bar.code == "line_back"  # it may take a moment longer; no number is better than a wrong one


def test_the_machine_may_be_asked_while_word_of_a_command_is_awaited() -> None:
    world = lost_in_a_fetch()
    assert Action.STATUS_BY_HAND in offered(world)
    assert not {Action.FETCH_BY_HAND, Action.STORE_BY_HAND, Action.BACK} & offered(world)
    world.give(do.StatusByHand(token(world)))
    world.read_all()
    result = face(world).result
    assert result is not None
    assert result.verb == "status"
    assert world.state.custody.motion is not None  # an answer to a ping tells nothing of the command


def test_a_word_of_the_machine_about_its_command_ends_the_waiting_for_it() -> None:
    world = lost_in_a_fetch()
    assert world.move is not None
    world.feed(MotionStarted(world.move.command))
    assert (world.view().bar.code, world.view().lights[0].light) == ("tray_coming", Light.GOOD)
    assert Action.STATUS_BY_HAND not in offered(world)


def test_where_nobody_knows_which_tray_is_here_the_panel_says_where_to_tell_it() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.end_motion(Outcome.UNKNOWN, code="L202")
    bar = world.view().bar
    assert (bar.code, bar.level, bar.error) == ("panel_tray_not_known", Level.ACT, "L202")
    world.give(do.Back(token(world)))
    assert isinstance(world.view().face, UnknownTrayFace)


def test_what_is_out_of_service_is_named_before_the_opening_is_said_to_be_clear() -> None:
    world = opened()
    world.state = replace(world.state, trays_out={4: "out_damaged"}, bay_out="out_inspection")
    world.give(do.FetchByHand(token(world)))
    ask = face(world).ask
    assert isinstance(ask, AskNumber)
    assert (ask.code, ask.result, face(world).warnings) == ("fetch_which_tray", "go_on", ())
    world.give(do.EnterNumber(token(world), 4))
    assert [(each.code, dict(each.params)) for each in face(world).warnings] == [
        ("tray_page_out", {"tray": 4, "why": "out_damaged"}),
        ("bay_is_out", {"why": "out_inspection"}),
    ]
    world.give(do.Choose(token(world), "clear"))
    assert world.move is not None  # maintenance may try it
    assert face(world).warnings == ()


def at_a_carousel() -> World:
    world = opened()
    world.state = replace(world.state, rules=replace(world.state.rules, keeps_bin=True))
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    assert world.state.custody.tray_here == 4
    return world


def test_at_a_carousel_the_next_bin_is_fetched_while_one_is_in_front_and_none_is_stored() -> None:
    world = at_a_carousel()
    assert Action.FETCH_BY_HAND in offered(world)
    assert Action.STORE_BY_HAND not in {each.action for each in face(world).offers}
    before = world.state
    world.give(do.StoreByHand(token(world)))
    assert world.state.page == before.page
    confirm_fetch(world, 5)
    world.give(do.Choose(token(world), "clear"))
    world.settle()
    result = face(world).result
    assert result is not None
    assert (result.verb, result.outcome, result.tray) == ("fetch", "done", 5)
    assert world.state.custody.tray_here == 5


def test_the_bin_that_is_in_front_is_not_fetched_again() -> None:
    world = at_a_carousel()
    confirm_fetch(world, 4)
    assert world.view().bar.code == "fetch_is_here"
    assert isinstance(face(world).ask, AskNumber)


def test_a_stop_after_the_bin_in_front_was_let_go_ends_the_fetch_by_hand() -> None:
    world = at_a_carousel()
    confirm_fetch(world, 5)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.feed(SafetyStopped("1001"))
    world.end_motion(Outcome.DONE)
    result = face(world).result
    assert result is not None
    assert (result.verb, result.tray) == ("fetch", 5)
    assert world.move is None


def result_code(world: World) -> str | None:
    shown = face(world).result
    return None if shown is None else shown.code


def test_a_result_has_its_time_and_what_was_refused_for_a_lost_line_goes_when_the_line_is_back() -> None:
    world = opened()
    world.feed(LinkDown("L102"))
    world.give(do.StatusByHand(token(world)))
    world.feed(StatusAnswered(is_ready=False, code="L102"))
    shown = face(world).result
    assert shown is not None
    assert (shown.code, shown.at) == ("L102", NOON)
    world.feed(LinkUp())
    assert result_code(world) is None


def test_what_was_refused_for_a_stop_goes_with_the_stop() -> None:
    world = opened()
    world.feed(SafetyStopped("1001"))
    world.give(do.StatusByHand(token(world)))
    world.feed(StatusAnswered(is_ready=False, code="1001"))
    assert result_code(world) == "1001"
    world.feed(LinkDown("L101"))
    world.feed(LinkUp())
    assert result_code(world) == "1001", "that is another cause"
    world.feed(SafetyCleared())
    assert result_code(world) is None


def test_what_was_refused_for_a_machine_that_was_not_ready_goes_when_it_is() -> None:
    world = World(reports_tray=True)
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    world.give(do.StatusByHand(token(world)))
    world.feed(StatusAnswered(is_ready=False, code="L209"))
    assert result_code(world) == "L209"
    world.feed(StatusAnswered(is_ready=False, code="L209", is_by_hand=False))
    assert result_code(world) == "L209"
    world.feed(StatusAnswered(is_ready=True, is_by_hand=False))
    assert result_code(world) is None


def test_a_motion_that_was_not_done_stays_said() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.end_motion(Outcome.NOT_DONE, code="L207")
    world.feed(SafetyStopped("1001"))
    world.feed(SafetyCleared())
    assert result_code(world) == "L207"


def test_a_command_that_was_refused_for_a_stop_is_not_refused_in_the_bar_any_more_when_it_is_over() -> None:
    world = opened()
    confirm_fetch(world)
    world.feed(SafetyStopped("1001"))
    world.give(do.Choose(token(world), "clear"))
    assert world.state.bar is not None
    assert world.state.bar.code == "by_hand_refused"
    world.feed(SafetyCleared())
    assert world.state.bar is None


def test_a_question_that_is_open_after_an_unlock_is_named_in_the_bar_and_not_the_greeting() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.LockScreen())
    world.sign_on(ELIF.person)
    world.settle()
    assert isinstance(face(world).ask, AskChoice)
    assert world.view().bar.code == "answer_clear"


OVER = {do.OpenWear: WearPage, do.OpenOutages: OutagesPage, do.OpenTeach: TeachPage, do.OpenCalibration: CalibrationPage}
covers = pytest.mark.parametrize("cover", OVER)


def panel(world: World) -> DevicesPage:
    """The panel in front, what lay over it having been closed."""
    if not isinstance(world.state.page, DevicesPage):
        world.give(do.ClosePage())
    assert isinstance(world.state.page, DevicesPage)
    return world.state.page


def cover_panel(world: World, cover: type[do.OpenWear | do.OpenOutages | do.OpenTeach | do.OpenCalibration]) -> None:
    world.give(cover())
    assert isinstance(world.state.page, OVER[cover])


def at_a_pointer_that_is_taught(*, reports_tray: bool = False) -> World:
    """Every page of maintenance may be opened over the panel."""
    world = World(reports_tray=reports_tray)
    world.state = replace(world.state, taught=Calibration(optics=Optics()))
    for light in ("pointer", "totes"):
        world.feed(LightLink(light, True))
    world.sign_on(ELIF.person)
    world.settle()
    world.give(do.OpenDevices())
    world.settle()
    return world


@covers
def test_the_panel_asks_the_machine_by_itself_again_after_its_answer_came_under_another_page(cover) -> None:
    world = at_a_pointer_that_is_taught(reports_tray=True)
    world.feed(DevicesRead(devices=(), device=""))
    assert panel(world).is_watching
    cover_panel(world, cover)
    world.reads.clear()
    world.feed(StatusAnswered(is_ready=False, code="L209", is_by_hand=False))
    word = panel(world).word
    assert word is not None
    assert word.code == "L209", "the panel shows an older word"
    world.feed(DevicesRead(devices=(), device=""))
    assert AskStatus(is_by_hand=False) in world.reads


@covers
def test_a_status_by_hand_that_is_answered_under_another_page_has_its_result_and_can_be_asked_again(cover) -> None:
    world = at_a_pointer_that_is_taught()
    world.give(do.StatusByHand(token(world)))
    cover_panel(world, cover)
    world.settle()
    assert not panel(world).is_asking_status
    result = face(world).result
    assert result is not None
    assert result.verb == "status"


@covers
def test_lamps_that_went_dark_under_another_page_can_be_tried_again(cover) -> None:
    world = at_a_pointer_that_is_taught()
    world.give(do.ShowDevice(token(world), "totes"))
    world.settle()
    world.give(do.TryLamps(token(world)))
    cover_panel(world, cover)
    world.settle()
    assert not panel(world).is_trying_lamps


def test_what_was_refused_for_a_lost_line_goes_also_under_another_page() -> None:
    world = opened()
    world.feed(LinkDown("L101"))
    world.give(do.StatusByHand(token(world)))
    world.feed(StatusAnswered(is_ready=False, code="L101"))
    world.give(do.OpenWear())
    world.feed(LinkUp())
    panel(world)
    assert result_code(world) is None


def lost_by_hand(code: str = "L102", *, keeps_bin: bool = False) -> World:
    """A fetch of tray 4 by hand, at a machine that names its tray, whose end nobody knows."""
    world = World(reports_tray=True)
    world.sign_on(ELIF.person)
    world.settle()
    world.state = replace(world.state, rules=replace(world.state.rules, keeps_bin=keeps_bin))
    world.give(do.OpenDevices())
    world.settle()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    world.end_motion(Outcome.UNKNOWN, code=code)
    return world


@pytest.mark.parametrize(("tray", "end"), [(4, ("done", "")), (None, ("not_done", "L102")), (5, ("not_done", "L102"))])
def test_an_end_that_nobody_knew_is_said_when_the_machine_has_named_its_tray(tray: int | None, end: tuple[str, str]) -> None:
    world = lost_by_hand()
    shown = face(world).result
    assert shown is not None
    assert (shown.outcome, shown.code) == ("unknown", "L102")
    world.come_to_rest(tray)
    world.say_status()
    shown = face(world).result
    assert shown is not None
    assert (shown.verb, shown.tray, shown.outcome, shown.code) == ("fetch", 4, *end)


def test_an_end_that_nobody_knew_is_said_by_a_late_answer() -> None:
    world = opened()
    confirm_fetch(world)
    world.give(do.Choose(token(world), "clear"))
    world.write()
    assert world.move is not None
    command = world.move.command
    world.end_motion(Outcome.UNKNOWN, code="L202")
    world.feed(LateAnswer(MotionResult(command_id=command, outcome=Outcome.DONE)))
    shown = face(world).result
    assert shown is not None
    assert (shown.outcome, shown.code) == ("done", "")


def test_that_a_bin_is_in_front_of_a_carousel_explains_nothing() -> None:
    for keeps_bin, code in ((False, "L205"), (True, "")):
        world = lost_by_hand("L205", keeps_bin=keeps_bin)
        assert result_code(world) == code
        world.come_to_rest(5)
        world.say_status()
        assert result_code(world) == code
