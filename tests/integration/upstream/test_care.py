"""Looking after the site: enrolment, proof, and the day a backup is put back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from db.sync.site import SiteError
from db.sync.values import Cursor, PushStatus
from db.upstream import connect as connecting
from db.upstream.enrol import (
    SECRET_FILE,
    Login,
    enrol,
    read_enrolment,
    read_login,
    role_of,
    self_enrol,
    write_enrolment,
)
from db.upstream.init import initialise, migrate, newest
from db.upstream.postgres_site import open_site
from db.upstream.restored import declare_restored
from db.upstream.status import status
from db.upstream.verify import verify
from tests.helpers.postgres import Server
from tests.helpers.told import Chain, order
from tests.integration.upstream.conftest import Enter

NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)


def test_init_is_done_once_and_migrate_completes_what_is_there(pg_server: Server) -> None:
    name = pg_server.create_database()
    url = pg_server.url(name)
    with pytest.raises(SiteError, match="U401"):
        migrate(url)
    assert initialise(url) == tuple(range(1, newest() + 1))
    assert initialise(url) == migrate(url) == ()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("INSERT INTO sync.migration (number) VALUES (%s)", (newest() + 1,))
    with pytest.raises(SiteError, match="U402"):
        migrate(url)
    pg_server.drop_database(name)


def test_a_database_owner_who_may_create_roles_needs_not_be_superuser(pg_server: Server) -> None:
    pg_server.site_template()  # another site in this cluster: the roles are there
    name = pg_server.create_database()
    with psycopg.connect(pg_server.url(), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS clerk")
        connection.execute("CREATE ROLE clerk LOGIN CREATEROLE PASSWORD 'clerk'")
        for role in ("baylight_owner", "baylight_station"):  # that another site's init in this cluster made
            connection.execute(f"GRANT {role} TO clerk WITH ADMIN OPTION")
        connection.execute(f"ALTER DATABASE {name} OWNER TO clerk")
    url = pg_server.url(name, user="clerk", password="clerk")
    initialise(url)
    given = enrol(url, "CLERKED")
    site = open_site(given.url, role=given.role, secret=given.secret)
    assert site.push(Chain("CLERKED").events).status is PushStatus.OK
    site.close()
    assert status(pg_server.url(name)).events == 1
    assert verify(url).is_ok
    pg_server.drop_database(name)


def test_an_enrolment_is_told_once_in_a_file_for_its_owner(site_url: str, tmp_path: Path, owner: psycopg.Connection) -> None:
    given = enrol(site_url, "Packing bay 3", pepper_id="pp_1", pepper_key="00ff")
    file = tmp_path / "bay.json"
    write_enrolment(file, given)
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_enrolment(file) == given
    assert given.role == role_of("Packing bay 3") != role_of("Packing-bay 3")
    assert (role_of("S1"), given.secret not in repr(given)) == ("baylight_st_S1", True)
    assert "00ff" not in str(owner.execute("SELECT * FROM sync.station").fetchall())
    limit = owner.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", (given.role,)).fetchone()
    assert limit == (4,)
    with pytest.raises(SiteError, match="U503"):
        enrol(site_url, "S9", pepper_id="pp_2")
    file.write_text("{}")
    with pytest.raises(SiteError, match="U504"):
        read_enrolment(file)


def test_a_station_whose_address_may_create_roles_enrols_itself_once(site_url: str, tmp_path: Path) -> None:
    login = self_enrol(site_url, "S1", tmp_path)
    assert self_enrol(site_url, "S1", tmp_path) == login == read_login(tmp_path / SECRET_FILE)
    assert (tmp_path / SECRET_FILE).stat().st_mode & 0o777 == 0o600
    with psycopg.connect(site_url, user=login.role, password=login.secret) as connection:
        own = connection.info.dsn
        assert "S1" in own
    other = tmp_path / "other"
    other.mkdir()
    own_url = site_url.replace("postgres@", f"{login.role}:{login.secret}@")
    assert self_enrol(own_url, "S1", other) == Login()
    with pytest.raises(SiteError, match="U204"):
        enrol(own_url, "S2")


def test_a_second_computer_of_one_name_takes_nothing_from_the_first(site_url: str, tmp_path: Path) -> None:
    """The first goes on with its secret; only a person, or who has the record that the site knows, gets a new one."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    login, chain = self_enrol(site_url, "S1", first), Chain("S1")
    site = open_site(site_url, role=login.role, secret=login.secret)
    site.push(chain.events)
    for told in ("", "00" * 32):
        with pytest.raises(SiteError, match="U506"):
            self_enrol(site_url, "S1", second, hash_of=lambda epoch, seq, told=told: told)
    assert not (second / SECRET_FILE).exists()
    (first / SECRET_FILE).unlink()
    known = {(each.epoch, each.seq): each.hash for each in chain.events}
    again = self_enrol(site_url, "S1", first, hash_of=lambda epoch, seq: known.get((epoch, seq), ""))
    assert again.secret != login.secret
    with pytest.raises(SiteError, match="U201"):
        open_site(site_url, role=login.role, secret=login.secret)
    with pytest.raises(SiteError, match="U506"):
        enrol(site_url, "S1")
    given = enrol(site_url, "S1", replaces=True)
    site.close()
    open_site(given.url, role=given.role, secret=given.secret).close()


