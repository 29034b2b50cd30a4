"""Whatever somebody with the files does to the record is found: an edited body, a deleted row, a reordered pair, a tail that is
cut off (given a receipt), a swapped store (given a receipt or the key). BAYLIGHT_SOAK tries a thousand, else sixty; BAYLIGHT_SEED
tries one.

Each is tried on the events that an export has, by the verifier that travels with it, and on the store's own file, by the proof
behind `baylight audit verify`.
"""

from __future__ import annotations

import dataclasses
import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db import sqlite
from db.chain import link_of
from db.export_proof import Walk
from db.known_heads import KnownHead, KnownHeads
from db.seals import Seals
from db.station_key import verify_fast
from db.store import Store
from db.verifier import ZERO, Link, link_hash
from tests.unit.db.made import picked, put

DRAWN = 1000 if os.environ.get("BAYLIGHT_SOAK") else 60
SEEDS = [int(os.environ["BAYLIGHT_SEED"])] if os.environ.get("BAYLIGHT_SEED") else range(DRAWN)
UNGUARD = (
    "DROP TRIGGER event_is_never_changed",
    "DROP TRIGGER event_is_never_deleted",
    "PRAGMA ignore_check_constraints = ON",
    "DELETE FROM event",
)
INSERT = "INSERT INTO event (n, station, epoch, seq, id, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Record:
    """A station's record as it was, what the site has of it, and its public key; `other` is that of a second computer which
    says it were the same station."""

    home: Path
    links: tuple[Link, ...]
    receipt: KnownHead
    key: str
    other: tuple[Link, ...]


@dataclass(frozen=True)
class Tampered:
    """What the record is now. `needs` says what from elsewhere shows it: nothing, receipt, or key."""

    links: tuple[Link, ...]
    needs: str


def _made(folder: Path, seed: int) -> tuple[tuple[Link, ...], str]:
    dice = random.Random(seed)
    store = Store.open(folder, station="S1", ballast_bytes=0)
    key = store.sealing.begin()
    for _ in range(12):
        store.append([dice.choice((put, picked))(dice.randint(1, 9), lot=f"L{seed}") for _ in range(4)], operator="p_1").result()
        if dice.random() < 0.4:
            store.sealing.seal().result()
    links = tuple(link_of(row) for row in store.events())
    store.close()
    return links, key.public_key


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("tampering")
    links, key = _made(folder / "true", 1)
    other, _ = _made(folder / "other", 2)
    end = links[-1]
    return Record(folder / "true", links, KnownHead(end.seq, end.hash, epoch=end.epoch, source="receipt"), key, other)


def _chained(links: list[Link]) -> tuple[Link, ...]:
    """All hashes computed again, the numbers and the places too: what one does who knows how the chain is made."""
    made, prev = [], ZERO
    for seq, each in enumerate(links, 1):
        body = json.dumps({**json.loads(each.body), "seq": seq}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        hash = link_hash(prev, body)
        made.append(Link(each.station, each.epoch, seq, each.id, body, prev.hex(), hash.hex()))
        prev = hash
    return tuple(made)


def _after(links: list[Link], dice: random.Random) -> Tampered:
    """As it is, which the record itself shows; or with the chain computed again, which a receipt shows."""
    return Tampered(tuple(links), "nothing") if dice.random() < 0.5 else Tampered(_chained(links), "receipt")


def edited(record: Record, dice: random.Random) -> Tampered:
    links = list(record.links)
    at = dice.randrange(len(links))
    body = json.loads(links[at].body)
    field = dice.choice([*sorted(body["data"]), "operator", "at"])
    place = body if field in body else body["data"]
    was = place[field]
    place[field] = "2026-01-01T00:00:00.000000+00:00" if field == "at" else was + 1 if isinstance(was, int) else f"{was}x"
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    links[at] = dataclasses.replace(links[at], body=text)
    return _after(links, dice)


def deleted(record: Record, dice: random.Random) -> Tampered:
    links = list(record.links)
    del links[dice.randrange(len(links) - 1)]  # the last one is a tail that was cut
    return _after(links, dice)


def reordered(record: Record, dice: random.Random) -> Tampered:
    links = list(record.links)
    one = dice.randrange(1, len(links) - 1)
    two = one + 1 if dice.random() < 0.5 else dice.choice([each for each in range(1, len(links)) if each != one])
    links[one], links[two] = links[two], links[one]
    return _after(links, dice)


def cut(record: Record, dice: random.Random) -> Tampered:
    return Tampered(record.links[: dice.randrange(1, len(record.links))], "receipt")


def swapped(record: Record, dice: random.Random) -> Tampered:
    return Tampered(record.other, dice.choice(("receipt", "key")))


WAYS: tuple[Callable[[Record, random.Random], Tampered], ...] = (edited, deleted, reordered, cut, swapped)


def _by_the_verifier(links: tuple[Link, ...], known: tuple[KnownHead, ...], trusted: tuple[str, ...]) -> list[object]:
    walk = Walk(Seals(trusted=frozenset(trusted), verify=verify_fast), KnownHeads.of(known))
    walk.walk_all(links)
    walk.finish()
    return list(walk.problems)


def _by_the_audit(record: Record, links: tuple[Link, ...], folder: Path, known: Any, trusted: Any) -> list[object]:
    """The same rows in the file of the store."""
    folder.mkdir()
    shutil.copy(record.home / "store.db", folder / "store.db")
    with closing(sqlite.library().connect(str(folder / "store.db"), isolation_level=None)) as connection:
        for statement in UNGUARD:
            connection.execute(statement)
        rows = [
            (n, each.station, each.epoch, each.seq, each.id, each.body, bytes.fromhex(each.prev), bytes.fromhex(each.hash))
            for n, each in enumerate(links, 1)
        ]
        connection.executemany(INSERT, rows)
    with closing(Store.open_reader(folder)) as reader:
        return list(reader.audit(known=known, trusted=trusted).flaws)


@pytest.mark.parametrize("way", WAYS, ids=[each.__name__ for each in WAYS])
def test_every_tampering_is_found(record: Record, tmp_path: Path, way: Callable[[Record, random.Random], Tampered]) -> None:
    for seed in [each for each in SEEDS if WAYS[each % len(WAYS)] is way]:
        done = way(record, random.Random(seed))
        known = (record.receipt,) if done.needs == "receipt" else ()
        trusted = (record.key,) if done.needs == "key" else ()
        assert done.links != record.links, seed
        assert _by_the_verifier(done.links, known, trusted), f"the verifier missed it: BAYLIGHT_SEED={seed}"
        folder = tmp_path / str(seed)
        assert _by_the_audit(record, done.links, folder, known, trusted), f"the audit missed it: BAYLIGHT_SEED={seed}"
        shutil.rmtree(folder)


def test_the_record_as_it_was_is_proven(record: Record, tmp_path: Path) -> None:
    """By the same ways: what finds everything would be worth nothing."""
    known, trusted = (record.receipt,), (record.key,)
    assert _by_the_verifier(record.links, known, trusted) == []
    assert _by_the_audit(record, record.links, tmp_path / "same", known, trusted) == []
