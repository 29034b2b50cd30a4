"""Requests of a command line at a running station: a share that does not answer holds up nothing but itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.store import Store
from station.control import ControlError
from station.requests import BESIDE, Requests
from station.settings import ResultSettings
from station.values import Role
from station.worker import Worker
from ui.bootstrap.requests import make_requests, make_results

PATIENCE_S = 20.0


class Share:
    """Does not answer until it is let go."""

    def __init__(self) -> None:
        self.is_asked, self.answers = threading.Event(), threading.Event()

    def hang(self, *_: object) -> bool:
        self.is_asked.set()
        self.answers.wait(PATIENCE_S)
        return False


@pytest.fixture
def share() -> Iterator[Share]:
    share = Share()
    yield share
    share.answers.set()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data", station="S1", ballast_bytes=0)
    yield opened
    opened.close()


def requests_of(store: Store, tmp_path: Path) -> Requests:
    directory = tmp_path / "data"
    return make_requests(store, directory, make_results(store, ResultSettings(), directory, "S1"))


def at_the_copy(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.copy_file", share.hang)


def at_the_first_look(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.exists", lambda path: share.hang() if path.name == "copy.db" else False)


@pytest.mark.parametrize("hangs", [at_the_copy, at_the_first_look])
def test_a_backup_to_a_share_that_does_not_answer_ends_with_a_clear_error(
    store: Store, tmp_path: Path, share: Share, monkeypatch: pytest.MonkeyPatch, hangs: Callable[..., None]
) -> None:
    monkeypatch.setattr("ui.bootstrap.requests.BACKUP_PATIENCE_S", 0.01)
    requests = requests_of(store, tmp_path)
    hangs(share, monkeypatch)
    try:
        with pytest.raises(
            ControlError, match=r"D409 .*copy\.db was not written within 0\.01 s: its disk or share does not answer"
        ):
            requests.carry_out("backup", {"path": str(tmp_path / "copy.db")})
    finally:
        share.answers.set()
        for thread in [each for each in threading.enumerate() if each.name == "backup"]:
            thread.join(PATIENCE_S)


def test_whoever_is_to_be_disabled_does_not_wait_for_a_backup(
    store: Store, tmp_path: Path, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = requests_of(store, tmp_path)
    person = requests.people.add("Mara", Role.OPERATOR, badge="BLB-7", pin="271828").person
    at_the_copy(share, monkeypatch)
    executor, beside = Worker("requests"), Worker("requests-beside")
    handlers = requests.handlers(executor, beside=beside, changed=lambda: None)

    async def ask() -> None:
        backup = asyncio.ensure_future(handlers["backup"]({"path": str(tmp_path / "copy.db")}))
        assert await asyncio.to_thread(share.is_asked.wait, PATIENCE_S)
        answer = await asyncio.wait_for(handlers["people_disable"]({"person": person}), PATIENCE_S / 2)
        assert answer == {"person": person, "is_active": False}
        assert not backup.done()
        (tmp_path / "copy.db").touch()
        share.answers.set()
        await backup

    asyncio.run(ask())
    for worker in (executor, beside):
        assert worker.close(patience_s=PATIENCE_S)


def test_what_waits_for_another_disk_is_known_by_its_verb(store: Store, tmp_path: Path) -> None:
    verbs = requests_of(store, tmp_path).handlers(Worker("a"), beside=Worker("b"), changed=lambda: None)
    assert set(verbs) > BESIDE
