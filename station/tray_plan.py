"""Which tray comes next: what a station knows, as the planner's problem, and its advice as a tray of the machine. Pure.

What goes before every rule stands here: orders that broke in, then what is due soon, then the higher priority. Where the goods of
a line lie was decided by the allocation (lots, expiry, rights): a line has one tray here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from station.custody import Verb
from station.planner.decision import Decision, Why
from station.planner.problem import Operator, PolicyName, Problem, Timed
from station.planner.problem import Order as Asked
from station.planner.situation import AtBay, Situation, advise
from station.task import Task
from station.travel_times import TravelTimes
from station.values import Order

EXPRESS: Final = "express"  # an order that broke in needs it
PRIORITY: Final = "priority"  # the orders of the highest priority need it
SEQUENCE: Final = "sequence"  # the next rank lies there
READY: Final = "ready_beside"  # it stands at another lift already
COMING: Final = "coming_beside"  # another lift brings it already
LINE: Final = "line_goes_on"  # the rest of the line in hand lies there
WINDOW: Final = 48  # waiting orders that are looked at: the rule compares 32, and who is due soon stands first
VISIT_S: Final = 4.0  # to turn to a tray
NO_PRIORITY: Final = 5  # of an order of which nothing is known
UNSEEN_S: Final = 10.0  # each way of a tray, while no motion of this machine was ever measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands at the moment of a decision. `tasks` may be worked next: of orders, on trays that can be called. `first` are
    orders that broke in. `here` is the tray at the bay, `ready` the one in the second position, where there are two. `plan`:
    trays that the beam would bring next, while that is right."""

    tasks: Sequence[Task]
    orders: Mapping[str, Order] = field(default_factory=dict)
    first: Collection[str] = ()
    here: int | None = None
    ready: int | None = None
    positions: int = 1
    times: TravelTimes = field(default_factory=TravelTimes)
    line_s: float = 9.0
    utc: datetime
    plan: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the beam was asked last, by `number`, for these `orders`; `trays` come next as long as the round has the same ones."""

    number: int = 0
    orders: tuple[str, ...] = ()
    trays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A tray and why. `lines` of `orders` are worked there; `order` is whom it is for, where that is the reason; `out_of` trays
    are needed; `ahead` is the tray that follows, as it looks now. `slack_s`: until an order is due that hurries."""

    tray: int
    why: str
    score: float = 0.0
    lines: int = 0
    orders: int = 0
    order: str = ""
    out_of: int = 1
    slack_s: int | None = None
    ahead: int | None = None


def choose(standing: Standing, policy: PolicyName) -> Choice | None:
    """The tray that is to come next, and the one after it; None where nothing is to be chosen from."""
    if not standing.tasks:
        return None
    why, tasks, decision = _decided(standing, policy)
    if decision is None:
        return None
    mine = [each for each in standing.tasks if each.place.tray == decision.tray]
    choice = Choice(
        tray=decision.tray,
        why=why or str(decision.why),
        score=decision.score,
        lines=len(mine),
        orders=len({each.order for each in mine}),
        order=decision.order or _whose(tasks, decision.tray, why),
        out_of=len({each.place.tray for each in standing.tasks}),
        slack_s=round(decision.figures["slack_s"]) if "slack_s" in decision.figures else None,
    )
    return replace(choice, ahead=_after(standing, choice.tray, policy))


