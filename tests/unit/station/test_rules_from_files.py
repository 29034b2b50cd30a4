"""The rules from the host's files to the store, to what is allocated and proposed, and to the site and back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.records.orders import ScanRefused
from db.records.stock import Picked, Put
from db.store import Store
from db.sync import bodies
from station.core.effects import Allocate, ReadOrders
from station.imports import import_file
from station.reading import Reading
from station.values import Inspect, IssueRule, Item, Lock, Person, Role, Tray

RULES = "issue_rule,min_remaining_days,shelf_life_days,storage_class,fragile,height_mm,access,two_person,width_mm,depth_mm"
ITEMS = f"""item,name,lot_tracked,{RULES}
GLUE,Glue,yes,fefo,10,,moisture|esd,yes,120,drugs,yes,60,40
BOLT,Bolt,,,,,,,,,,,
MILK,Milk,yes,lifo,,30,,,,,,,
"""
TRAYS = """machine,tray,width_mm,depth_mm,columns,rows,storage_class,access,max_height_mm,compartment_access
M1,1,400,200,2,1,esd|moisture,,300,
M1,2,400,200,2,1,,,,
M1,3,400,200,2,1,,tools,,cells
"""
STOCK = """machine,tray,compartment,item,quantity,lot,expiry,received_at
M1,1,A1,GLUE,5,L1,2026-09-01,2026-01-05T08:00:00Z
M1,1,A2,GLUE,5,L2,2026-06-01,2026-01-09T08:00:00Z
M1,2,A1,BOLT,50,,,
M1,2,A2,MILK,4,M1,,2026-01-10T08:00:00Z
"""
ORDERS = (
    "order,kind,line,item,quantity,need_by,min_remaining_days\nO1,pick,1,GLUE,6,2026-05-01T08:00:00Z,20\nO2,pick,1,MILK,1,,\n"
)
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
BY = Person(person="p_by", name="By", role=Role.OPERATOR, rights=("drugs",))


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    for name, content in (("items", ITEMS), ("trays", TRAYS), ("stock", STOCK), ("orders", ORDERS)):
        path = tmp_path / f"{name}.csv"
        path.write_text(content, encoding="utf-8")
        report = import_file(path, opened)
        assert (report.is_clean, report.ignored_columns) == (True, ()), report.errors
    yield opened
    opened.close()


def reading(store, person=BY, now=NOW):
    return Reading(store, "M1", who=lambda: person, utc=lambda: now)


def parts(found):
    return {task.key.lot: task.quantity for task in found.tasks}


def test_what_the_files_say_is_in_the_store(store):
    glue = store.item("GLUE")
    assert (glue.issue_rule, glue.storage_class, glue.access) == (IssueRule.FEFO, ("esd", "moisture"), "drugs")
    assert (glue.fragile, glue.two_person, glue.mixing, glue.height_mm, glue.min_remaining_days) == (True, True, False, 120, 10)
    assert (glue.width_mm, glue.depth_mm) == (60, 40)
    assert store.item("MILK").shelf_life_days == 30
    tray = store.tray("M1", 3)
    assert (tray.access, [each.access for each in tray.compartments]) == ("tools", ["cells", "cells"])
    assert store.tray("M1", 1).max_height_mm == 300
    assert store.order("O1").lines[0].min_remaining_days == 20
    assert store.locks("M1") == (Lock(1, "drugs", "item"), Lock(3, "cells", "compartment"), Lock(3, "tools", "tray"))


def test_lots_leave_by_their_expiry_and_a_put_says_a_new_one(store):
    asked = Allocate(orders=("O1",))
    assert parts(reading(store).allocate(asked, None)) == {"L2": 5, "L1": 1}
    late = reading(store, now=datetime(2026, 5, 20, tzinfo=UTC))  # L2 is good for 12 days only, the order asks for 20
    assert parts(late.allocate(asked, None)) == {"L1": 5}
    at = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1, "item": "GLUE"}
    store.append((Put(**at, lot="L3", quantity=1, expiry="2026-05-25"), Put(**at, lot="L1", quantity=1))).result()
    assert parts(reading(store).allocate(asked, None)) == {"L3": 1, "L2": 5}
    assert store.lots_with_expiry("GLUE") == {"L1", "L2", "L3"}
    by_lot = {each.key.lot: (each.expiry, each.received_at.date().isoformat()) for each in store.stock_of_item("GLUE")}
    assert by_lot["L1"] == (date(2026, 9, 1), "2026-01-05")  # more of a lot came: it is as old as before


def test_the_lots_are_made_again_from_the_log(store):
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before


def test_an_expiry_that_nobody_said_follows_from_the_receipt(store):
    asked = Allocate(orders=("O2",))
    assert parts(reading(store, now=datetime(2026, 2, 9, tzinfo=UTC)).allocate(asked, None)) == {"M1": 1}
    tags = reading(store, now=datetime(2026, 2, 10, tzinfo=UTC)).orders(ReadOrders(), NOW).orders
    assert [(why.code, why.params["item"]) for tag in tags if tag.order == "O2" for why in tag.blocked] == [
        ("missing_expired", "MILK")
    ]


def test_who_lacks_the_right_gets_no_task_and_nothing_is_reported_missing(store):
    found = reading(store, replace(BY, rights=())).allocate(Allocate(orders=("O1",)), None)
    assert (found.tasks, found.lacking) == ((), ())
    (line,) = found.lines.values()
    assert (line.reason, line.waits) == ("no_access", True)


BAD = (
    ("item,name,issue_rule\nX,X,fefo\n", "lot_tracked", "not_allowed"),
    ("item,name,issue_rule\nX,X,fofo\n", "issue_rule", "not_allowed"),
    ("item,name,storage_class\nX,X,esd|a b\n", "storage_class", "not_allowed"),
    ("machine,tray,compartment,item,quantity,expiry\nM1,2,A1,BOLT,1,2026-09-01\n", "expiry", "not_allowed"),
    ("machine,tray,compartment,item,quantity,lot,expiry\nM1,1,A1,GLUE,1,L1,01.09.2026\n", "expiry", "not_a_date"),
    (
        "machine,tray,compartment,item,quantity,lot,expiry\nM1,1,A1,GLUE,1,L1,2026-09-01\nM1,1,A2,GLUE,1,L1,2026-09-02\n",
        "expiry",
        "not_allowed",
    ),
)


def test_what_a_file_may_not_say(tmp_path, store):
    path = tmp_path / "bad.csv"
    for content, field, reason in BAD:
        path.write_text(content, encoding="utf-8")
        assert [(each.field, each.reason) for each in import_file(path, store).errors] == [(field, reason)]


def test_the_log_says_what_somebody_mistook_and_what_is_taken_often(store):
    wrong = ScanRefused(order="O1", line="1", scanned="BOLT", expected="GLUE", what="item")
    store.append(
        (wrong, replace(wrong, scanned="", what="unknown"), replace(wrong, scanned="BLP-M1-1-C7", what="compartment")),
        operator="p_by",
    ).result()
    store.append((Picked(machine="M1", tray=2, compartment="A1", visit=1, item="BOLT", quantity=1),) * 3).result()
    assert store.mis_scans("p_by") == {("GLUE", "BOLT")}
    assert store.mis_scans("p_other") == frozenset()
    assert (store.picks_of("BOLT"), store.picks_of("GLUE")) == (3, 0)


def test_rights_are_set_told_and_read(store):
    store.add_person(BY, badge_digest="d", verifier="v", pepper_id="p").result()
    store.set_rights("p_by", {"tools", "depart_from_rule"}, operator="p_admin").result()
    assert store.person("p_by").rights == ("depart_from_rule", "tools")
    (event,) = store.events(kinds={"rights_changed"})
    assert json.loads(event.body)["data"]["rights"] == ["depart_from_rule", "tools"]


@pytest.mark.parametrize(
    ("made", "body_of", "of", "new"),
    [
        (
            Item(
                code="A",
                name="A",
                issue_rule=IssueRule.LIFO,
                storage_class=("esd",),
                access="x",
                two_person=True,
                height_mm=9,
                width_mm=7,
                depth_mm=8,
                inspect=Inspect.CONDITION,
            ),
            bodies.item_body,
            bodies.item_of,
            (
                "issue_rule",
                "mixing",
                "storage_class",
                "fragile",
                "height_mm",
                "width_mm",
                "depth_mm",
                "access",
                "two_person",
                "shelf_life_days",
                "inspect",
            ),
        ),
        (
            Tray(
                machine="M1", number=1, width_mm=9, depth_mm=9, storage_class=("esd",), access="x", max_height_mm=5, pitch_mm=50
            ),
            bodies.tray_body,
            bodies.tray_of,
            ("storage_class", "access", "max_height_mm", "pitch_mm"),
        ),
    ],
)
def test_the_rules_travel_and_an_older_station_s_body_has_none_of_them(made, body_of, of, new):
    body = json.loads(json.dumps(body_of(made)))
    assert of(body) == made
    older = of({name: value for name, value in body.items() if name not in new})
    kind = type(made)
    plain = kind(code="A", name="A") if kind is Item else kind(machine="M1", number=1, width_mm=9, depth_mm=9)
    assert older == plain
