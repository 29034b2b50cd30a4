"""A changed layout is an event with a moment from which it is in force, and the past of a tray shows it so."""

from __future__ import annotations

import json
from datetime import timedelta

from db.layouts import tray_from
from db.records.layout import BUILT, UNDONE
from db.rows.tray_past import PastAsk
from db.rows.trays import Tray
from db.store import Store
from db.sync.bodies import tray_of

from .made import imported, put, tray

ONE, TWO, THREE = tray(labels=("C1",)), tray(labels=("C1", "C2")), tray(labels=("C1", "C2", "C3"))


def _labels(store: Store, n: int) -> list[str] | None:
    shown = store.tray_past(PastAsk(machine="VLM1", tray=7, n=n)).past.tray
    return [each.label for each in shown.compartments] if shown else None


def _told(store: Store) -> list[dict[str, str]]:
    rows = store.events(kinds=("tray_changed",), limit=None)
    return [json.loads(each.body)["data"] for each in rows]


def test_the_first_file_of_a_machine_is_no_change_and_what_comes_later_is(store: Store) -> None:
    store.import_trays([TWO], imported("tray")).result()
    assert _told(store) == []
    before = store.append([put(1)]).result()[-1].seq
    store.import_trays([THREE, tray(8)], imported("tray"), operator="p_1").result()
    told = _told(store)
    assert [(each["tray"], each["why"], each["before"] == "") for each in told] == [(7, "imported", False), (8, "imported", True)]
    assert tray_from(told[0]["before"]) == TWO
    assert tray_of(json.loads(told[0]["after"])) == THREE
    assert store.tray_past(PastAsk(machine="VLM1", tray=8, n=before)).past.tray is None


def test_a_change_is_in_force_from_its_moment_on(store: Store) -> None:
    store.import_trays([ONE], imported("tray")).result()
    rows = [store.append([put(1)]).result()[-1] for _ in range(3)]
    moment = {("VLM1", 7): rows[1].at + timedelta(microseconds=1)}
    assert store.import_trays([TWO], imported("tray"), since=moment).result() == ()
    assert [_labels(store, each.seq) for each in rows] == [["C1"], ["C1"], ["C1", "C2"]]


def test_a_moment_before_the_last_change_is_refused(store: Store) -> None:
    store.import_trays([ONE], imported("tray")).result()
    early = store.append([put(1)]).result()[-1].at
    store.import_trays([TWO], imported("tray")).result()
    assert store.import_trays([THREE], imported("tray"), since={("VLM1", 7): early}).result() == ("VLM1/7",)
    assert store.tray("VLM1", 7) == TWO
    assert len(_told(store)) == 1


def test_a_layout_that_a_person_makes_is_one_event_and_so_is_its_undoing(store: Store) -> None:
    store.import_trays([ONE], imported("tray")).result()
    first = store.append([put(1)]).result()[-1].seq
    assert store.change_layout(ONE, TWO, why=BUILT, operator="p_1").result() == ""
    second = store.append([put(1, compartment="C1")]).result()[-1].seq
    (made,) = store.layout_changes("VLM1", 7)
    assert (made.before, made.after, made.person) == (ONE, TWO, "p_1")
    assert store.change_layout(TWO, ONE, why=UNDONE, undoes=made.event, operator="p_2").result() == ""
    third = store.append([put(1)]).result()[-1].seq
    assert [_labels(store, each) for each in (first, second, third)] == [["C1"], ["C1", "C2"], ["C1"]]
    assert store.layout_changes("VLM1", 7)[0].undoes == made.event
    assert store.verify().is_ok


def test_goods_keep_the_layout_they_lie_in(store: Store) -> None:
    store.import_trays([TWO], imported("tray")).result()
    store.append([put(1, compartment="C2")]).result()

    def change(before: Tray) -> str:
        return store.change_layout(before, ONE, why=BUILT, labels=("C2",)).result()

    assert change(TWO) == "occupied"
    assert change(THREE) == "changed"
    assert store.tray("VLM1", 7) == TWO
    assert _told(store) == []
