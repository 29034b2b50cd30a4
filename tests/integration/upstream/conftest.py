"""Stations at a fresh site database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from db.upstream.enrol import enrol
from db.upstream.postgres_site import PostgresSite, open_site

Enter = Callable[[str], PostgresSite]


@pytest.fixture
def enter(site_url: str) -> Iterator[Enter]:
    """Call it with a station's name: enrolled, and connected as its own role. Closed at the end."""
    opened: list[PostgresSite] = []

    def enter(station: str) -> PostgresSite:
        given = enrol(site_url, station, replaces=True)  # an earlier one of the test may still be open
        opened.append(open_site(given.url, role=given.role, secret=given.secret))
        return opened[-1]

    yield enter
    for each in opened:
        each.close()


@pytest.fixture
def owner(site_url: str) -> Iterator[psycopg.Connection]:
    """A look behind the functions, as the superuser."""
    with psycopg.connect(site_url, autocommit=True) as connection:
        yield connection


@contextmanager
def host_login(owner: psycopg.Connection, site_url: str, role: str) -> Iterator[psycopg.Connection]:
    """A host logged in with a role of its own and nothing else; there are a nut A and a wire W."""
    name = sql.Identifier(role)
    owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
    owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE baylight_host").format(name, sql.Literal(role)))
    with psycopg.connect(site_url, user=role, password=role, autocommit=True) as connection:
        connection.execute("INSERT INTO host.item_in (item, name, decimals) VALUES ('A', 'Nut', 0), ('W', 'Wire', 2)")
        yield connection
    owner.execute(sql.SQL("DROP OWNED BY {}").format(name))
    owner.execute(sql.SQL("DROP ROLE {}").format(name))


@pytest.fixture
def put(owner: psycopg.Connection) -> Callable[..., None]:
    """The host's documents: put(kind, key, body)."""

    def put(kind: str, key: str, body: dict[str, object] | None) -> None:
        owner.execute("SELECT sync.put_documents(%s)", (json.dumps([{"kind": kind, "key": key, "body": body}]),))

    return put
