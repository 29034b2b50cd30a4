"""Everything that a station hears, knows, asks for, shows and writes, as a log would have it: no PIN and no badge in it."""

from __future__ import annotations

from db.envelope import facts
from station import commands as do
from station.core.effects import Effect
from station.core.inputs import Input, LockOutEnded, PinChecked
from station.flows.session import EndLockOut
from tests.helpers.sample import JONAS, MARA
from tests.helpers.world import World

PIN, NEW_PIN = "482915", "395172"
BADGE = "BADGE-0815"


class ToldWorld(World):
    """Keeps every representation; the store knows the badge by another text than the person's id."""

    def __init__(self) -> None:
        self.told: list[str] = []
        super().__init__()

    def feed(self, happened: Input) -> None:
        super().feed(happened)
        self.told += [repr(happened), repr(self.state), repr(self.view())]

    def _carry_out(self, effect: Effect) -> None:
        self.told.append(repr(effect))
        super()._carry_out(effect)


def test_no_pin_and_no_badge_in_anything_that_could_be_logged() -> None:
    world = ToldWorld()
    world.store.persons[BADGE] = MARA
    world.scan(BADGE)
    world.pass_gate()
    for verdict in ("wrong_pin", "locked"):
        world.give(do.EnterPin(PIN))
        world.gate.clear()
        world.feed(PinChecked(verdict))
    world.scan(JONAS.person)
    world.pass_gate()
    world.give(do.EnterPin(PIN))
    world.pass_gate()
    world.give(do.Choose(world.state.token, "new_pin"))
    world.give(do.EnterPin(NEW_PIN))
    world.give(do.EnterPin(NEW_PIN))
    assert world.gate.pop() == EndLockOut(MARA, JONAS, NEW_PIN)
    world.feed(LockOutEnded("ok"))
    world.give(do.EnterPin(NEW_PIN))
    world.pass_gate()
    world.settle()
    assert world.state.person == MARA
    told = "\n".join([*world.told, *(repr(facts(record)) for record in world.store.written)])
    assert len(told) > 10_000
    for secret in (PIN, NEW_PIN, BADGE):
        assert secret not in told
