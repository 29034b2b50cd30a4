"""Stations at a fresh site database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import psycopg
import pytest

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


@pytest.fixture
def put(owner: psycopg.Connection) -> Callable[..., None]:
    """The host's documents: put(kind, key, body)."""

    def put(kind: str, key: str, body: dict[str, object] | None) -> None:
        owner.execute("SELECT sync.put_documents(%s)", (json.dumps([{"kind": kind, "key": key, "body": body}]),))

    return put
