"""Every code that the rules emit while a bay lives through random days has its words; also codes put together from parts,
which no reader of the source can list."""

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hardware.values import LinkDown, LinkUp, Outcome, SafetyCleared, SafetyStopped, ScaleLink, ScaleRead
from station import commands as do
from station.core.inputs import StoreAlarmed, StoreChanged
from station.core.weighing import subject
from station.flows.sign_on import WentIdle
from station.store_watch import ORDER
from station.view.action import Offer
from station.view.ask import AskChoice, AskNumber, AskText, Choice
from station.view.message import Message
from station.view.view import View
from station.view.wait import Wait
from station.view.weighing import Weighing
from tests.helpers.sample import ELIF, JONAS, MARA
from tests.helpers.world import World
from ui import sentences

DAYS, STEPS = 12, 250
AROUND = (LinkDown("L101"), SafetyStopped("A-213"), StoreChanged("D401"), WentIdle())
ALARMED = tuple(StoreAlarmed((code,)) for code in ORDER)
SCALE = (
    ScaleLink(False, "L101"),
    *(ScaleRead(weight_mg=weight_mg, step_mg=100, is_stable=True) for weight_mg in (-500, 0, 12_000, 41_000, 164_000)),
    *(ScaleRead(state=state) for state in ("overload", "underload", "busy")),
    ScaleRead(weight_mg=41_000, step_mg=100),
)
WELL = (LinkUp(), SafetyCleared(), StoreChanged(""), StoreAlarmed(()))


def codes_in(value: object) -> Iterator[tuple[str, str]]:
    """(table, code) of everything in a view that is said to people."""
    match value:
        case Message(code=code):
            yield "BLOCKS" if code.startswith("missing_") else "MESSAGES", code
        case Offer(refused=code) if code:
            yield "REFUSALS", code
        case Wait(code=code):
            yield "WAITS", code
        case Choice(code=code):
            is_reason = code.startswith("reason_")
            yield ("REASONS", code.removeprefix("reason_")) if is_reason else ("CHOICES", code)
        case AskNumber(code=code, result=result):
            yield "ASKS", code
            yield "RESULTS", result
        case AskText(code=code) | AskChoice(code=code):
            yield "ASKS", code
        case Weighing(why=why, may_learn=may_learn):
            yield from [("MESSAGES", why)] if why else ()
            yield from [("REFUSALS", may_learn)] if may_learn else ()
        case _:
            pass
    if isinstance(value, tuple):
        for each in value:
            yield from codes_in(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from codes_in(getattr(value, field.name))


def live(world: World, chance: random.Random) -> None:
    """One thing that may happen."""
    kind = chance.randrange(11)
    if kind == 0:
        world.sign_on(chance.choice((MARA, JONAS, ELIF)).person)
    elif kind == 1:
        world.feed(chance.choice(AROUND))
        for each in WELL:
            world.feed(each)
    elif kind == 10:
        world.feed(ScaleLink(True))
        world.feed(chance.choice(SCALE))
    elif kind == 2 and world.is_moving:
        world.end_motion(chance.choice(list(Outcome)), code=chance.choice(("", "L205", "L206", "L207")))
    elif kind == 3:
        world.scan(chance.choice(world.scans()))
    elif kind == 4:
        world.recover(is_leaving=False)
        world.give(do.StartOrders((f"O{chance.randint(1, 5)}",)))
    elif kind == 5:
        world.settle()
    elif kind == 6 and world.writes:
        world.write(is_refused=chance.random() < 0.1)
    else:
        world.give(chance.choice(world.sensible()))
        world.read_all()


def reasons_of(world: World) -> set[tuple[str, str]]:
    """Every reason that the record holds, which the tray's page shows."""
    reasons = {str(getattr(each, "reason", "")) for each in world.store.written}
    return {("REASONS", reason) for reason in reasons if reason}


def seen_codes() -> set[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()

    def see(view: View) -> None:
        seen.update(codes_in(view))

    for day in range(DAYS):
        world, chance = World(see), random.Random(day)
        for _ in range(STEPS):
            live(world, chance)
            if subject(world.state) is not None:  # rare: all that a scale can say then
                for each in (*SCALE[:1], ScaleLink(True), *SCALE[1:]):
                    world.feed(each)
        seen |= reasons_of(world)
    return seen


def test_every_code_a_bay_ever_shows_has_its_words() -> None:
    seen = seen_codes()
    assert len(seen) > 60, "the days were too quiet to prove anything"
    scale = {code for _, code in seen if code.startswith("scale_")}
    assert {"scale_moving", "scale_not_learnt", "scale_empty", "scale_no_link"} <= scale
    assert {(table, code) for table, code in seen if code not in getattr(sentences, table)} == set()
