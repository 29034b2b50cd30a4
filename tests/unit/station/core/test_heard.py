"""The list of messages on the running flows: what the bar said, what holds, and who may read it."""

from __future__ import annotations

from hardware.values import LinkDown, LinkUp, SafetyCleared, SafetyStopped, ScannerLink
from station.core.advance import advance
from station.core.inputs import Elapsed, Now, StoreAlarmed
from tests.helpers.sample import JONAS, MARA
from tests.helpers.world import NOON, World


def holds(world: World) -> list[str]:
    return [each.message.code for each in world.state.messages.holds]


def said(world: World) -> list[str]:
    return [each.message.code for each in world.state.messages.said]


def test_a_stop_holds_until_it_is_cleared_and_is_then_in_the_list() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.feed(SafetyStopped("A-213"))
    assert holds(world) == ["machine_stopped"]
    world.feed(SafetyCleared())
    assert holds(world) == []
    assert said(world)[0] == "machine_stopped"


def test_all_that_is_wrong_holds_and_not_only_what_the_bar_has_room_for() -> None:
    world = World()
    world.sign_on(MARA.person)
    world.feed(ScannerLink("com1", is_up=True))
    world.feed(ScannerLink("com1", is_up=False))
    world.feed(LinkDown("L102"))
    world.feed(SafetyStopped("A-213"))
    assert holds(world) == ["machine_stopped", "link_down", "scanner_down"]
    world.feed(LinkUp())
    assert "link_down" in said(world)


def test_a_chore_that_fails_is_read_by_who_sees_to_it_alone() -> None:
    for person, expected in ((MARA, []), (JONAS, ["backup_failed"])):
        world = World()
        world.sign_on(person.person)
        world.feed(StoreAlarmed(("D421",)))
        shown = world.view().messages
        assert shown is not None
        assert [each.message.code for each in shown.holds] == expected


def test_nobody_reads_the_list_while_nobody_works_here() -> None:
    world = World()
    assert world.view().messages is None
    world.sign_on(MARA.person)
    assert world.view().messages is not None


def test_a_touch_that_is_ignored_leaves_the_list_alone() -> None:
    world = World()
    world.sign_on(MARA.person)
    state = world.state
    assert advance(state, Elapsed(), Now(99.0, NOON))[0].messages is state.messages
