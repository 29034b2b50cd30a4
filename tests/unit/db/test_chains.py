"""The chains of a log are found by steps of its index, however long the log is: replication asks for them all the time."""

from __future__ import annotations

from db.queries import chains
from db.store import Store

from .made import put


def test_all_epochs_are_found_in_the_order_of_the_log(store: Store) -> None:
    store.append([put(1), put(2)]).result()
    store._writer.submit(lambda connection: store._log.open_epoch(connection, why="restored")).result()
    store.append([put(3)]).result()
    found = store.ask(chains.chains)
    epochs = [event.epoch for event in store.events(kinds=("epoch_opened",), limit=None)]
    assert [(each.epoch, each.seq, each.first_n, each.last_n) for each in found] == [(epochs[0], 3, 1, 3), (epochs[1], 2, 4, 5)]
    assert found[-1].hash == store.head()[2]


def test_no_part_of_the_question_reads_a_whole_log(store: Store) -> None:
    with store._readers.begin() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {chains._EPOCHS}")]
    of_events = [step for step in plan if step.startswith(("SEARCH first", "SEARCH last", "SCAN first", "SCAN last"))]
    assert of_events
    assert all("station=? AND epoch=? AND seq=?" in step for step in of_events), plan
