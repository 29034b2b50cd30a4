"""Whoever can write the file: each thing he may do to the record, and by what it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db import sqlite
from db.chain import canonical, link_of
from db.export_proof import Walk
from db.known_heads import KnownHead, KnownHeads
from db.rows.audit import AuditReport
from db.seals import Seals, checkpoint_text, key_id_of
from db.station_key import StationKey
from db.store import Store
from db.verifier import ZERO, Link, link_hash

from .made import put

Bodies = list[dict[str, Any]]


@pytest.fixture
def key(store: Store) -> StationKey:
    """The key of a store with eight events: 3 to 5 and 7 are bookings, 6 and 8 checkpoints."""
    key = store.sealing.begin()
    for quantities in ((1, 2, 3), (4,)):
        store.append([put(each) for each in quantities]).result()
        store.sealing.seal().result()
    return key


@pytest.fixture
def links(store: Store, key: StationKey) -> list[Link]:
    return [link_of(row) for row in store.events()]


def proven(links: list[Link], *, trusted: tuple[str, ...] = (), known: tuple[KnownHead, ...] = ()) -> list[tuple[object, ...]]:
    """What the stand-alone verifier finds: (check, seq, problem)."""
    walk = Walk(Seals(trusted=frozenset(trusted)), KnownHeads.of(known))
    walk.walk_all(links)
    walk.finish()
    return list(walk.problems)


def made_again(links: list[Link], change: Callable[[Bodies], None], forger: Ed25519PrivateKey | None = None) -> list[Link]:
    """The whole chain computed again over changed bodies; with a key of his own its checkpoints too."""
    bodies = [json.loads(each.body) for each in links]
    change(bodies)
    made, prev = [], ZERO
    for body in bodies:
        if forger is not None:
            _sign_again(body, prev, forger)
        text = canonical(body)
        hash = link_hash(prev, text)
        made.append(Link(body["station"], body["epoch"], body["seq"], body["id"], text, prev.hex(), hash.hex()))
        prev = hash
    return made


def _sign_again(body: dict[str, Any], prev: bytes, forger: Ed25519PrivateKey) -> None:
    public = forger.public_key().public_bytes_raw()
    if body["kind"] == "key_made":
        body["data"] |= {"key_id": key_id_of(public), "public_key": public.hex()}
    if body["kind"] == "checkpoint":
        text = checkpoint_text(body["station"], body["epoch"], body["seq"] - 1, prev.hex())
        body["data"] |= {"head": prev.hex(), "key_id": key_id_of(public), "signature": forger.sign(text).hex()}


def more(bodies: Bodies) -> None:
    bodies[3]["data"]["quantity"] = 99


def nothing(bodies: Bodies) -> None:
    """Only computed again."""


def heads_right(bodies: Bodies) -> None:
    """The forger has no key, but repairs what a checkpoint says of the chain."""
    more(bodies)
    prev = ZERO
    for body in bodies:
        if body["kind"] == "checkpoint":
            body["data"]["head"] = prev.hex()
        prev = link_hash(prev, canonical(body))


def test_an_honest_record_is_proven(links: list[Link], key: StationKey) -> None:
    head = KnownHead(8, links[-1].hash)
    assert proven(links, trusted=(key.public_key,), known=(head,)) == []


def test_an_edited_body_is_found(links: list[Link]) -> None:
    edited = links[3].body.replace('"quantity":2', '"quantity":9')
    one = links[3]
    links[3] = Link(one.station, one.epoch, one.seq, one.id, edited, one.prev, one.hash)
    assert proven(links) == [("chain", 4, "hash is not that of the body")]


def test_swapped_events_are_found(links: list[Link]) -> None:
    links[3], links[4] = links[4], links[3]
    assert proven(links) == [("chain", 5, "seq is 5 where 4 follows")]


def test_a_chain_made_again_without_the_key_is_found_at_its_next_checkpoint(links: list[Link], key: StationKey) -> None:
    assert proven(made_again(links, more))[0] == ("checkpoint", 6, "the checkpoint does not sign the event before it")
    assert proven(made_again(links, heads_right))[0] == ("checkpoint", 6, f"the checkpoint's signature is not by {key.key_id}")


def test_a_chain_made_again_with_another_key_needs_something_from_elsewhere(links: list[Link], key: StationKey) -> None:
    forged = made_again(links, more, Ed25519PrivateKey.generate())
    assert proven(forged) == [], "this is the limit of what a record can show by itself"
    by_key = proven(forged, trusted=(key.public_key,))
    assert by_key[0][:2] == ("checkpoint", 6)
    assert "no trusted key" in str(by_key[0][2])
    assert by_key[-1] == ("key", None, "no checkpoint is signed by a trusted key")
    by_head = proven(forged, known=(KnownHead(8, links[-1].hash, source="receipt"),))
    assert by_head == [("head", 8, "event 8 has another hash than the one that is known (receipt)")]


def test_a_cut_end_is_found_by_a_known_head(links: list[Link]) -> None:
    cut = links[:6]
    assert proven(cut) == []
    found = proven(cut, known=(KnownHead(8, links[-1].hash, epoch=links[0].epoch),))
    assert found == [("head", 8, "event 8 is known, and the record ends at 6: the events after it are missing")]


def test_a_missing_epoch_is_found_by_a_known_head(links: list[Link]) -> None:
    found = proven(links, known=(KnownHead(3, "ab" * 32, epoch="e0"),))
    assert found == [("head", 3, "epoch e0, of which event 3 is known, is missing")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"through_seq": 4}, "the checkpoint does not sign the event before it"),
        ({"key_id": "k_0000000000000000"}, "the checkpoint is signed by a key that the record does not name"),
        ({"signature": "00" * 64}, "the checkpoint's signature is not by k_"),
        ({"signature": "no hex"}, "the checkpoint's signature is not by k_"),
    ],
)
def test_a_forged_checkpoint_is_found(links: list[Link], change: dict[str, Any], sentence: str) -> None:
    last = made_again(links, lambda bodies: bodies[-1]["data"].update(change))[-1:]
    ((check, seq, problem),) = proven([*links[:-1], *last])
    assert (check, seq) == ("checkpoint", 8)
    assert sentence in str(problem)


def test_a_checkpoint_of_another_place_is_no_signature_here(links: list[Link]) -> None:
    """The same key, another epoch: the signed text names the chain that it is of."""
    last = made_again(links, nothing)[-1]
    moved = json.loads(last.body)
    moved["epoch"] = "e2"
    fake = Link(last.station, "e2", 8, last.id, canonical(moved), last.prev, last.hash)
    seals = Seals()
    assert seals.check(links[1]) == ""
    assert "signature is not by" in seals.check(fake)


def test_a_key_under_a_wrong_name_is_found(links: list[Link]) -> None:
    wrong = made_again(links, lambda bodies: bodies[1]["data"].update(public_key="00" * 32))
    assert proven(wrong)[0] == (
        "checkpoint",
        2,
        f"the key {json.loads(links[1].body)['data']['key_id']} is not what its name says",
    )


# --- the same in the store


@pytest.fixture
def file(store: Store, key: StationKey, tmp_path: Path) -> Path:
    """A copy of the store with nothing to guard it, as one has it who may write the file."""
    store.backup(tmp_path / "copy.db").result()
    (tmp_path / "taken").mkdir()
    path = (tmp_path / "copy.db").rename(tmp_path / "taken" / "store.db")
    change(path, "DROP TRIGGER event_is_never_changed", "DROP TRIGGER event_is_never_deleted")
    return path


def change(path: Path, *statements: str) -> None:
    connection: Any = sqlite.load().connect(str(path))
    for each in statements:
        connection.execute(each)
    connection.commit()
    connection.close()


def audited(path: Path, **more: Any) -> AuditReport:
    reader = Store.open_reader(path.parent)
    try:
        return reader.audit(**more)
    finally:
        reader.close()


def test_the_store_proves_itself(store: Store, key: StationKey) -> None:
    report = store.audit(trusted=[key.public_key], known=[_head(store)])
    assert report.is_ok
    assert (report.events, report.seq, report.checkpoints, report.sealed_seq, report.known_heads) == (8, 8, 2, 7, 1)
    assert report.keys == ((key.key_id, key.public_key),)


def _head(store: Store) -> KnownHead:
    epoch, seq, head = store.head()
    return KnownHead(seq, head, epoch=epoch)


def test_an_edited_row_is_found(file: Path) -> None:
    change(file, "UPDATE event SET body = json_set(body, '$.data.quantity', 9) WHERE seq = 4")
    flaw = audited(file).flaws[0]
    assert (flaw.check, flaw.seq, flaw.problem) == ("chain", 4, "hash is not that of the body")


def test_deleted_rows_are_found_by_the_receipt(store: Store, file: Path) -> None:
    epoch, seq, head = store.head()
    receipt = f"INSERT INTO sync_receipt VALUES ('{epoch}', {seq}, x'{head}', '2026-11-26T06:00:00Z', 'v1')"
    change(file, receipt)
    report = audited(file)
    assert (report.is_ok, report.receipts) == (True, 1)
    change(file, "DELETE FROM event WHERE seq > 6")
    (flaw,) = audited(file).flaws
    assert (flaw.check, flaw.seq) == ("receipt", 8)
    assert "the record ends at 6" in flaw.problem


def test_a_receipt_for_another_hash_is_found(store: Store, file: Path) -> None:
    epoch, seq, _ = store.head()
    change(file, f"INSERT INTO sync_receipt VALUES ('{epoch}', {seq}, x'{'ab' * 32}', '2026-11-26T06:00:00Z', 'v1')")
    (flaw,) = audited(file).flaws
    assert flaw.problem == "event 8 has another hash than the one that is known (receipt of 2026-11-26T06:00:00Z)"


def test_a_forged_checkpoint_in_the_store_is_found(store: Store, file: Path, links: list[Link]) -> None:
    last = made_again(links, lambda bodies: bodies[-1]["data"].update(signature="00" * 64))[-1]
    change(file, f"UPDATE event SET body = '{last.body}', hash = x'{last.hash}' WHERE seq = 8")
    (flaw,) = audited(file).flaws
    assert (flaw.check, flaw.seq) == ("checkpoint", 8)
