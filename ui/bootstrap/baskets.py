"""Orders for the measurements of the planner: real baskets from a file, or made ones that are as uneven."""

from __future__ import annotations

from pathlib import Path
from random import Random

from station.planner.problem import Lift, Operator, Order, Problem, Rules

TRAYS = 60
MOST_LINES = 30  # as the published figures have it
STANDARD = Lift(TRAYS, 0.25, 1.0, 1.0, 0.5, 4.0, 2)
HAND = Operator(4.0, 9.0)

PUBLISHED_ORDERS = 200  # twice: the first ones of a set, and the next

Baskets = tuple[tuple[str, ...], ...]


def read_baskets(path: Path) -> Baskets:
    """One basket a line, item names between commas, each once; without those of more than 30 lines."""
    rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    baskets = (tuple(dict.fromkeys(name.strip() for name in row if name.strip())) for row in rows)
    return tuple(each for each in baskets if 0 < len(each) <= MOST_LINES)


def made_baskets(random: Random, *, baskets: int = 2000, items: int = 400, mean: float = 5.0) -> Baskets:
    """Items are asked for as often as words are used (1/rank); sizes as if lines were added by the throw of a die."""
    names = [f"I{number}" for number in range(items)]
    weights = [1 / (number + 2) for number in range(items)]
    made = []
    for _ in range(baskets):
        size = min(MOST_LINES, 1 + int(random.expovariate(1 / (mean - 0.5))))
        made.append(tuple(dict.fromkeys(random.choices(names, weights, k=size))))
    return tuple(made)


def problem_of(
    baskets: Baskets,
    seed: int,
    *,
    orders: int = 200,
    places: int = 8,
    lift: Lift = STANDARD,
    rules: Rules | None = None,
    lines_per_hour: float | None = None,
    due_s: float = 2400.0,
) -> Problem:
    """That many baskets drawn as orders, items in random trays. With `lines_per_hour` they come one after the other (Poisson),
    each due `due_s` after its release; else all wait at once."""
    random = Random(seed)
    drawn = random.sample(baskets, orders)
    items = sorted({item for basket in baskets for item in basket})
    random.shuffle(items)
    stock = {item: (at % lift.trays,) for at, item in enumerate(items)}
    now_s, mean_lines = 0.0, sum(map(len, drawn)) / orders
    made = []
    for number, basket in enumerate(drawn, start=1):
        if lines_per_hour is None:
            made.append(Order(f"o{number}", basket))
            continue
        now_s += random.expovariate(lines_per_hour / mean_lines / 3600)
        made.append(Order(f"o{number}", basket, released_s=now_s, need_by_s=now_s + due_s))
    return Problem((lift,), HAND, places, stock, tuple(made), rules or Rules())


def published_problems(baskets: Baskets, draw: int) -> tuple[Problem, ...]:
    """What the published figures stand on: the first 2 x 200 baskets as they come, in one random storage (`draw`; which one it
    was is not known)."""
    items = sorted({item for basket in baskets for item in basket})
    Random(draw).shuffle(items)
    stock = {item: (at % STANDARD.trays,) for at, item in enumerate(items)}
    parts = (baskets[:PUBLISHED_ORDERS], baskets[PUBLISHED_ORDERS : 2 * PUBLISHED_ORDERS])
    orders = (tuple(Order(f"o{number}", basket) for number, basket in enumerate(part, start=1)) for part in parts)
    return tuple(Problem((STANDARD,), HAND, 8, stock, each) for each in orders)
