from __future__ import annotations

import dataclasses
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from db import chain, verifier
from db.errors import StoreError
from db.rows.events import EventRow
from db.store import Store

from .made import put


def _three(store: Store) -> tuple[EventRow, ...]:
    store.append([put(1), put(2)]).result()
    return store.events()


def test_each_hash_is_over_the_hash_before_and_the_stored_body(store: Store) -> None:
    prev = bytes(32)
    for row in _three(store):
        assert row.prev == prev.hex()
        prev = hashlib.sha256(prev + row.body.encode()).digest()
        assert row.hash == prev.hex()


def test_the_first_event_opens_the_epoch(store: Store) -> None:
    first = store.events()[0]
    assert (first.seq, first.kind, first.prev) == (1, "epoch_opened", "00" * 32)


def _rehashed(row: EventRow, body: str) -> EventRow:
    return dataclasses.replace(row, body=body, hash=verifier.link_hash(bytes.fromhex(row.prev), body).hex())


def _numbered(row: EventRow, seq: int) -> EventRow:
    """The same event with another seq, everywhere, and a hash that fits."""
    return dataclasses.replace(_rehashed(row, row.body.replace(f'"seq":{row.seq}', f'"seq":{seq}')), seq=seq)


def test_any_change_to_a_row_is_found(store: Store) -> None:
    one, two, three = _three(store)
    assert chain.verify([one, two, three]).is_ok
    changed = two.body.replace('"quantity":1', '"quantity":9')
    assert changed != two.body
    for broken, where in [
        ([one, dataclasses.replace(two, body=changed), three], 2),
        ([one, _rehashed(two, changed), three], 3),  # the next prev gives it away
        ([one, three], 3),
        ([two, three], 2),
        ([one, three, two], 3),
        ([one, two, two], 2),
        ([one, dataclasses.replace(two, id=three.id), three], 2),
        ([one, two, dataclasses.replace(three, prev=one.hash)], 3),
        ([one, two, _numbered(three, 9)], 9),
        ([one, _rehashed(two, "[]"), three], 2),
    ]:
        assert chain.verify(broken).broken_at == where


def test_an_epoch_must_continue_at_the_head_of_the_one_before(store: Store) -> None:
    rows = _three(store)
    good = store._writer.submit(lambda connection: store._log.open_epoch(connection, why="restored")).result()
    assert chain.verify([*rows, *good]).epochs == 2
    body = json.loads(good[0].body)
    body["data"]["old_seq"] = 2
    lied = _rehashed(good[0], chain.canonical(body))
    assert "head of its predecessor" in chain.verify([*rows, lied]).problem


def test_a_body_is_canonical_and_knows_no_float(store: Store) -> None:
    body = store.events()[0].body
    assert body == json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with pytest.raises(StoreError):
        chain.canonical({"data": {"quantity": 1.5}})
    with pytest.raises(StoreError):
        chain.canonical({"data": {"scanned": "\ud800"}})


def _export(store: Store, path: Path) -> Path:
    names = ("station", "epoch", "seq", "id", "body", "prev", "hash")
    lines = [json.dumps({name: getattr(row, name) for name in names}) for row in store.events()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_copy_of_the_verifier_alone_proves_an_export(store: Store, tmp_path: Path) -> None:
    _three(store)
    script = tmp_path / "elsewhere.py"
    script.write_bytes(Path(verifier.__file__).read_bytes())
    export = _export(store, tmp_path / "events.jsonl")
    proven = subprocess.run([sys.executable, "-I", str(script), str(export)], capture_output=True, text=True, check=False)
    assert (proven.returncode, json.loads(proven.stdout)["events"]) == (0, 3)
    export.write_text(export.read_text(encoding="utf-8").replace('quantity\\":2', 'quantity\\":3'), encoding="utf-8")
    assert verifier.main([str(export)]) == 1
    assert verifier.main([str(tmp_path / "missing")]) == 2
