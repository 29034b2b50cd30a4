"""The table of the order page in docs/supervisor.md is what the flow does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from station import commands as do
from station.flows.order_page import Acting, Lines, Look, OrderStep, TakenGoes, Why, advance
from station.order_acts import Act
from station.values import Order, OrderKind, OrderLine, OrderState
from tests.helpers.sample import BOLT
from tests.unit.station.flows.test_order_page import BEGUN, HELD, TAKEN, seen
from ui.sentences import ACTIONS, CHOICES

DOCUMENT = Path(__file__).parents[4] / "docs" / "supervisor.md"
ROWS = re.findall(r"^\| (look|lines|why|goods) \| ([^|]+) \| (\w+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
NAMES: dict[type[OrderStep], str] = {Look: "look", Lines: "lines", Why: "why", TakenGoes: "goods", Acting: "written"}
BUTTONS: dict[str, do.Command] = {
    str(ACTIONS["hold_order"]): do.HoldOrder(1),
    str(ACTIONS["resume_order"]): do.ResumeOrder(1),
    str(ACTIONS["take_over"]): do.TakeOverOrder(1),
    str(ACTIONS["split_order"]): do.SplitOrder(1),
    str(ACTIONS["cancel_order"]): do.CancelOrder(1),
}
NOTHING_TAKEN = seen(Order(order="A", kind=OrderKind.PICK, lines=(OrderLine(order="A", line="1", item=BOLT.code, quantity=1),)))


def steps(name: str, said: str) -> list[tuple[OrderStep, do.Command]]:
    """The steps of this name, and what is said in the table as a command."""
    match name:
        case "look" | "lines":
            return [(Look() if name == "look" else Lines(frozenset(("2",))), BUTTONS[said])]
        case "why" if "cancelled" in said:
            return [(Why(Act.CANCEL), do.Choose(1, "order_other"))]
        case "why":
            return [(Why(act, frozenset(("2",))), do.Choose(1, "order_other")) for act in Act]
        case _:
            key = next(key for key in ("goes_on", "put_back") if str(CHOICES[f"taken_{key}"]).startswith(said))
            return [(TakenGoes("order_other"), do.Choose(1, key))]


def test_the_table_names_every_way() -> None:
    assert len(ROWS) == 10
    assert {said for name, said, _ in ROWS if name == "look"} == set(BUTTONS)


@pytest.mark.parametrize(("name", "said", "then"), ROWS)
def test_each_row_is_what_happens(name: str, said: str, then: str) -> None:
    for step, command in steps(name, said):
        looked = HELD if isinstance(command, do.ResumeOrder) else BEGUN if said != "a reason" else NOTHING_TAKEN
        after, _ = advance(step, command, seen=looked, by="p_jonas")
        assert after is not None
        assert NAMES[type(after)] == then, step
    assert HELD.order.state is OrderState.HELD
    assert TAKEN