def test_the_name_of_a_computer_that_is_gone_is_free(site_url: str, tmp_path: Path) -> None:
    """A dead disk takes its secret with it; the bay goes on with a new computer."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    login = self_enrol(site_url, "S1", first)
    open_site(site_url, role=login.role, secret=login.secret).close()
    _until_nobody_is_connected(site_url, login.role)
    assert self_enrol(site_url, "S1", second).secret != login.secret


def _until_nobody_is_connected(site_url: str, role: str) -> None:
    """A server forgets a connection a moment after its end."""
    with psycopg.connect(site_url, autocommit=True) as connection:
        deadline = time.monotonic() + 10.0
        while connection.execute("SELECT FROM pg_stat_activity WHERE usename = %s", (role,)).fetchone() is not None:
            assert time.monotonic() < deadline


def test_a_station_is_enrolled_while_somebody_reads_the_record_and_others_push(
    enter: Enter, site_url: str, owner: psycopg.Connection
) -> None:
    one, chain = enter("S1"), Chain("S1")
    with psycopg.connect(site_url) as reader, psycopg.connect(site_url) as writer:
        reader.execute("SELECT count(*) FROM sync.event")  # a proof of the record takes minutes
        writer.execute("LOCK TABLE sync.event IN ROW EXCLUSIVE MODE")  # as each push does
        owner.execute("ALTER DATABASE " + owner.info.dbname + " SET lock_timeout = '2s'")
        two = enter("S2")
    assert one.push(chain.events).status is PushStatus.OK
    assert two.push(Chain("S2").events).status is PushStatus.OK
    with pytest.raises(psycopg.errors.DatabaseError, match="never changed"):
        owner.execute("DELETE FROM sync.event WHERE station = 'S2'")


def test_enrolling_gives_up_when_the_site_does_not_answer(site_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "STATEMENT_TIMEOUT_S", 0.2)
    with psycopg.connect(site_url) as busy:
        busy.execute("LOCK TABLE sync.station")
        with pytest.raises(SiteError, match="U102"):
            enrol(site_url, "S1")


def test_status_tells_of_every_station(enter: Enter, site_url: str) -> None:
    site, chain = enter("S1"), Chain("S1")
    chain.loaded(3)
    enter("S2")
    site.push(chain.events[:1])
    site.hello(chain.hello(depth=1))
    told = status(site_url)
    assert (told.events, told.exceptions) == (1, 0)
    one, two = told.stations
    assert (one.station, one.epoch, one.acked, one.head, one.head_hash, one.state) == (
        "S1",
        chain.epoch,
        1,
        2,
        chain.events[0].hash,
        "catching_up",
    )
    assert (two.station, two.acked, two.state, two.behind_s) == ("S2", 0, "never_heard", None)
    site.push(chain.events[1:])  # and no word since
    one = status(site_url).stations[0]
    assert (one.acked, one.head, one.behind_s, one.state) == (2, 2, 0, "online")


TAMPERED: dict[str, str] = {
    "an edited body": "UPDATE sync.event SET body = replace(body, 'SCREW', 'NAIL') WHERE seq = 3",
    "a missing event": "DELETE FROM sync.event WHERE seq = 3",
    "a cut end": "DELETE FROM sync.event WHERE seq > 2",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_behind_the_functions_is_found(enter: Enter, owner: psycopg.Connection, site_url: str, how: str) -> None:
    chain = Chain("S1")
    for n in range(5):
        chain.picked(1, visit=n)
    enter("S1").push(chain.events)
    assert verify(site_url).is_ok
    owner.execute("SET session_replication_role = replica")
    owner.execute(TAMPERED[how])
    (broken,) = verify(site_url).chains
    # of a missing event, the one behind it is the first that does not follow
    assert (broken.broken_at, bool(broken.problem)) == (4 if how == "a missing event" else 3, True)


def test_a_chain_that_was_made_anew_is_found_by_the_heads_kept_elsewhere(
    enter: Enter, owner: psycopg.Connection, site_url: str, tmp_path: Path
) -> None:
    chain = Chain("S1")
    chain.picked(1)
    enter("S1").push(chain.events)
    first = verify(site_url, heads=tmp_path, now=NOW)
    assert (first.is_ok, first.earlier_heads) == (True, 0)
    assert json.loads(Path(first.heads_file).read_bytes())["heads"] == [
        {"station": "S1", "epoch": chain.epoch, "seq": 2, "hash": chain.events[-1].hash}
    ]
    owner.execute("SET session_replication_role = replica")
    for table in ("event", "receipt"):
        owner.execute(f"DELETE FROM sync.{table} WHERE seq = 2")
    owner.execute("UPDATE sync.chain SET acked = 1, head = (SELECT hash FROM sync.event)")
    owner.execute("DELETE FROM sync.receipt")
    again = verify(site_url, heads=tmp_path)
    assert (again.is_ok, [each.problem for each in again.chains], again.earlier_heads) == (False, [""], 1)
    assert again.other_heads == (f"site-heads-20261126T200000Z.json: S1 {chain.epoch} 2",)


def test_a_server_that_went_back_is_filled_up_again_by_its_stations(new_server: Callable[..., Server]) -> None:
    server = new_server(durable=True)
    url = server.url(server.site_database())
    given, chain = enrol(url, "S1"), Chain("S1")
    site = open_site(given.url, role=given.role, secret=given.secret)
    site.hello(chain.hello())
    site.push([*chain.events, chain.loaded(10)])
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(
            "SELECT sync.put_documents(%s)", (json.dumps([{"kind": "order", "key": "O1", "body": order("O1", ("SCREW", 1))}]),)
        )
        owner.execute("SELECT sync.declare_durable(now() + interval '2 min')")
    assert site.hello(chain.hello()).durable[0].seq == 2
    site.close()
    server.stop()
    server.save()
    server.start()
    site = open_site(given.url, role=given.role, secret=given.secret)
    (lost,) = site.claim(1)
    site.push([chain.picked(4, visit=1)])
    cursor = site.pull(Cursor()).cursor
    site.close()
    server.kill()
    server.put_back()
    server.start()
    epoch = declare_restored(url)
    site = open_site(given.url, role=given.role, secret=given.secret)
    welcome = site.hello(chain.hello())
    assert (welcome.server_epoch, welcome.chains[0].seq) == (epoch, 2)
    assert site.pull(cursor).must_refetch
    assert site.push(chain.events[2:]).acked == chain.position()
    assert [each.quantity for each in site.pull(Cursor()).stock] == [6]
    (again,) = site.claim(1)
    assert again.fence > lost.fence
    with psycopg.connect(url, autocommit=True) as owner:  # an order that was new after the backup is written again
        owner.execute(
            "SELECT sync.put_documents(%s)", (json.dumps([{"kind": "order", "key": "O2", "body": order("O2", ("SCREW", 1))}]),)
        )
    (anew,) = site.claim(1)
    assert anew.fence >= again.fence - 1 > 1_000_000_000, "beyond every fence that it may have had before"
    site.close()
    assert verify(url).is_ok


def test_a_copy_in_another_cluster_is_noticed(enter: Enter, owner: psycopg.Connection, site_url: str) -> None:
    site = enter("S1")
    owner.execute("SELECT sync.put_documents(%s)", (json.dumps([{"kind": "item", "key": "SCREW", "body": {"code": "SCREW"}}]),))
    owner.execute("SET session_replication_role = replica")
    owner.execute("UPDATE sync.document SET last_xid = '99999999'")  # of the cluster that it was copied from
    owner.execute("SET session_replication_role = DEFAULT")
    owner.execute("UPDATE sync.site SET system_identifier = 1")
    with pytest.raises(SiteError, match="U404"):
        site.hello(Chain("S1").hello())
    declare_restored(site_url)
    site.hello(Chain("S1").hello())
    feed = site.pull(Cursor())
    assert len(feed.documents) == 1
    assert site.pull(feed.cursor).documents == ()
