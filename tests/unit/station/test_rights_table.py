"""Who may what as one table: what the file says, and what the signature of a review is of."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from station.core.state import Rules
from station.staff.report import csv_of
from station.staff.table import digest_of, table_of
from station.values import Guarded, Member, Person, Role

RULES = dict(Rules().by_role)


def member(person: str, name: str, role: Role, *rights: str, is_active: bool = True) -> Member:
    who = Person(person=person, name=name, role=role, rights=rights, is_active=is_active)
    told = {"has_badge": True, "pin": "set", "pin_until": None, "is_locked": False, "failures": 0, "heard_at": None}
    return Member(person=who, offline_days=0, **told)  # type: ignore[arg-type]  # by the names of its fields


PEOPLE = (
    member("p_2", "Zoe", Role.ADMINISTRATOR),
    member("p_1", "=Anna", Role.SUPERVISOR, "gold"),
    member("p_3", "Gone", Role.OPERATOR, "gold", is_active=False),
)
TABLE = table_of(PEOPLE, (Guarded(right="poison", items=1),))


def test_the_file_has_a_row_for_each_who_may_sign_on_and_a_column_for_each_right() -> None:
    anna, zoe = csv.DictReader(io.StringIO(csv_of(TABLE, RULES)))
    assert (anna["person"], anna["name"], anna["right:gold"], anna["right:poison"]) == ("p_1", "'=Anna", "yes", "")
    assert (anna["approve_stock"], anna["administer_people"]) == ("yes", "")
    assert (zoe["approve_stock"], zoe["administer_people"]) == ("", "yes")


def test_a_review_is_signed_for_the_rights_and_not_for_the_names() -> None:
    erased = tuple(replace(each, person=replace(each.person, name="")) for each in PEOPLE[:2])
    renamed = replace(TABLE, rows=erased)
    assert digest_of(renamed, RULES) == digest_of(TABLE, RULES)
    other = replace(PEOPLE[1], person=replace(PEOPLE[1].person, rights=()))
    assert digest_of(replace(TABLE, rows=(other, PEOPLE[0])), RULES) != digest_of(TABLE, RULES)
