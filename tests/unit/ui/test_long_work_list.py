"""A work list of many thousand orders: what is not shown costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

from station.view.action import Action, Offer
from station.view.message import Level, Message
from station.view.work import OrderTag, WorkFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import work

ORDERS, ROWS = 20_000, 6
NOW = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)


def tag(number: int) -> OrderTag:
    blocked = (Message("no_stock", Level.ACT),) if number == 0 else ()
    return OrderTag(
        order=f"N{number:05}",
        kind="pick",
        destination="",
        lines=3,
        open_lines=3,
        trays=2,
        need_by=None,
        is_late=number < 3,
        priority=5,
        is_started=False,
        blocked=blocked,
    )


FACE = WorkFace(orders=tuple(tag(number) for number in range(ORDERS)), offers=(Offer(Action.START),), tray=None, wait=None)


def test_only_the_rows_of_the_page_are_made(texts: Texts) -> None:
    with patch.object(work, "_row", wraps=work._row) as made:
        model = work.present(FACE, Local(page=2), texts, now=NOW, rows=ROWS)
    assert made.call_count == ROWS
    assert [each.lead for each in model.orders.rows] == [f"N{number:05}" for number in range(2 * ROWS, 3 * ROWS)]
    assert model.orders.has_down


def test_what_is_said_of_all_is_counted_once(texts: Texts) -> None:
    work._late_and_blocked.cache_clear()
    first, again = (work.present(FACE, Local(), texts, now=NOW, rows=ROWS) for _ in range(2))
    assert first.summary == again.summary
    assert "3" in first.summary
    assert work._late_and_blocked.cache_info().hits == 1


def test_start_starts_what_was_chosen_and_else_the_first_that_can() -> None:
    assert work.orders_to_start(FACE, Local()) == ("N00001",)
    assert work.orders_to_start(FACE, Local(chosen=("N00007", "N00003", "N00000", "gone"))) == ("N00007", "N00003")
