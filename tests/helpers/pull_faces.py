"""Hand-made Views of the pull board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.pull.board import PullRow
from station.pull.wip import Room
from station.view.action import Action, Offer
from station.view.ask import AskChoice, Choice
from station.view.message import Level, Message
from station.view.pull import PullFace
from station.view.view import View
from station.view.work import OrderTag
from tests.helpers.faces import BOLT, CABLE, GLUE, NOW, SENSOR, VALVE, offers, view


def ago(minutes: int) -> dict[str, object]:
    """Asked for two hours before it is needed, and needed so long ago."""
    return {"need_by": NOW - timedelta(minutes=minutes), "raised_at": NOW - timedelta(minutes=minutes + 120)}


ROWS = (
    PullRow(
        name="K12-3.7",
        consumer="Line 3",
        state="released",
        origin="card",
        order="K12-3.7",
        item=BOLT,
        quantity=40,
        card="K12-3",
        **ago(12),
    ),  # type: ignore[arg-type]
    PullRow(
        name="K7-1.2",
        consumer="Assembly 12 north",
        state="handed_over",
        origin="card",
        item=CABLE,
        quantity=1250,
        done=1250,
        card="K7-1",
        **ago(3),
    ),  # type: ignore[arg-type]
    PullRow(
        name="JIS-0512",
        consumer="Cell 4",
        state="picking",
        origin="sequence",
        order="JIS-0512",
        item=SENSOR,
        quantity=1,
        **ago(-14),
    ),  # type: ignore[arg-type]
    PullRow(
        name="CALL-881", consumer="Line 1", state="released", origin="call", order="CALL-881", item=VALVE, quantity=2, **ago(-35)
    ),  # type: ignore[arg-type]
    PullRow(
        name="K12-1.9",
        consumer="Line 3",
        state="signalled",
        origin="card",
        item=BOLT,
        quantity=40,
        card="K12-1",
        room=Room(at_work=3, limit=3),
        **ago(-70),
    ),  # type: ignore[arg-type]
    PullRow(
        name="SO-48213",
        consumer="Tote 2",
        state="released",
        origin="order",
        order="SO-48213",
        lines=12,
        need_by=NOW + timedelta(hours=5),
    ),
    PullRow(
        name="G4.3",
        consumer="VLM1",
        state="sent",
        origin="trigger",
        item=GLUE,
        quantity=60,
        supplier="Brandt & Söhne",
        **ago(-2000),
    ),  # type: ignore[arg-type]
    PullRow(name="SO-48220", consumer="", state="released", origin="order", order="SO-48220", item=GLUE, quantity=4),
)


def tag(order: str, *blocked: Message) -> OrderTag:
    return OrderTag(
        order=order, kind="pick", destination="", lines=1, open_lines=1, trays=1, need_by=None, is_late=False, priority=3,
        is_started=False, blocked=blocked,
    )  # fmt: skip


LACKS = Message("missing_no_stock", Level.ACT, {"item": VALVE.code, "line": "1", "quantity": "2", "unit": "pcs"})


def pull_views() -> Iterator[tuple[str, View]]:
    """The board with what is late, soon and in time; nothing on it; the questions about a signal."""
    buttons = (Offer(Action.START), *offers(Action.BACK, Action.LOCK))
    tags = (tag("K12-3.7"), tag("JIS-0512"), tag("CALL-881", LACKS), tag("SO-48213"), tag("SO-48220"))
    board = PullFace(rows=ROWS, offers=buttons, orders=tags)
    yield "pull", view(board, Message("pull_page"))
    params: dict[str, str | int] = {
        "card": "K12-3",
        "consumer": "Line 3",
        "signal": "K12-3.7",
        "item": BOLT.code,
        "quantity": "40",
        "decimals": 0,
        "unit": "pcs",
    }
    yield "pull_raised", view(replace(board, chosen="K12-3.7"), Message("card_raised", params=params))
    yield "pull_none", view(PullFace(offers=buttons), Message("pull_page_empty"))
    yield "pull_reading", view(PullFace(offers=buttons, wait="reading"), Message("reading"))
    surplus = Message("card_surplus", Level.ACT, {"card": "K12-9"}, error="O468")
    yield "pull_surplus", view(board, surplus)
    asking = replace(board, offers=offers(Action.BACK, Action.LOCK))
    back = (Choice("deliver", "card_deliver", params, is_primary=True), Choice("hand_over", "card_hand_over", params))
    ask = AskChoice(code="signal_is_picked", choices=back, params=params)
    yield "pull_picked", view(replace(asking, ask=ask, about=ROWS[0]), Message("answer_question"))
    said = {**params, "signal": "G4.3", "consumer": "VLM1", "item": GLUE.code, "quantity": "60"}
    sent = AskChoice(code="signal_is_sent", choices=(Choice("ship", "signal_ship", said, is_primary=True),), params=said)
    yield "pull_sent", view(replace(asking, ask=sent, about=ROWS[6]), Message("answer_question"))