def choose_beside(standing: Standing, policy: PolicyName, *, ready: Collection[int], coming: Collection[int]) -> Choice | None:
    """The same before several lifts: what breaks in, is due soon or goes before the rest as ever; else the tray that stands
    `ready` at another lift, else the one that is `coming` there, because the lift just worked at has to change its tray first."""
    found = choose(standing, policy)
    if found is None or found.why in (EXPRESS, PRIORITY, Why.URGENT):
        return found
    for trays, why in ((ready, READY), (coming, COMING)):
        tasks = [each for each in standing.tasks if each.place.tray in trays]
        chosen = choose(replace(standing, tasks=tasks, here=None), policy) if tasks else None
        if chosen is not None:
            return replace(chosen, why=why, out_of=found.out_of, ahead=found.tray if found.tray != chosen.tray else found.ahead)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An order that gets a put place, and why."""

    order: str
    why: str
    score: float = 0.0


def admit(standing: Standing, waiting: Sequence[Task], free: int, policy: PolicyName) -> tuple[Admitted, ...]:
    """Which of the waiting orders get the free places: who broke in, who is due soon, the highest priority, then whose trays come
    anyway."""
    found: list[Admitted] = []
    rule = PolicyName.OLDEST if policy is PolicyName.OLDEST else PolicyName.OVERLAP
    left = _window(standing, waiting)
    while left and len(found) < free:
        got = {each.order for each in found}
        on = [*standing.tasks, *(each for each in waiting if each.order in got)]
        more = _next_orders(standing, on, left, free - len(found), rule)
        if not more:
            break
        found += more
        left = [each for each in left if each.order not in {one.order for one in found}]
    return tuple(found)


def _next_orders(standing: Standing, on: Sequence[Task], left: Sequence[Task], free: int, rule: PolicyName) -> list[Admitted]:
    broke_in = [each for each in left if each.order in standing.first]
    if broke_in:
        return [Admitted(order=each.order, why=EXPRESS) for each in _advised(standing, on, broke_in, free, rule)]
    found = _advised(standing, on, left, free, rule)
    urgent = [each for each in found if each.why == Why.URGENT]
    highest = min(_priority(standing, each.order) for each in left)
    before = [each for each in left if _priority(standing, each.order) == highest]
    if urgent or len(before) == len(left):
        return urgent or found
    return [replace(each, why=PRIORITY) for each in _advised(standing, on, before, free, rule)]


def _advised(standing: Standing, on: Sequence[Task], left: Sequence[Task], free: int, rule: PolicyName) -> list[Admitted]:
    situation, _ = situation_of(standing, on, waiting=left, free=free)
    return [Admitted(order=name, why=str(each.why), score=each.score) for name, each in advise(situation, rule).admitted]


def _window(standing: Standing, waiting: Sequence[Task]) -> list[Task]:
    """The next orders in turn: a decision must not take longer where more of them wait."""
    names = sorted(dict.fromkeys(each.order for each in waiting if each.order), key=lambda name: _urgency(standing, name))
    kept = {*names[:WINDOW], *(name for name in names if name in standing.first)}
    return [each for each in waiting if each.order in kept]


def situation_of(
    standing: Standing, tasks: Sequence[Task], *, bound: int | None = None, waiting: Sequence[Task] = (), free: int = 0
) -> tuple[Situation, tuple[int, ...]]:
    """The planner's situation, and the machine's numbers of its trays. `bound` is a tray that comes already: its lines count as
    done, and the second position is asked about. `waiting` orders have no place; `free` ones are left."""
    on_places = {each.order for each in tasks}
    open_tasks = [each for each in (*tasks, *waiting) if each.place.tray != bound]
    at_bay = [each for each in (standing.here, standing.ready, bound) if each is not None]
    trays = tuple(sorted({each.place.tray for each in open_tasks} | set(at_bay)))
    number = {tray: at for at, tray in enumerate(trays)}
    lines: dict[str, list[str]] = {}
    for each in open_tasks:
        lines.setdefault(each.order, []).append(str(each.place.tray))
    names = tuple(sorted(lines, key=lambda name: _urgency(standing, name)))
    positions = 2 if bound is not None else standing.positions
    problem = Problem(
        machines=(_machine(standing.times, trays, positions),),
        operator=Operator(VISIT_S, standing.line_s),
        places=max(1, len(on_places & set(names)) + free),
        stock={str(tray): (at,) for tray, at in number.items()},
        orders=tuple(_asked(standing, name, lines[name]) for name in names),
    )
    on = tuple(each for each in names if each in on_places)
    situation = Situation(problem, on_places=on, positions={0: _positions(standing, number, bound)}, last_used={0: 0})
    return (situation if bound is None else replace(situation, here=number[bound])), trays


def _decided(standing: Standing, policy: PolicyName) -> tuple[str, Sequence[Task], Decision | None]:
    """Who broke in; then what is due soon, whosever it is; then the highest priority; then all."""
    tasks = standing.tasks
    broke_in = [each for each in tasks if each.order in standing.first]
    if broke_in:
        return EXPRESS, broke_in, _advice(standing, broke_in, policy)
    found = _advice(standing, tasks, policy)
    if found is None or found.why is Why.URGENT:
        return "", tasks, found
    highest = min(_priority(standing, each.order) for each in tasks)
    before = [each for each in tasks if _priority(standing, each.order) == highest]
    if len(before) < len(tasks):
        return PRIORITY, before, _advice(standing, before, policy)
    return "", tasks, _planned(standing) or found


def _planned(standing: Standing) -> Decision | None:
    """The beginning of the beam's plan, as long as its tray is needed."""
    wanted = {each.place.tray for each in standing.tasks}
    if not standing.plan or standing.plan[0] not in wanted:
        return None
    return Decision(standing.plan[0], Why.PLANNED, float(len(standing.plan)))


