"""The world of `tests.helpers.world` with a second lift beside the first: every law holds at each lift by itself."""

from __future__ import annotations

from dataclasses import replace

from db.records.machine import MotionIntended
from db.records.record import Record
from hardware.values import LinkUp, MotionResult, Outcome
from station.core.effects import Append, Effect, Move
from station.core.inputs import FromLift, MachineInput, MotionOver
from station.core.lifts import turned_to
from station.core.state import Beside, StationState
from station.custody import Here, Verb, remembered
from station.planner.problem import PolicyName
from station.side_by_side import LiftPlace
from station.values import Order, OrderKind, OrderLine, StockKey
from tests.helpers.sample import BOLT, MACHINE, MARA, place, tray
from tests.helpers.world import OPENING, World

SECOND = "BAY2"
LEFT, RIGHT = (11, 12, 13), (21, 22, 23)  # trays of the two lifts
LIFTS = (
    LiftPlace(number=1, opening=OPENING, is_home=True),
    LiftPlace(number=2, opening=SECOND, first_tray=20, last_tray=29),
)


class TwoLifts(World):
    """Lift 1 has `OPENING`, lift 2 `SECOND`. `moves` wait for their lifts; `metals` are what really stands at each."""

    def __init__(self) -> None:
        self.moves: dict[str, Move | None] = {OPENING: None, SECOND: None}
        self.metals: dict[str, int | None] = {OPENING: None, SECOND: None}
        self.commands: list[int] = []
        super().__init__(planner=PolicyName.VOTES)
        self.store.trays_by_number = {number: tray(number, "C7", "C8") for number in (*LEFT, *RIGHT)}
        self.store.items = {f"I{number}": replace(BOLT, code=f"I{number}") for number in (*LEFT, *RIGHT)}
        self.store.held = {(place(number, "C7"), StockKey(item=f"I{number}")): 50 for number in (*LEFT, *RIGHT)}
        self.store.orders = {}
        self.feed(FromLift(SECOND, LinkUp()))
        self.state = replace(self.state, trays=frozenset((*LEFT, *RIGHT)))

    @property
    def metal(self) -> int | None:
        """At the lift that is worked at."""
        return self.metals[self.state.custody.opening]

    @metal.setter
    def metal(self, tray: int | None) -> None:
        """Each motion says itself where it was."""

    def _started(self) -> StationState:
        state = super()._started()
        custody = remembered(replace(self.store.bay(MACHINE, SECOND), opening=SECOND), self.reading.visits())
        return replace(state, beside=(Beside(custody=custody),), rules=replace(state.rules, lifts=LIFTS))

    def _carry_out(self, effect: Effect) -> None:
        if not isinstance(effect, Move):
            super()._carry_out(effect)
            return
        assert effect.command not in self.commands, "a command number is used twice"
        self.commands.append(effect.command)
        self._hold_to_lift(effect)
        self.moves[effect.opening] = effect
        self.writes.append(Append(records=(_intent(effect),)))

    def _hold_to_lift(self, move: Move) -> None:
        """The laws of motion, seen from the lift that is to move."""
        assert (move.opening == SECOND) is (move.tray in RIGHT), "a lift is asked for a tray of another"
        kept, self.state = self.state, turned_to(self.state, move.opening)
        self.move = self.moves[move.opening]
        self._hold_to_motion(move)
        self.state, self.move = kept, None

    def _hold_to_darkness(self, after: StationState, effects: tuple[Effect, ...]) -> None:
        here = after.custody.opening
        super()._hold_to_darkness(after, tuple(each for each in effects if not isinstance(each, Move) or each.opening == here))

    def moving(self) -> tuple[str, ...]:
        """The lifts that have a command whose intent is durable."""
        waiting = {record.command for each in self.writes for record in each.records if isinstance(record, MotionIntended)}
        return tuple(opening for opening, move in self.moves.items() if move is not None and move.command not in waiting)

    def told(self, opening: str, happened: MachineInput) -> None:
        """One of the lifts says something."""
        self.feed(FromLift(opening, happened))

    def end(self, opening: str, outcome: Outcome = Outcome.DONE, *, code: str = "") -> None:
        """The command that this lift has ends so."""
        move = self.moves[opening]
        assert move is not None
        self.moves[opening] = None
        if outcome is Outcome.DONE:
            self.metals[opening] = None if move.verb is Verb.STORE else move.tray
        self.told(opening, MotionOver(MotionResult(command_id=move.command, outcome=outcome, code=code, is_lit=bool(move.point))))

    def rest(self) -> None:
        """Store and readers come to rest; no lift ends anything."""
        while self.writes or self.answers or self.reads or self.gate:
            if self.writes:
                self.write()
            elif self.answers or self.reads:
                self.read_all()
            else:
                self.pass_gate()

    def settle(self) -> None:
        for _ in range(400):
            self.rest()
            if not self.moving():
                return
            self.end(self.moving()[0])
        raise AssertionError("the station never comes to rest")

    def at(self, opening: str) -> int | None:
        """The tray that the station knows at this lift."""
        where = turned_to(self.state, opening).custody.where
        return where.tray if isinstance(where, Here) else None


def two_lifts(**orders: tuple[int, ...]) -> TwoLifts:
    """Two lifts with these orders, each of a line on each of its trays, somebody signed on and the orders started."""
    world = TwoLifts()
    world.store.orders = {name: _order(name, trays) for name, trays in orders.items()}
    world.sign_on(MARA.person)
    world.rest()
    world.start(*orders)
    world.rest()
    return world


def _order(name: str, trays: tuple[int, ...]) -> Order:
    lines = (OrderLine(order=name, line=str(number), item=f"I{at}", quantity=1) for number, at in enumerate(trays, 1))
    return Order(order=name, kind=OrderKind.PICK, lines=tuple(lines))


def _intent(move: Move) -> Record:
    return MotionIntended(
        command=move.command,
        verb=str(move.verb),
        machine=MACHINE,
        opening=move.opening,
        tray=move.tray,
        compartment=move.compartment,
    )
