"""The site_* rows of a damaged store, as far as they can be read; where some are lost, the newest copy's in their place.

These rows prove nothing by themselves: they are what imports and the administration of people said last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db import schema, site, sqlite

MOST_READS = 20_000  # of one damaged table
_HIGHEST_ROW = 1 << 31
# What only makes sense while nothing is lost: how far the site's feed was followed. Without it everything comes down again.
_LEFT = ("sync_state",)
_WHERE = {"site_document": "is_dirty = 1"}  # changed here and not yet told the site; the others come down again
_LAST_WORDS = "SELECT kind, body ->> '$.data.person', at FROM event WHERE kind = ? ORDER BY n"
_ROLES = "SELECT body ->> '$.data.person', body ->> '$.data.role', at FROM event WHERE kind = 'role_changed' ORDER BY n"
_NEW_SECRETS = ("pin_reset", "pin_opened", "pin_chosen", "badge_changed")

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SiteRows:
    """`damaged`: tables of which not everything could be read. `from_copy`: rows that came from the copy; `refused`: rows that
    make no sense without others that are lost."""

    rows: int = 0
    damaged: tuple[str, ...] = ()
    from_copy: int = 0
    refused: int = 0


def copy_site(source: Path, spare: Path | None, target: Connection) -> SiteRows:
    """Copy the site's rows into a new store that has the salvaged log already, in the caller's transaction."""
    rows = from_copy = refused = 0
    damaged: list[str] = []
    copied_until = _last_moment(spare) if spare is not None else ""
    for name in _tables():
        found, is_whole = _read(source, name)
        written, refused_now = _write(target, name, found)
        rows, refused = rows + written, refused + refused_now
        if not is_whole:
            damaged.append(name)
            filled, _ = _write(target, name, _read(spare, name)[0] if spare is not None else _Found())
            from_copy += filled
    if "site_included" in damaged:
        _drop_book(target)
    if "site_credential" in damaged or "site_person" in damaged:
        _keep_out(target, copied_until)
    return SiteRows(rows, tuple(damaged), from_copy, refused)


def _drop_book(target: Connection) -> None:
    """Without knowing which own events are in the site's book, they would count twice. It comes down again."""
    for name in ("site_stock", "site_included"):
        target.exec_driver_sql(f"DELETE FROM {name}")


@dataclass(frozen=True, slots=True)
class _Found:
    columns: tuple[str, ...] = ()
    rows: Sequence[Row] = ()


def _tables() -> Iterator[str]:
    """Parents before their children, as the schema lists them."""
    for name in schema.metadata.tables:
        if name.startswith(("site_", "sync_")) and name not in _LEFT:
            yield name


def _open(path: Path) -> Any:
    return sqlite.library().connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _read(path: Path, name: str) -> tuple[_Found, bool]:
    """What can be read of a table, and whether that is all of it. A table that an older store has not got is whole."""
    error = sqlite.library().DatabaseError
    with closing(_open(path)) as raw:
        try:
            there = {row[1] for row in raw.execute(f"PRAGMA table_info({name})")}
            tables = raw.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
        except error:
            return _Found(), False
        columns = tuple(each.name for each in schema.metadata.tables[name].columns if each.name in there)
        if not columns:
            return _Found(), bool(tables)
        return _read_table(raw, name, columns)


def _read_table(raw: Any, name: str, columns: tuple[str, ...]) -> tuple[_Found, bool]:
    error = sqlite.library().DatabaseError
    quoted = ", ".join(f'"{each}"' for each in columns)
    statement = f"SELECT {quoted} FROM {name} WHERE {_WHERE.get(name, '1')}"
    try:
        return _Found(columns, raw.execute(statement).fetchall()), True
    except error:
        pass
    try:
        raw.execute(f"SELECT rowid FROM {name} LIMIT 0")
    except error:
        return _Found(columns, _from_both_ends(raw, statement, quoted)), False
    return _Found(columns, _by_ranges(raw, statement)), False


def _from_both_ends(raw: Any, statement: str, key: str) -> list[Row]:
    """Of a table without row numbers: forward to the damage, and backward to it."""
    found: dict[Row, None] = {}
    for order in ("ASC", "DESC"):
        rows = raw.execute(f"{statement} ORDER BY {', '.join(f'{each} {order}' for each in key.split(', '))}")
        found |= dict.fromkeys(_until_damage(rows))
    return list(found)


def _until_damage(rows: Any) -> Iterator[Row]:
    try:
        yield from rows
    except sqlite.library().DatabaseError:
        return


def _by_ranges(raw: Any, statement: str) -> list[Row]:
    """By ranges of row numbers, halved where one cannot be read, down to the rows that are lost."""
    found: list[Row] = []
    ranges, reads = [(0, _HIGHEST_ROW)], 0
    while ranges and reads < MOST_READS:
        low, high = ranges.pop()
        reads += 1
        try:
            found += raw.execute(f"{statement} AND rowid BETWEEN ? AND ?", (low, high)).fetchall()
        except sqlite.library().DatabaseError:
            middle = (low + high) // 2
            if low < high:
                ranges += [(middle + 1, high), (low, middle)]
    return found


def _write(target: Connection, name: str, found: _Found) -> tuple[int, int]:
    """How many rows went in, and how many the new store's rules refuse. A row that is there stays as it is."""
    if not found.rows:
        return 0, 0
    columns = ", ".join(f'"{each}"' for each in found.columns)
    statement = f"INSERT OR IGNORE INTO {name} ({columns}) VALUES ({', '.join('?' * len(found.columns))})"
    written = refused = 0
    for row in found.rows:
        try:
            written += target.exec_driver_sql(statement, tuple(row)).rowcount
        except IntegrityError:
            refused += 1
    return written, refused


def _last_moment(path: Path) -> str:
    try:
        with closing(_open(path)) as raw:
            row = raw.execute("SELECT at FROM event ORDER BY n DESC LIMIT 1").fetchone()
    except sqlite.library().DatabaseError:
        return ""
    return str(row[0]) if row else ""


def _keep_out(target: Connection, copied_until: str) -> None:
    """The copy may know a person better than the record does: who was sent away or erased since stays so, a role that
    was changed is the later one, and a PIN or a badge from before its change counts no more."""
    for _, person, _at in target.exec_driver_sql(_LAST_WORDS, ("person_disabled",)).all():
        site.disable_person(target, person)
    for _, person, _at in target.exec_driver_sql(_LAST_WORDS, ("name_erased",)).all():
        site.erase_name(target, person)
    for person, role, at in target.exec_driver_sql(_ROLES).all():
        if at > copied_until:
            site.set_role(target, person, role)
    for kind in _NEW_SECRETS:
        for _, person, at in target.exec_driver_sql(_LAST_WORDS, (kind,)).all():
            if at > copied_until:
                site.set_failures(target, person, failures=0, not_before=None, is_locked=True)
