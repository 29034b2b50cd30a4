"""The emergency list is written when it could be another one, not too often, and always at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from station.emergency_keeper import CHILD_S, EVERY_S, EmergencyError, EmergencyKeeper

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@dataclass
class Child:
    said: str | None = None
    waited_s: list[float] = field(default_factory=list)
    is_given_up: bool = False

    def ended(self, timeout_s: float = 0.0) -> str | None:
        self.waited_s.append(timeout_s)
        return self.said

    def give_up(self) -> None:
        self.is_given_up = True


@dataclass
class World:
    mark: str = "1"
    now_s: float = 0.0
    children: list[Child] = field(default_factory=list)
    next_says: str | None = None

    def start(self) -> Child:
        self.children.append(Child(self.next_says))
        return self.children[-1]

    def keeper(self) -> EmergencyKeeper:
        return EmergencyKeeper(lambda: self.mark, self.start, lambda: self.now_s)


def test_a_list_is_begun_at_once_and_again_only_after_a_change_and_five_minutes() -> None:
    world = World(next_says="")
    keeper = world.keeper()
    for now_s, mark, count in ((0.0, "1", 1), (10.0, "1", 1), (400.0, "1", 1), (410.0, "2", 2), (420.0, "3", 2)):
        world.now_s, world.mark = now_s, mark
        keeper.keep()
        assert len(world.children) == count, now_s
    world.now_s = 410.0 + EVERY_S
    keeper.keep()
    assert len(world.children) == 3


def test_no_turn_waits_for_the_list_and_no_second_one_is_begun_beside_it() -> None:
    world = World()
    keeper = world.keeper()
    keeper.keep()
    world.mark, world.now_s = "2", CHILD_S - 1
    keeper.keep()
    assert (len(world.children), world.children[0].waited_s) == (1, [0.0])


def test_a_list_that_was_not_written_is_an_error_and_is_begun_again_later() -> None:
    world = World(next_says="no room")
    keeper = world.keeper()
    keeper.keep()
    with pytest.raises(EmergencyError, match="no room"):
        keeper.keep()
    with pytest.raises(EmergencyError, match="no room"):  # nothing is due, and nothing is better
        keeper.keep()
    world.now_s, world.next_says = EVERY_S, ""
    with pytest.raises(EmergencyError, match="no room"):
        keeper.keep()
    keeper.keep()
    assert len(world.children) == 2


def test_a_list_that_hangs_is_given_up() -> None:
    world = World()
    keeper = world.keeper()
    keeper.keep()
    world.now_s = CHILD_S
    with pytest.raises(EmergencyError, match="not written within"):
        keeper.keep()
    assert world.children[0].is_given_up


def test_the_end_writes_what_has_changed_however_young_the_list_is() -> None:
    world = World(next_says="")
    keeper = world.keeper()
    keeper.keep()
    keeper.finish()
    assert len(world.children) == 1
    world.mark = "2"
    keeper.finish()
    assert len(world.children) == 2
    assert world.children[1].waited_s
