"""Which trays another bay of the machine had last: what the site says, unless this bay has had the tray since."""

from __future__ import annotations

from db.records.machine import MotionEnded, TrayTold
from db.store import Store

INSERT = "INSERT INTO site_custody VALUES ('VLM1', ?, ?, 'S2', ?, ?, 1)"


def site_says(store: Store, tray: int, opening: str, visit: int, is_out: int = 0) -> None:
    store._writer.submit(lambda connection: connection.exec_driver_sql(INSERT, (tray, opening, visit, is_out))).result()


def found(store: Store) -> list[tuple[int, str, bool]]:
    return [(each.tray, each.opening, each.is_out) for each in store.elsewhere("VLM1", "SH1-1")]


def came_here(tray: int, visit: int) -> MotionEnded:
    return MotionEnded(command=1, verb="fetch", machine="VLM1", opening="SH1-1", tray=tray, outcome="done", visit=visit)


def test_a_tray_that_the_other_bay_had_last_is_elsewhere(store: Store) -> None:
    site_says(store, 4, "SH1-2", 3, is_out=1)
    site_says(store, 5, "SH1-2", 2)
    site_says(store, 6, "SH1-1", 9, is_out=1)
    assert found(store) == [(4, "SH1-2", True), (5, "SH1-2", False)]
    assert store.elsewhere("VLM2", "SH1-1") == ()


def test_a_visit_here_that_the_site_has_not_heard_of_is_newer(store: Store) -> None:
    site_says(store, 4, "SH1-2", 3)
    store.append([came_here(4, 3)]).result()
    assert found(store) == [(4, "SH1-2", False)], "a visit of the same number tells nobody who was last"
    store.append([came_here(4, 4)]).result()
    assert found(store) == []


def test_the_highest_visits_are_known_of_every_tray(store: Store) -> None:
    store.append([came_here(4, 4), TrayTold(machine="VLM1", opening="SH1-1", tray=5, visit=2, how="scan")]).result()
    assert store.tray_visits("VLM1") == {4: 4, 5: 2}
