"""Replays a writer's statements on a disk whose power is cut, again and again, and judges what is found afterwards.

Standard input: one JSON object (`tests/faults/test_power_loss.py`). Standard output: one JSON object with the counts.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import apsw

from db.verifier import Link, Verifier
from tests.helpers.crash_vfs import CrashVfs, Disk, PowerCutError

STORE = "store.db"
EVENTS = "SELECT station, epoch, seq, id, body, lower(hex(prev)), lower(hex(hash)) FROM event ORDER BY n"


class Session:
    """One life of the program on a disk: opened, worked, and ended by the cut or by closing."""

    def __init__(self, disk: Disk, pragmas: dict[str, Any]) -> None:
        self._vfs = CrashVfs("crash", disk)
        self.connection = apsw.Connection(STORE, vfs="crash")
        self.execute("PRAGMA locking_mode = EXCLUSIVE")
        for name, value in pragmas.items():
            self.execute(f"PRAGMA {name} = {value}")

    def execute(self, statement: str) -> list[Any]:
        return list(self.connection.execute(statement))

    def close(self) -> None:
        try:
            self.connection.close(True)
        finally:
            self._vfs.unregister()


def state_of(session: Session) -> str:
    """Everything that the store holds, as one digest."""
    sha = hashlib.sha256()
    for (table,) in session.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        for row in sorted(map(repr, session.execute(f"SELECT * FROM {table}"))):
            sha.update(f"{table} {row}\n".encode())
    return sha.hexdigest()


def chain_problem(session: Session) -> str:
    verifier = Verifier()
    for row in session.execute(EVENTS):
        problem = verifier.check(Link(*row))
        if problem:
            return problem
    return ""


class Replay:
    """The statements, the state after each commit, and how many changes of the disk it all takes."""

    def __init__(self, task: dict[str, Any]) -> None:
        self._statements: list[str] = task["statements"]
        self._pragmas: dict[str, Any] = task["pragmas"]
        self._base = {STORE: Path(task["base"]).read_bytes()}
        self._obeys_flush: bool = task["obeys_flush"]
        disk = Disk(self._base)
        session = Session(disk, self._pragmas)
        self.states = [state_of(session)]
        for statement in self._statements:
            session.execute(statement)
            if statement == "COMMIT":
                self.states.append(state_of(session))
        session.close()
        self.operations = disk.operations

    def crash(self, cut_at: int, chance: random.Random) -> tuple[int, dict[str, bytes]]:
        """Work until the power goes: how many commits were acknowledged, and what is on the disk."""
        disk = Disk(self._base, cut_at=cut_at, obeys_flush=self._obeys_flush)
        acknowledged = 0
        session = None
        try:
            session = Session(disk, self._pragmas)
            for statement in self._statements:
                session.execute(statement)
                acknowledged += statement == "COMMIT"
            session.close()
        except (PowerCutError, apsw.Error):
            if not disk.is_off:
                raise
            _abandon(session)
        return acknowledged, disk.after_cut(chance)

    def reopen_cut(self, files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
        """The power goes a second time, while the store is opened, read and closed."""
        disk = Disk(files, cut_at=chance.randrange(1, 40), obeys_flush=self._obeys_flush)
        session = None
        try:
            session = Session(disk, self._pragmas)
            session.execute("SELECT count(*) FROM event")
            session.close()
        except (PowerCutError, apsw.Error):
            _abandon(session)
        return disk.after_cut(chance)

    def judge(self, acknowledged: int, files: dict[str, bytes]) -> str:
        """What is found: whole, lost (an acknowledged commit is missing), half (no state that ever was), or corrupt."""
        session = Session(Disk(files), self._pragmas)
        try:
            if session.execute("PRAGMA integrity_check") != [("ok",)] or chain_problem(session):
                return "corrupt"
            state = state_of(session)
        except apsw.Error:
            return "corrupt"
        finally:
            session.close()
        if state not in self.states:
            return "half"
        return "whole" if state in self.states[acknowledged : acknowledged + 2] else "lost"


def _abandon(session: Session | None) -> None:
    if session is not None:
        try:
            session.close()
        except (PowerCutError, apsw.Error):
            return  # the power is off: nothing can be told to the disk any more


def main() -> None:
    task = json.load(sys.stdin)
    replay = Replay(task)
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in range(task["crashes"]):
        chance = random.Random(seed)
        acknowledged, files = replay.crash(chance.randrange(1, replay.operations + 1), chance)
        if chance.random() < 0.3:
            files = replay.reopen_cut(files, chance)
        verdict = _judged(replay, acknowledged, files)
        found[verdict] += 1
        if verdict != "whole":
            wrong.append(f"seed {seed}: {verdict} after {acknowledged} commits")
        if seed < task["kept"]:
            _keep(Path(task["keep"]) / str(seed), files)
    told = {"found": found, "commits": len(replay.states) - 1, "operations": replay.operations, "first": wrong[:5]}
    json.dump(told, sys.stdout)


def _judged(replay: Replay, acknowledged: int, files: dict[str, bytes]) -> str:
    try:
        return replay.judge(acknowledged, files)
    except apsw.Error:
        return "corrupt"


def _keep(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
