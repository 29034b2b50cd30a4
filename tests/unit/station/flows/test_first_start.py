"""The first start: its way from page to page, what is written when, and that no event breaks any page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from station.first_start.draft import LINE, NO_SCANNER, TRIAL, Draft, Step
from station.first_start.pages import BEFORE, FIRST, STEP_OF, TEXTS, Page, Trial, typed
from station.first_start.values import (
    AddAdministrator,
    Choose,
    Effect,
    Event,
    FindLines,
    Finish,
    FirstStart,
    FoundLine,
    GoBack,
    GoOn,
    KeepStep,
    KeysArrived,
    Later,
    LinesFound,
    Saved,
    TextArrived,
    Tried,
    TryMachine,
    TrySite,
    TypeBadge,
    TypeKey,
)
from station.flows.first_start import advance, begin
from station.teach_scanner import LABEL
from tests.helpers.typing_scanner import TypingScanner

START = FirstStart(draft=Draft(), languages=("en", "de"), least_tenths=101, forbidden_pins=frozenset({"184529"}))
EVENTS: tuple[Event, ...] = (
    Choose("de"),
    Choose("0"),
    Choose("network"),
    Choose("wled"),
    Choose("nothing"),
    Choose("larger"),
    TypeKey("a"),
    TypeKey("1"),
    TypeKey("erase"),
    TypeKey("clear"),
    TypeKey("keys"),
    GoOn(),
    GoBack(),
    Later(),
    TypeBadge(),
    LinesFound((FoundLine("usb:1", "plug"),)),
    Tried(True),
    Tried(False, "L101", "down"),
    KeysArrived(()),
    TextArrived("B1"),
    Saved(),
    Saved("settings_not_written"),
    Saved("badge_taken"),
)


def on(page: Page, **changes: object) -> FirstStart:
    return replace(START, page=page, **changes)  # type: ignore[arg-type]


def play(state: FirstStart, events: Iterable[Event]) -> tuple[FirstStart, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for event in events:
        state, effects = advance(state, event)
    return state, effects


def types(text: str) -> list[Event]:
    return [TypeKey(each) for each in text]


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("wait", ["", "saving", "trying"])
def test_every_page_bears_every_event(page: Page, wait: str) -> None:
    state = on(page, is_saving=wait == "saving", trial=Trial.RUNNING if wait == "trying" else Trial.NONE)
    for event in EVENTS:
        after, effects = advance(state, event)
        is_answer = isinstance(event, Saved | Tried | LinesFound)
        assert is_answer or not wait or (after, effects) == (state, ()), f"{page} {event} while {wait}"
        assert not after.is_saving or effects or state.is_saving, "it waits for an answer that nobody was asked for"
        assert "B1" not in repr(after)


def test_each_page_has_a_way_back_and_a_step() -> None:
    assert set(BEFORE) == set(Page) - {Page.LANGUAGE, Page.DONE}
    assert set(STEP_OF) == set(Page) - {Page.DONE}
    assert all(STEP_OF[page] is step for step, page in FIRST.items())


def test_the_straight_way_writes_each_step_once_and_ends() -> None:
    state, _ = begin(START, None)
    kept: list[Step] = []
    ways: dict[Page, list[Event]] = {
        Page.MACHINE: [Choose(TRIAL)],
        Page.SCANNER: [Choose(NO_SCANNER)],
        Page.SITE: [Later()],
        Page.ADMIN_NAME: types("Ann"),
        Page.ADMIN_BADGE: [TextArrived("]C1B-77")],
        Page.ADMIN_PIN: types("918273"),
        Page.ADMIN_AGAIN: types("918273"),
    }
    for _turn in range(40):
        effects: tuple[Effect, ...] = ()
        for event in [*ways.get(state.page, []), GoOn()]:
            state, asked = advance(state, event)
            effects += asked
        for effect in effects:
            match effect:
                case KeepStep(step):
                    kept.append(step)
                    state, _ = advance(state, Saved())
                case TryMachine(draft):
                    assert draft.machine == TRIAL
                    state, _ = advance(state, Tried(True))
                case AddAdministrator(name, badge, pin):
                    assert (name, badge, pin) == ("Ann", "B-77", "918273")
                    state, _ = advance(state, Saved())
                    assert (state.pin, state.page) == ("", Page.DONE)
        if Finish() in effects:
            break
    assert kept == list(Step)[:-1]
    assert state.skipped == {Step.SITE}


def test_a_start_that_was_cut_off_goes_on_behind_the_last_finished_step() -> None:
    state, effects = begin(START, Step.MACHINE)
    assert (state.page, effects) == (Page.SCANNER, ())
    state, effects = begin(replace(START, has_administrator=True), Step.SITE)
    assert effects == (KeepStep(Step.ADMINISTRATOR, state.draft, is_skipped=True),)
    assert advance(state, Saved())[0].page is Page.DONE


def test_the_machine_is_tried_before_it_is_written_and_nothing_else_is_asked_of_it() -> None:
    state, effects = play(on(Page.MACHINE), [Choose("hostcom"), GoOn()])
    assert (state.page, effects) == (Page.MACHINE_LINE, (FindLines(),))
    assert state.refusal == "choose_line"
    state, effects = play(state, [LinesFound((FoundLine("usb:7", "adapter"),)), Choose("0"), GoOn(), GoOn()])
    assert effects == (TryMachine(replace(Draft(), machine="hostcom", machine_url="usb:7")),)
    assert state.is_waiting
    assert not state.may_skip
    state, _ = play(state, [Tried(False, "L102", "no answer")])
    assert state.may_skip
    skipped, effects = play(state, [Later()])
    assert isinstance(effects[0], KeepStep)
    assert not effects[0].is_skipped, "what was chosen stays, for the line may only be dead today"
    state, effects = play(state, [GoOn(), Tried(True), GoOn()])
    assert effects == (KeepStep(Step.MACHINE, state.draft),)
    assert advance(skipped, Saved())[0].page is Page.SCANNER


def test_an_address_is_complete_before_it_goes_on() -> None:
    state, _ = play(on(Page.MACHINE_LINE), [Choose("network"), GoOn()])
    assert state.page is Page.MACHINE_ADDRESS
    state, effects = play(state, [*types("10.0.0.5:"), GoOn()])
    assert (state.page, effects) == (Page.MACHINE_ADDRESS, ())
    state, _ = play(state, [*types("9600"), GoOn()])
    assert state.draft.machine_url == "socket://10.0.0.5:9600"


def test_a_typing_scanner_is_understood_by_one_scan_of_the_label() -> None:
    state, _ = play(on(Page.SCANNER), [GoOn()])
    assert state.page is Page.SCANNER_TEACH
    state, effects = play(state, [KeysArrived(TypingScanner().scan("42")), GoOn()])
    assert (state.refusal, effects) == ("scan_label", ())
    state, effects = play(state, [KeysArrived(TypingScanner().scan(LABEL)), GoOn()])
    assert isinstance(effects[0], KeepStep)
    assert effects[0].source == "wedge"
    assert effects[0].taught is not None
    assert effects[0].taught.form is not None


def test_keys_do_not_teach_a_scanner_with_a_line_of_its_own() -> None:
    state = on(Page.SCANNER_TEACH, draft=replace(Draft(), scanner=LINE, scanner_url="usb:1"))
    assert play(state, [KeysArrived(TypingScanner().scan(LABEL))])[0].taught is None
    state, effects = play(state, [TextArrived(f"]C1{LABEL}"), GoOn()])
    assert isinstance(effects[0], KeepStep)
    assert effects[0].source == "line"


def test_the_password_goes_to_the_try_and_to_its_file_and_is_forgotten() -> None:
    state, _ = play(on(Page.SITE), [GoOn(), *types("db/site"), GoOn(), *types("u"), GoOn()])
    assert state.page is Page.SITE_PASSWORD
    state, effects = play(state, [*types("s3cret"), GoOn(), GoOn()])
    assert effects == (TrySite(state.draft, "s3cret"),)
    assert "s3cret" not in f"{state!r}{effects!r}"
    state, effects = play(state, [Tried(True), GoOn()])
    assert isinstance(effects[0], KeepStep)
    assert effects[0].password == "s3cret"
    assert "s3cret" not in repr(effects)
    assert advance(state, Saved())[0].password == ""


def test_without_a_site_somebody_must_be_able_to_sign_on() -> None:
    assert not on(Page.ADMIN_NAME).may_skip
    with_site = on(Page.ADMIN_NAME, draft=replace(Draft(), has_site=True))
    assert with_site.may_skip, "people come from the site"
    assert not replace(with_site, skipped=frozenset({Step.SITE})).may_skip


@pytest.mark.parametrize(
    ("pin", "problem"), [("111111", "pin_weak"), ("1234", "pin_wrong_length"), ("184529", "pin_is_sample"), ("918273", "")]
)
def test_a_pin_is_looked_at_before_it_is_asked_again(pin: str, problem: str) -> None:
    state, _ = play(on(Page.ADMIN_PIN), [*types(pin), GoOn()])
    assert state.problem == problem
    assert state.page is (Page.ADMIN_PIN if problem else Page.ADMIN_AGAIN)
    assert pin not in repr(state)


def test_two_different_pins_are_asked_for_again() -> None:
    state, effects = play(on(Page.ADMIN_AGAIN, pin="918273"), [*types("918274"), GoOn()])
    assert (state.page, state.problem, state.pin, effects) == (Page.ADMIN_PIN, "pins_differ", "", ())


@pytest.mark.parametrize(
    ("problem", "page"),
    [
        ("name_garbage", Page.ADMIN_NAME),
        ("badge_taken", Page.ADMIN_BADGE),
        ("pin_weak", Page.ADMIN_PIN),
        ("admin_not_written", Page.ADMIN_AGAIN),
    ],
)
def test_what_is_refused_is_asked_again_where_it_was_typed(problem: str, page: Page) -> None:
    state = on(Page.ADMIN_AGAIN, name="Ann", badge="B1", pin="918273", is_saving=True)
    state, _ = advance(state, Saved(problem))
    assert (state.page, state.problem, state.is_saving) == (page, problem, False)


def test_a_step_that_could_not_be_written_is_not_left() -> None:
    state, _ = play(on(Page.SCREEN), [Choose("156"), GoOn(), Saved("settings_not_written")])
    assert (state.page, state.problem, state.draft.diagonal_tenths) == (Page.SCREEN, "settings_not_written", 156)
    assert play(state, [GoOn()])[1], "once more"


def test_the_screen_is_never_smaller_than_its_faces() -> None:
    state, _ = play(on(Page.SCREEN), [Choose("101"), Choose("smaller")])
    assert state.draft.diagonal_tenths == 101
    assert play(state, [Choose("larger")])[0].draft.diagonal_tenths == 102


def test_a_store_keeps_the_name_of_its_station() -> None:
    state = on(Page.STATION, owner="B1", entry="B2")
    assert state.refusal == "other_station"
    assert replace(state, entry="B1").refusal == ""


def test_a_name_begins_with_a_capital_letter_and_goes_on_with_small_ones() -> None:
    entry, keys = "", 0
    for key in ("A", "n", " ", "B"):
        entry, keys = typed(Page.ADMIN_NAME, entry, keys, key)
    assert (entry, keys) == ("An B", 1)
    assert typed(Page.ADMIN_NAME, "An", 1, "☠") == ("An", 1)
    assert all(len(keys) <= 30 for each in TEXTS.values() for keys in each.keys)
