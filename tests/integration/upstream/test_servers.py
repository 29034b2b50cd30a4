"""The tests' own PostgreSQL: it starts, dies, comes back with what was committed, and can be put back to an older copy."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from tests.helpers.postgres import Server


def rows(server: Server) -> int:
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT count(*) FROM told").fetchone()[0]


def tell(server: Server) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("INSERT INTO told VALUES (1)")


def test_a_killed_server_keeps_what_was_committed_and_a_copy_brings_back_the_past(new_server: Callable[..., Server]) -> None:
    server = new_server(durable=True, tcp=True)
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE told (n integer)")
        assert connection.info.server_version // 10_000 == server.version
    tell(server)
    server.stop()
    server.save()
    server.start()
    tell(server)
    server.kill()
    assert not server.is_running()
    server.start()
    assert rows(server) == 2
    server.kill()
    server.put_back()
    server.start()
    assert rows(server) == 1
