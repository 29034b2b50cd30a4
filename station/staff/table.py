"""Who may what as one table: what the roles may, and every named right. Pure; the page, the files and the signature are of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from station.values import Guarded, Member, Role

# What a role may, by the name of its rule (`station.core.state.Rules`).
ABILITIES = (
    "direct_work",
    "approve_stock",
    "administer_people",
    "unlock",
    "tray_page",
    "history",
    "devices_page",
    "by_hand",
    "service",
    "late",
)


@dataclass(frozen=True, slots=True)
class RightsTable:
    """`rights` are all that somebody has or something asks for; a row for each person who may sign on, by name."""

    rights: tuple[str, ...]
    rows: tuple[Member, ...]


def table_of(members: Iterable[Member], guarded: Iterable[Guarded]) -> RightsTable:
    """The table of these people."""
    rows = tuple(
        sorted((each for each in members if each.person.is_active), key=lambda each: (each.person.name, each.person.person))
    )
    rights = {each.right for each in guarded} | {right for row in rows for right in row.person.rights}
    return RightsTable(tuple(sorted(rights)), rows)


def abilities_of(role: Role, rules: Mapping[str, frozenset[Role]]) -> tuple[str, ...]:
    """What this role may."""
    return tuple(each for each in ABILITIES if role in rules.get(each, frozenset()))


def head_of(table: RightsTable) -> tuple[str, ...]:
    """The columns' names, the same in every language: programs read the file."""
    return ("person", "name", "role", "offline_days", "pin", *ABILITIES, *(f"right:{each}" for each in table.rights))


def cells_of(table: RightsTable, rules: Mapping[str, frozenset[Role]]) -> tuple[tuple[str, ...], ...]:
    """The rows as text: yes where he may, empty where not."""
    return tuple(_cells(each, table.rights, rules) for each in table.rows)


def _cells(member: Member, rights: Sequence[str], rules: Mapping[str, frozenset[Role]]) -> tuple[str, ...]:
    person, may = member.person, abilities_of(member.person.role, rules)
    told = (person.person, person.name, person.role.value, str(member.offline_days or ""), member.pin)
    by_role = ("yes" if each in may else "" for each in ABILITIES)
    return (*told, *by_role, *("yes" if each in person.rights else "" for each in rights))


def digest_of(table: RightsTable, rules: Mapping[str, frozenset[Role]]) -> str:
    """SHA-256 of what a review is signed for. Names are left out: they can be erased, the record cannot."""
    cells = sorted((row[0], *row[2:]) for row in cells_of(table, rules))
    text = json.dumps([head_of(table), *cells], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
