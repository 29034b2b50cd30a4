"""The fast proof of a log against the plain one: the same report for the same tampering, whatever it is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from db import chain, long_chain, sqlite
from db.rows.events import ChainReport
from db.store import Store
from db.verifier import Link, Verifier, link_hash

from .made import closed, picked, put

Row = list[Any]  # station, epoch, seq, id, body, prev, hash
SEQ, ID, BODY, PREV, HASH = 2, 3, 4, 5, 6


def _log(store: Store) -> list[Row]:
    """Two epochs, with texts that JSON has to escape."""
    store.append([put(1, lot='a"b\\c'), put(2, lot=',"epoch":"x"'), put(3, lot="é\n\0")], operator="p_1").result()
    store._writer.submit(lambda connection: store._log.open_epoch(connection, why="restored")).result()
    for n in range(6):
        store.append([picked(n, order="O", line=str(n)), closed(str(n), n)], operator="p_1", role="operator").result()
    found = store.events(limit=None)
    return [[e.station, e.epoch, e.seq, e.id, e.body, bytes.fromhex(e.prev), bytes.fromhex(e.hash)] for e in found]


def _plain(rows: Iterable[Row]) -> ChainReport:
    verifier, broken_at, problem = Verifier(), None, ""
    for row in rows:
        problem = verifier.check(Link(*row[:PREV], row[PREV].hex(), row[HASH].hex()))
        if problem:
            broken_at = row[SEQ]
            break
    return long_chain._report(verifier, broken_at=broken_at, problem=problem)


def _fast(rows: Iterable[Row]) -> ChainReport:
    """As SQLite would hand them out."""
    memory = sqlite.library().connect(":memory:")
    with_valid = [(*row, memory.execute("SELECT json_valid(?)", (row[BODY],)).fetchone()[0]) for row in rows]
    memory.close()
    return long_chain._walk(with_valid, Verifier())


def _rehash(rows: list[Row], start: int) -> None:
    """A forger who knows the rule: every hash fits again from here on, as long as the epoch lasts."""
    for at in range(start, len(rows)):
        if at > start:
            if rows[at][1] != rows[at - 1][1]:
                return
            rows[at][PREV] = rows[at - 1][HASH]
        rows[at][HASH] = link_hash(rows[at][PREV], rows[at][BODY])


def _with(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def changed(body: str) -> str:
        made = json.loads(body)
        change(made)
        return json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    return changed


FORGED: tuple[Callable[[str], str], ...] = (
    lambda body: body.replace('"quantity":', '"quantity":9'),
    lambda body: body[:-1],
    lambda body: body + "}",
    lambda body: body + " ",
    lambda body: " " + body,
    lambda body: "[" + body,
    lambda body: '{"data":' + body,
    lambda body: '{"data":' + body + "}",
    lambda body: "{}\0" + body[1:],
    lambda body: body[:-1] + ',"seq":1}',
    lambda body: body[:-1] + ',"station":"S2"}',
    lambda body: body[:-1] + ',"w":{"epoch":"y"}}',
    lambda body: body.replace('"v":1', '"v":01'),
    lambda body: body.replace('"v":1', '"v":NaN'),
    lambda body: body.replace('"seq":', '"seq":0'),
    lambda body: body.replace('"tz":"', '"tz":"\\'),
    lambda body: body.replace('"tz":"', '"tz":"\n'),
    lambda body: body.replace('"mono_us":', '"mono_us":1,"id":"x","mono_us":'),
    lambda body: body.replace('"mono_us":', '"mono_us":' + "9" * 5000),
    lambda body: body.replace('"kind":', '"kind":"x","id":"z","kind":'),
    lambda body: '{"epoch":"e","q":' + body[:-1] + "},7}",
    lambda body: "[]",
    lambda body: "",
    _with(lambda body: body.update(seq=str(body["seq"]))),
    _with(lambda body: body.update(seq=float(body["seq"]))),
    _with(lambda body: body.update(id=body["id"] + "x")),
    _with(lambda body: body.update(epoch="é")),
    _with(lambda body: body.pop("station")),
    _with(lambda body: body.pop("v")),
)


def _tamper(rows: list[Row], chance: random.Random) -> None:
    at = chance.randrange(len(rows))
    match chance.choice(("body", "body", "body", "drop", "double", "swap", "column", "byte")):
        case "body":
            rows[at][BODY] = chance.choice(FORGED)(rows[at][BODY])
        case "drop":
            del rows[at]
        case "double":
            rows.insert(at, list(rows[at]))
        case "swap":
            other = chance.randrange(len(rows))
            rows[at], rows[other] = rows[other], rows[at]
        case "column":
            column = chance.choice((0, 1, ID, PREV, HASH))
            rows[at][column] = chance.choice(rows)[column]
        case _:
            where = chance.randrange(len(rows[at][BODY]))
            rows[at][BODY] = rows[at][BODY][:where] + chance.choice('x"\\{},1\0') + rows[at][BODY][where + 1 :]
    if rows and chance.random() < 0.7:
        _rehash(rows, min(at, len(rows) - 1))


def test_the_fast_proof_finds_what_the_plain_one_finds(store: Store) -> None:
    rows = _log(store)
    whole = _fast(rows)
    assert whole == _plain(rows) == chain.verify(store.events(limit=None)) == store.verify()
    assert (whole.is_ok, whole.epochs, whole.events) == (True, 2, len(rows))
    chance, problems = random.Random(7), set()
    for _ in range(1500):
        forged = [list(row) for row in rows]
        _tamper(forged, chance)
        plain = _plain(forged)
        assert _fast(forged) == plain
        problems.add(plain.problem.split(" ")[0])
    assert len(problems) >= 5, problems


@pytest.mark.parametrize("forge", FORGED)
def test_a_forged_body_with_fitting_hashes_is_judged_alike(store: Store, forge: Callable[[str], str]) -> None:
    rows = _log(store)
    rows[7][BODY] = forge(rows[7][BODY])
    _rehash(rows, 7)
    assert _fast(rows) == _plain(rows)
