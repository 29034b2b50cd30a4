"""What an audit asks of the log is answered by an index, however long the log is."""

from __future__ import annotations

from typing import Any

import pytest

from db.queries import events
from db.store import Store

from .made import closed, picked, put


@pytest.fixture
def asked(store: Store) -> Store:
    store.append([put(5, item="B"), picked(1, order="O1", line="1"), closed("1", 1)], operator="p_1").result()
    store._writer.submit(lambda connection: store._log.open_epoch(connection, why="restored")).result()
    store.append([put(5), picked(2, order="O2", line="1", item="B"), closed("1", 2, order="O2")], operator="p_2").result()
    return store


def _kinds(store: Store, **asked: Any) -> list[str]:
    return [row.kind for row in store.events(**asked)]


def test_events_of_a_person_and_of_an_item_are_found(asked: Store) -> None:
    assert _kinds(asked, operator="p_1") == ["put", "picked", "line_closed"]
    assert _kinds(asked, operator="p_2", item="B") == ["picked"]
    assert _kinds(asked, item="B", newest_first=True, limit=1) == ["picked"]
    assert _kinds(asked, operator="") == ["epoch_opened", "epoch_opened"]


def test_seqs_are_those_of_the_epoch_that_is_named_or_the_newest(asked: Store) -> None:
    first = asked.events(limit=1)[0].epoch
    assert _kinds(asked, before_seq=2)[-1] == "epoch_opened"
    assert len(_kinds(asked, before_seq=2)) == 5
    assert _kinds(asked, after_seq=2) == ["picked", "line_closed"]
    assert _kinds(asked, before_seq=3, epoch=first) == ["epoch_opened", "put"]
    assert len(_kinds(asked, after_seq=3, epoch=first)) == 5
    assert len(_kinds(asked, before_seq=99)) == 8
    assert len(_kinds(asked, before_seq=99, epoch="never was")) == 8


@pytest.mark.parametrize(
    ("selection", "index"),
    [
        ({"machine": "VLM1", "tray": 7}, "ix_event_tray"),
        ({"operator": "p_1"}, "ix_event_operator"),
        ({"item": "A"}, "ix_event_item"),
        ({"order": "O1"}, "ix_event_order"),
        ({"before_seq": 3}, "uq_event_key"),
        ({"after_seq": 3}, "uq_event_key"),
    ],
)
def test_each_question_goes_by_its_index(asked: Store, selection: dict[str, Any], index: str) -> None:
    with asked._readers.begin() as connection:
        plan: list[str] = []
        run = connection.exec_driver_sql

        def explained(statement: str, values: Any = ()) -> Any:
            plan.extend(row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", values))
            return run(statement, values)

        connection.exec_driver_sql = explained  # type: ignore[method-assign, assignment]
        events.events(connection, limit=50, newest_first=True, **selection)
    text = "\n".join(plan)
    assert index in text or (index == "uq_event_key" and "sqlite_autoindex_event_1" in text), text
    assert "TEMP B-TREE" not in text, text
