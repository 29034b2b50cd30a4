"""Going back to the program before without going back to its copy of the store (decision 0044).

A migration whose file is named `NNNN_pre_...` only adds: tables, indexes, columns with a default. The program before works on
such a store as on its own. Which is the oldest program that does stands in the file's header (`application_id`, 0: none but the
one that made it), because that program does not know the migrations that came after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from db import sqlite

_PRE: Final = "_pre_"
_WHITE: Final = re.compile(r"\s+")
_OBJECTS: Final = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
)


def oldest_reader(scripts: Sequence[str]) -> int:
    """The schema of the oldest program that works on a store which ran all these migrations."""
    return max((number for number, name in enumerate(scripts, start=1) if _PRE not in name), default=1)


def remember_reader(connection: Connection, scripts: Sequence[str]) -> None:
    """Write into the file which program may go back to it."""
    connection.exec_driver_sql(f"PRAGMA application_id = {oldest_reader(scripts)}")


def may_go_back(connection: Connection, version: int) -> bool:
    """Whether a program of this schema works on a store that a newer one made."""
    return 0 < int(connection.exec_driver_sql("PRAGMA application_id").scalar_one()) <= version


def is_widened(connection: Connection, version: int, scripts: Iterable[str]) -> bool:
    """Whether the file went through newer migrations and still has everything of these: `scripts` is their SQL."""
    ran = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    if int(ran) <= version:
        return False
    raw = sqlite.library().connect(":memory:")
    try:
        for script in scripts:
            raw.executescript(script)
        ours = _shape(raw.execute(_OBJECTS).fetchall(), raw.execute)
    finally:
        raw.close()
    theirs = _shape(connection.exec_driver_sql(_OBJECTS).all(), lambda words: connection.exec_driver_sql(words).all())
    return ours <= theirs


def _shape(objects: Iterable[Any], ask: Any) -> set[tuple[Any, ...]]:
    """Each column of each table; each index and trigger by its text."""
    found: set[tuple[Any, ...]] = set()
    for kind, name, table, sql in objects:
        if kind == "table":
            found |= {(name, *column[1:]) for column in ask(f'PRAGMA table_info("{name}")')}
        else:
            found.add((kind, name, table, _WHITE.sub(" ", sql)))
    return found
