"""Who may do what: a station its functions and nothing else, everybody else no push."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from db.sync.site import SiteError, Trouble
from db.upstream.enrol import enrol
from db.upstream.init import initialise
from db.upstream.postgres_site import open_site
from tests.helpers.postgres import Server
from tests.helpers.told import Chain
from tests.integration.upstream.conftest import Enter

STATION_MAY = {
    "hello",
    "push",
    "push_unread",
    "tail",
    "publish",
    "pull",
    "checksums",
    "claim",
    "take_over",
    "supplied",
    "fold",
    "tell_results",
    "host_changes",
    "answer_host_change",
}
HOST_MAY = {"put_documents", "release_order", "move_order", "declare_durable", "purge", "resolve_exception", "fold"}


@pytest.fixture
def as_station(site_url: str) -> psycopg.Connection:
    given = enrol(site_url, "S1")
    with psycopg.connect(given.url, user=given.role, password=given.secret, autocommit=True) as connection:
        yield connection


def test_a_station_reads_and_writes_no_table_and_calls_its_functions_only(
    as_station: psycopg.Connection, owner: psycopg.Connection, site_url: str
) -> None:
    initialise(site_url)  # once more: a copied database has the rights of its tables, and not those on the database
    relations = owner.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('sync', 'site', 'host') AND c.relkind IN ('r', 'p', 'v')"
    ).fetchall()
    assert len(relations) > 25
    for schema, name in relations:
        for order in ("SELECT 1 FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_station.execute(sql.SQL(order).format(sql.Identifier(schema, name)))
    for order in ("CREATE TABLE sync.mine ()", "CREATE TEMP TABLE mine ()", "CREATE SCHEMA mine", "SET ROLE baylight_owner"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_station.execute(order)


@pytest.mark.parametrize(("role", "allowed"), [("baylight_station", STATION_MAY), ("baylight_host", HOST_MAY), ("public", set())])
def test_the_functions_that_a_role_may_call_are_these(owner: psycopg.Connection, role: str, allowed: set[str]) -> None:
    rows = owner.execute(
        "SELECT DISTINCT p.proname FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
        " WHERE p.pronamespace = 'sync'::regnamespace AND a.privilege_type = 'EXECUTE'"
        " AND a.grantee = CASE WHEN %(role)s = 'public' THEN 0 ELSE to_regrole(%(role)s)::oid END",
        {"role": role},
    )
    assert {row[0] for row in rows} == allowed


def test_every_function_that_runs_as_the_owner_names_its_search_path(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'sync'::regnamespace AND prosecdef"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=pg_catalog, sync, pg_temp']"
    ).fetchall()
    assert rows == []
    owners = owner.execute("SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'sync'::regnamespace")
    assert owners.fetchall() == [("baylight_owner",)]


def test_nobody_pushes_but_a_station(site_url: str) -> None:
    site = open_site(site_url)
    with pytest.raises(SiteError, match="U202") as caught:
        site.push(Chain("S1").events)
    site.close()
    assert caught.value.trouble is Trouble.RIGHT


def test_a_station_speaks_for_itself_only(enter: Enter) -> None:
    with pytest.raises(SiteError, match="U303"):
        enter("S1").push(Chain("S2").events)


def test_a_report_reads_the_views_and_nothing_behind_them(owner: psycopg.Connection) -> None:
    owner.execute("SET ROLE baylight_report")
    for view in ("stock", "movement", "order_progress", "line_progress", "exception", "station", "tray", "record"):
        owner.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier("site", view)))
    for order in ("SELECT 1 FROM sync.event", "SELECT sync.fold()", "DELETE FROM site.exception"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(order)


def test_a_wrong_secret_a_missing_server_and_a_bad_address_are_told_apart(site_url: str, pg_server: Server) -> None:
    given = enrol(site_url, "S1")
    for url, secret, trouble, code in (
        (given.url, "hunter2-wrong", Trouble.RIGHT, "U201"),
        ("postgresql://x:hunter2-wrong@127.0.0.1:1/site", "", Trouble.LINE, "U101"),
        ("postgresql//x:hunter2-wrong@host/site", "", Trouble.RIGHT, "U501"),
        (pg_server.url("postgres"), "", Trouble.SCHEMA, "U401"),
    ):
        with pytest.raises(SiteError) as caught:
            open_and_push(url, given.role if secret else "", secret)
        assert (caught.value.trouble, caught.value.code) == (trouble, code)
        assert "hunter2" not in str(caught.value)


def open_and_push(url: str, role: str, secret: str) -> None:
    site = open_site(url, role=role, secret=secret)
    try:
        site.push(Chain("S1").events)
    finally:
        site.close()
