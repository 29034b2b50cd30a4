"""`baylight sync` on a store: what it says beside a station, and what it does where nothing is set."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from db.sync import memory
from db.sync.local import StoreLocal
from db.sync.status import Problem, SyncState, SyncStatus, to_json
from db.sync.values import Position
from station.control import ControlError
from station.settings import ResultSettings
from tests.helpers.tours import PROGRAM, environment
from ui.__main__ import main
from ui.bootstrap.replication import ends_wait, is_drained
from ui.bootstrap.requests import make_requests, make_results

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ISLAND = SyncStatus(
    state=SyncState.ISLAND, depth=3, oldest_at=NOON, since=NOON, acked=Position("e1", 4, "aa"), head=Position("e1", 7, "bb")
)
ATTENTION_NOW = SyncStatus(
    state=SyncState.ATTENTION, problem=Problem.NOT_ENROLLED, code="U501", acked=ISLAND.head, head=ISLAND.head
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("BAYLIGHT_UPSTREAM_URL", raising=False)
    Store.open(tmp_path, station="S1", ballast_bytes=0).close()
    return tmp_path


def say(data: Path, status: SyncStatus) -> None:
    with closing(Store.open(data, station="S1", ballast_bytes=0)) as store:
        StoreLocal(store).write(lambda connection: memory.put_status(connection, status))


def asked(data: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Mapping[str, Any]]:
    status = main(["sync", verb, "--data", str(data), "--json"])
    said = capsys.readouterr().out
    return status, json.loads(said) if said else {}


def test_a_station_that_never_had_a_site_database_is_off(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, fields = asked(data, "status", capsys)
    assert (status, fields["state"], fields["depth"]) == (0, "off", 0)


def test_the_status_beside_a_station_is_what_it_said_last(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(data, ISLAND)
    with closing(Store.open(data, station="S1", ballast_bytes=0)):  # it runs
        status, fields = asked(data, "status", capsys)
    assert status == 0
    assert (fields["state"], fields["depth"], fields["since"]) == ("island", 3, "2026-03-03T12:00:00.000000+00:00")
    assert (fields["acked"], fields["head"]["seq"]) == ({"epoch": "e1", "seq": 4, "hash": "aa"}, 7)


def test_attention_ends_with_1_and_is_said_in_words_too(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(data, replace(ISLAND, state=SyncState.ATTENTION, problem=Problem.FORK))
    assert main(["sync", "status", "--data", str(data)]) == 1
    said = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if len(line.split()) > 1)
    assert (said["problem"], said["acked"], said["head"]) == ("fork", "4", "7")


@pytest.mark.parametrize("verb", ["once", "run"])
def test_without_a_site_database_there_is_nothing_to_do(verb: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", verb, "--data", str(data), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "C106" in said.err
    assert "BAYLIGHT_UPSTREAM_URL" in said.err


def test_a_running_station_without_a_site_database_says_so(data: Path) -> None:
    with closing(Store.open(data, station="S1", ballast_bytes=0)) as store:
        requests = make_requests(store, data, make_results(store, ResultSettings(), data, "S1"))
        with pytest.raises(ControlError, match="C106"):
            requests.carry_out("sync", {"patience_s": 1.0})
        with pytest.raises(ControlError, match="patience_s"):
            requests.carry_out("sync", {})


def test_a_running_station_waits_as_long_as_it_is_asked_to(data: Path) -> None:
    asked_s: list[float] = []

    def sync(patience_s: float) -> Mapping[str, object]:
        asked_s.append(patience_s)
        return {"state": "online"}

    with closing(Store.open(data, station="S1", ballast_bytes=0)) as store:
        requests = make_requests(store, data, make_results(store, ResultSettings(), data, "S1"))
        assert replace(requests, sync=sync).carry_out("sync", {"patience_s": 7}) == {"state": "online"}
    assert asked_s == [7.0]


HEARD = replace(ISLAND, state=SyncState.CATCHING_UP, at=NOON)


@pytest.mark.parametrize(
    ("status", "drained", "ends"),
    [
        (HEARD, False, False),
        (replace(ISLAND, acked=Position("e1", 7), at=NOON), False, False),  # it had all, and does not answer now
        (replace(HEARD, acked=Position("e1", 7), at=None), False, False),  # what was known before the first connection
        (replace(HEARD, acked=Position("e1", 7)), True, True),
        (replace(HEARD, acked=Position("e1", 8)), True, True),
        (replace(HEARD, acked=Position("e0", 9)), False, False),  # of the epoch before
        (replace(HEARD, acked=Position("e1", 7), dirty=1), False, False),
        (replace(HEARD, state=SyncState.ATTENTION, problem=Problem.NOT_ENROLLED), False, True),
        (replace(HEARD, state=SyncState.ATTENTION, problem=Problem.EXCEPTIONS), False, False),  # it goes on all the same
    ],
)
def test_when_waiting_for_the_site_is_over(status: SyncStatus, drained: bool, ends: bool) -> None:
    assert is_drained(status, "e1", 7) is drained
    assert ends_wait(status, "e1", 7) is ends


def test_run_goes_on_until_it_is_ended_and_says_when_the_state_is_another(data: Path) -> None:
    nowhere = {**environment(), "BAYLIGHT_UPSTREAM_URL": f"postgresql://s1:hunter2@/site?host={data}&port=1"}
    words = [*PROGRAM, "sync", "run", "--data", str(data), "--json"]
    with subprocess.Popen(words, env=nowhere, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["state"] == "island"
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=30)
    assert running.returncode == 0, said
    assert "hunter2" not in "".join(said)


def test_once_without_an_answer_says_so_and_ends_with_1(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setenv("BAYLIGHT_UPSTREAM_URL", f"postgresql://s1@/site?host={data}&port=1")
    assert main(["sync", "once", "--data", str(data), "--timeout", "0.2", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["state"] == "island"


def test_once_where_nobody_could_be_asked_ends_with_1_though_nothing_waits(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr("ui.cli.sync.ask", lambda *args, **named: to_json(ATTENTION_NOW))
    assert asked(data, "once", capsys)[0] == 1
