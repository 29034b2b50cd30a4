"""What is taken in one go for several orders, and how it is parted into their totes. Pure arithmetic and the steps' values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from station.flows.turn import Lacking, Step, ToteNamed
from station.task import Mode, Task
from station.values import BoundTote, RoundRule

EVENLY_NOT = RoundRule.FULL_PACK  # what leaves in full packs only is taken line by line: a sum of packs is not a pack of the sum


@dataclass(frozen=True, slots=True)
class Share:
    """What of the goods in hand goes into the tote of this task."""

    task: Task
    quantity: int


@dataclass(frozen=True, slots=True)
class ToteShare:
    """What goes into one tote, over all lines of its order."""

    position: str
    tote: str
    order: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Distributing(Step):
    """The goods are out of the compartment; each tote is confirmed by its key, a scan or a touch. `shares` are those that are not
    yet. Of a short, with its `reason`, `lacking` is looked for elsewhere when they are."""

    shares: tuple[Share, ...]
    reason: str = ""
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class AskShares(Step):
    """Fewer are out than all orders ask: the most urgent first, or as the person says? The book is corrected already: it has what
    remains and what is in hand."""

    taken: int
    reason: str
    remaining: int


@dataclass(frozen=True, slots=True)
class AskShare(Step):
    """How many does this tote get? `given` is what was said of those before it; the last one gets the rest."""

    short: AskShares
    given: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskFull(Step):
    """Which tote is full?"""

    parting: Distributing


@dataclass(frozen=True, slots=True)
class AskInto(Step):
    """How many went into it before it was full?"""

    parting: Distributing
    position: str


@dataclass(frozen=True, slots=True)
class PutBack(Step):
    """The work is to be left with goods in the hand: they go back into the compartment first, where the book has them still.
    `before` is the step that was left; `is_back`: a person has said that they lie there."""

    quantity: int
    before: Step
    is_back: bool = False


TOTE_STEPS = (Distributing, AskShares, AskShare, AskFull, AskInto, PutBack)


def tasks_of(task: Task) -> tuple[Task, ...]:
    """The tasks of lines that this one is worked for: its shares, or itself."""
    return task.shares or (task,)


def whole(task: Task) -> tuple[Share, ...]:
    """Every line gets what it asks."""
    return tuple(Share(each, each.quantity) for each in tasks_of(task))


def by_urgency(tasks: Sequence[Task], taken: int) -> tuple[int, ...]:
    """What each gets of too few: the first all it asks, then the next."""
    given = []
    for each in tasks:
        given.append(min(each.quantity, taken))
        taken -= given[-1]
    return tuple(given)


def parted(tasks: Sequence[Task], given: Sequence[int], reason: str) -> Distributing:
    """The distribution of too few; who gets nothing is asked for nothing."""
    shares = tuple(Share(each, quantity) for each, quantity in zip(tasks, given, strict=True) if quantity)
    pairs = zip(tasks, given, strict=True)
    lacking = tuple(Lacking(each, each.quantity - quantity) for each, quantity in pairs if quantity < each.quantity)
    return Distributing(shares, reason, lacking)


def most_for(short: AskShares, tasks: Sequence[Task], given: Sequence[int]) -> tuple[int, int]:
    """The least and the most that the next tote may get, so that those after it can hold the rest."""
    left = short.taken - sum(given)
    place = len(given)
    after = sum(each.quantity for each in tasks[place + 1 :])
    return max(0, left - after), min(tasks[place].quantity, left)


def by_tote(shares: Iterable[Share]) -> tuple[ToteShare, ...]:
    """What each tote gets."""
    found: dict[str, ToteShare] = {}
    for each in shares:
        task = each.task
        before = found.get(task.position)
        sum_of = (before.quantity if before else 0) + each.quantity
        found[task.position] = ToteShare(task.position, task.tote, task.order, sum_of)
    return tuple(found.values())


def of(named: ToteNamed, shares: Iterable[Share]) -> tuple[Share, ...]:
    """The shares of the tote that was named; none when it gets nothing now."""
    return tuple(each for each in shares if named.name == (each.task.position if named.is_place else each.task.tote))


def filled(mine: Sequence[Share], into: int) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """What went into a tote that is full, and what is left for the next one of that order."""
    went, left = [], []
    for each in mine:
        part = min(each.quantity, into)
        into -= part
        went += [Share(each.task, part)] if part else []
        left += [Share(each.task, each.quantity - part)] if part < each.quantity else []
    return tuple(went), tuple(left)


def with_shares(task: Task, shares: Sequence[Share]) -> Task:
    """The task with what of it is not confirmed yet. It keeps its name: the light at the compartment is the same."""
    if not task.shares:
        return replace(task, quantity=sum(each.quantity for each in shares))
    left = tuple(replace(each.task, quantity=each.quantity) for each in shares)
    return replace(task, quantity=sum(each.quantity for each in left), shares=left)


# --- which tasks are taken in one go ------------------------------------------------------------------------------------


def gather(
    queue: Sequence[Task], totes: Mapping[str, BoundTote], *, aside: Collection[Task] = (), urgency: Sequence[str] = ()
) -> tuple[Task, ...]:
    """The queue with its first task as it is worked: into its tote, and with all other orders' lines that are served from the
    same stock in the same compartment. `aside` were skipped: they wait for their turn. `urgency` are the orders, the most
    urgent first."""
    apart = scattered(queue)
    if not apart or apart[0].mode is not Mode.PICK or apart[0].order not in totes:
        return apart
    head = bound(apart[0], totes)
    if head.item.rounding is EVENLY_NOT or head.rank:
        return (head, *apart[1:])
    mates = [each for each in apart if _goes_with(each, head, totes) and (each in aside) == (apart[0] in aside)]
    if len(mates) < 2:
        return (head, *apart[1:])
    rank = {order: place for place, order in enumerate(urgency)}
    shares = sorted((bound(each, totes) for each in mates), key=lambda each: rank.get(each.order, len(rank)))
    gathered = replace(head, quantity=sum(each.quantity for each in shares), shares=tuple(shares))
    return (gathered, *(each for each in apart if each not in mates))


def _goes_with(task: Task, head: Task, totes: Mapping[str, BoundTote]) -> bool:
    is_same = (task.place, task.key, task.item) == (head.place, head.key, head.item)
    return task.mode is Mode.PICK and is_same and task.order in totes


def scattered(queue: Sequence[Task]) -> tuple[Task, ...]:
    """The queue line by line, none in a tote: a binding may have changed meanwhile."""
    return tuple(replace(each, tote="", position="") for task in queue for each in tasks_of(task))


def bound(task: Task, totes: Mapping[str, BoundTote]) -> Task:
    """The task with the tote of its order."""
    tote = totes.get(task.order)
    return task if tote is None else replace(task, tote=tote.tote, position=tote.position)


def rebound(task: Task, totes: Mapping[str, BoundTote]) -> Task:
    """The same with its shares, after an order got another tote."""
    return replace(bound(task, totes), shares=tuple(bound(each, totes) for each in task.shares))