def ahead_of(standing: Standing, tray: int, waiting: Sequence[Task], free: int) -> tuple[Situation, tuple[int, ...]]:
    """The situation once this tray is in work: what the beam looks ahead from."""
    situation, trays = situation_of(standing, standing.tasks, bound=tray, waiting=waiting, free=free)
    if standing.positions > 1:
        return situation, trays
    problem = replace(situation.problem, machines=(_machine(standing.times, trays, 1),))
    return replace(situation, problem=problem, positions={0: situation.positions[0][:1]}), trays


def _advice(standing: Standing, tasks: Sequence[Task], policy: PolicyName, *, bound: int | None = None) -> Decision | None:
    """By the rule: the beam is asked beside the work alone."""
    policy = PolicyName.VOTES if policy is PolicyName.PLANNER else policy
    situation, trays = situation_of(standing, tasks, bound=bound)
    if not situation.problem.orders:
        return None
    found = advise(situation, policy).trays[0]
    return None if found is None else replace(found, tray=trays[found.tray])


def _after(standing: Standing, tray: int, policy: PolicyName) -> int | None:
    """The tray that would follow."""
    rest = [each for each in standing.tasks if each.place.tray != tray]
    hurried = [each for each in rest if each.order in standing.first] or rest
    if not hurried:
        return None
    if len(standing.plan) > 1 and standing.plan[0] == tray:
        return standing.plan[1]
    found = _advice(standing, hurried, policy, bound=tray)
    return found.tray if found is not None else None


def _machine(times: TravelTimes, trays: Sequence[int], positions: int) -> Timed:
    """Whole seconds: what is not a second apart is no reason."""

    def seconds(verb: Verb, tray: int) -> float:
        return float(round(times.expected_s(verb, tray) or UNSEEN_S))

    fetch = tuple(seconds(Verb.FETCH, tray) for tray in trays)
    return Timed(fetch, tuple(seconds(Verb.STORE, tray) for tray in trays), positions)


def _positions(standing: Standing, number: Mapping[int, int], bound: int | None) -> tuple[AtBay, ...]:
    def lying(tray: int | None) -> AtBay:
        return AtBay(None if tray is None else number[tray])

    if bound is not None:
        other = standing.here if standing.here != bound else standing.ready
        return AtBay(number[bound], is_bound=True), lying(other if other != bound else None)
    if standing.positions == 1:
        return (lying(standing.here),)
    return lying(standing.here), lying(standing.ready if standing.ready != standing.here else None)


def _asked(standing: Standing, name: str, lines: Sequence[str]) -> Asked:
    order = standing.orders.get(name)
    need_by_s = (order.need_by - standing.utc).total_seconds() if order is not None and order.need_by is not None else None
    return Asked(name, tuple(lines), need_by_s=need_by_s)


def _urgency(standing: Standing, name: str) -> tuple[float, int]:
    order = standing.orders.get(name)
    need_by_s = order.need_by.timestamp() if order is not None and order.need_by is not None else float("inf")
    return need_by_s, _priority(standing, name)


def _priority(standing: Standing, name: str) -> int:
    order = standing.orders.get(name)
    return order.priority if order is not None else NO_PRIORITY


def _whose(tasks: Sequence[Task], tray: int, why: str) -> str:
    return next((each.order for each in tasks if each.place.tray == tray), "") if why else ""
