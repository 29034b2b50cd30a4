"""The diagram in docs/operator.md: each of its lettered edges is one that the flow has, and leads where the diagram says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from station import commands as do
from station.flows import receipt
from station.flows.receipt_state import OffersFound, PhotoFound, Receipt, ReceiptBooked, ReceiptEvent, ReceiptStep, Said
from station.receipt_values import Goods
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT
from tests.unit.station.flows.test_receipt import BAY, OF_ONE, OFFERS, TWO

DOCUMENT = Path(__file__).parents[4] / "docs" / "operator.md"
COUNTING = Receipt(step=ReceiptStep.QUANTITY, goods=Goods(item=BOLT))
OF_LINE = replace(COUNTING, goods=Goods(item=BOLT, of=TWO[0]))
JUDGING = replace(COUNTING, step=ReceiptStep.VERDICT, goods=replace(OF_ONE, is_judged=True))
BOOKED = Receipt(step=ReceiptStep.LOOKING, goods=OF_ONE, received_at=NOON)
PASSING = replace(BOOKED, step=ReceiptStep.PASSING, offers=OFFERS)
DONE = replace(BOOKED, step=ReceiptStep.DONE)

Edge = tuple[Receipt, tuple[ReceiptEvent, ...], tuple[ReceiptStep | None, ...]]
EDGES: dict[str, Edge] = {
    "a": (COUNTING, (do.EnterNumber(1, 4), ReceiptBooked()), (ReceiptStep.BOOKING, ReceiptStep.LOOKING)),
    "b": (OF_LINE, (do.EnterNumber(1, 4), do.Choose(1, "rest_follows")), (ReceiptStep.DIFFERENCE, ReceiptStep.BOOKING)),
    "c": (COUNTING, (do.JudgeGoods(1), do.EnterNumber(1, 4)), (ReceiptStep.QUANTITY, ReceiptStep.VERDICT)),
    "d": (JUDGING, (do.Choose(1, "release"),), (ReceiptStep.BOOKING,)),
    "e": (
        JUDGING,
        (do.Choose(1, "hold"), do.Choose(1, "goods_wrong"), Said("X"), PhotoFound(""), do.LeaveOut(1)),
        (ReceiptStep.REASON, ReceiptStep.NOTE, ReceiptStep.PHOTO, ReceiptStep.PHOTO, ReceiptStep.BOOKING),
    ),
    "f": (BOOKED, (OffersFound(OF_ONE.key, ()),), (ReceiptStep.DONE,)),
    "g": (BOOKED, (OffersFound(OF_ONE.key, OFFERS),), (ReceiptStep.PASSING,)),
    "h": (PASSING, (do.Choose(1, "hand_over_goods"), ReceiptBooked()), (ReceiptStep.PASS_BOOKING, ReceiptStep.PASSING)),
    "i": (PASSING, (do.Choose(1, "fewer_goods"), do.EnterNumber(1, 1)), (ReceiptStep.AMOUNT, ReceiptStep.PASSING)),
    "k": (COUNTING, (do.Back(1),), (None,)),
    "l": (PASSING, (do.Choose(1, "goods_not_now"),) * 2, (ReceiptStep.PASSING, ReceiptStep.DONE)),
    "m": (DONE, (do.Choose(1, "goods_put_away"),), (ReceiptStep.DONE,)),
    "p": (
        replace(COUNTING, goods=Goods(item=replace(BOLT, two_person=True))),
        (do.EnterNumber(1, 4), do.Choose(1, "second_here")),
        (ReceiptStep.SECOND, ReceiptStep.BOOKING),
    ),
    "n": (DONE, (do.Choose(1, "goods_later"),), (None,)),
    "o": (DONE, (do.Choose(1, "goods_to_receiving"),), (ReceiptStep.DONE,)),
}


def diagram() -> str:
    """The drawing below "Receive"."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Receive\n")[2].partition("\n## ")[0]
    return section.split("```")[1]


def test_the_diagram_and_the_table_have_the_same_edges() -> None:
    assert set(re.findall(r"(?<![A-Za-z])([a-z])  (?=\S)", diagram())) == set(EDGES)


@pytest.mark.parametrize("letter", EDGES)
def test_an_edge_leads_where_the_diagram_says(letter: str) -> None:
    state, events, steps = EDGES[letter]
    walked: list[ReceiptStep | None] = []
    after: Receipt | None = state
    for event in events:
        assert after is not None
        after, _ = receipt.advance(after, event, BAY)
        walked.append(after.step if after is not None else None)
    assert tuple(walked) == steps


@pytest.mark.parametrize("letter", EDGES)
def test_the_steps_of_an_edge_stand_in_the_diagram(letter: str) -> None:
    _, _, steps = EDGES[letter]
    drawn = diagram()
    assert [step for step in steps if step is not None and step.name not in drawn] == []
