"""`baylight upstream` on a real server, from the empty database to the proof."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from db.upstream.enrol import SECRET_FILE, read_login
from db.upstream.init import newest
from db.upstream.postgres_site import open_site
from station.secret import PEPPER_FILE
from tests.helpers.postgres import Server
from tests.helpers.told import Chain
from ui.__main__ import main

Captured = pytest.CaptureFixture[str]


def told(captured: Captured, *words: object) -> dict[str, object]:
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(captured.readouterr().out)


@pytest.mark.parametrize("verb", ["verify", "restored"])
def test_a_server_that_never_saw_a_site_is_told_to_be_given_one(
    verb: str, new_server: Callable[..., Server], capsys: Captured
) -> None:
    server = new_server()
    assert main(["upstream", verb, server.url()]) == 1
    said = capsys.readouterr().err
    assert "U401" in said
    assert "baylight upstream init URL" in said


def test_from_an_empty_database_to_the_proof(pg_server: Server, tmp_path: Path, capsys: Captured) -> None:
    name = pg_server.create_database()
    url, office, bay, file = pg_server.url(name), tmp_path / "office", tmp_path / "bay", tmp_path / "S1.json"
    assert told(capsys, "upstream", "init", url)["steps"] == list(range(1, newest() + 1))
    assert told(capsys, "upstream", "migrate", url)["steps"] == []
    enrolled = told(capsys, "upstream", "enrol", "S1", url, "--file", file, "--data", office)
    joined = told(capsys, "upstream", "join", file, "--data", bay)
    assert joined["role"] == enrolled["role"] == "baylight_st_S1"
    assert (bay / PEPPER_FILE).read_bytes() == (office / PEPPER_FILE).read_bytes()
    login, chain = read_login(bay / SECRET_FILE), Chain("S1")
    site = open_site(str(joined["url"]), role=login.role, secret=login.secret)
    site.hello(chain.hello())
    site.push(chain.events)
    site.close()
    status = told(capsys, "upstream", "status", url)
    (station,) = status["stations"]  # type: ignore[misc]
    assert (status["events"], status["exceptions"], sorted(status)) == (
        1,
        0,
        ["events", "exceptions", "server_epoch", "stations"],
    )
    assert sorted(station) == ["acked", "behind_s", "epoch", "head", "head_hash", "state", "station"]
    proof = told(capsys, "upstream", "verify", url, "--heads", tmp_path / "heads")
    assert (proof["is_ok"], proof["events"], Path(str(proof["heads_file"])).exists()) == (True, 1, True)
    assert told(capsys, "upstream", "restored", url)["server_epoch"] != status["server_epoch"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE sync.event SET body = body || ' '")
    assert main(["upstream", "verify", url]) == 1
    assert "the hash does not fit" in capsys.readouterr().out
    assert main(["upstream", "status", "nonsense"]) == 1
    assert "U501" in capsys.readouterr().err
    pg_server.drop_database(name)


def test_a_station_with_a_pepper_of_its_own_does_not_lose_it(site_url: str, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "S1.json"
    told(capsys, "upstream", "enrol", "S1", site_url, "--file", file, "--data", tmp_path / "office")
    told(capsys, "upstream", "enrol", "S2", site_url, "--file", tmp_path / "S2.json", "--data", tmp_path / "office")
    assert main(["upstream", "enrol", "S3", site_url, "--data", str(tmp_path / "bay")]) == 1
    assert "U503" in capsys.readouterr().err
    assert main(["upstream", "join", str(file), "--data", str(tmp_path / "bay")]) == 1
    assert "P302" in capsys.readouterr().err
    assert not (tmp_path / "bay" / SECRET_FILE).exists()
