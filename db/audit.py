"""The whole proof of a store: chain, keys and checkpoints, receipts of the site database, heads that somebody keeps elsewhere.

The chain is walked once. What is signed or known of single events is then looked up by the index: where the chain is right, the
stored hash of an event is what all events before it come to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from sqlalchemy import Connection

from db.chain import link_of
from db.known_heads import KnownHead, KnownHeads
from db.proof import verify_chain
from db.queries import events
from db.rows.audit import AuditReport, Flaw
from db.seals import Seals
from db.station_key import verify_fast

_SEALS = ("checkpoint", "key_made")
_LAST = "SELECT epoch, max(seq) FROM event GROUP BY epoch"
_HASH = "SELECT hash FROM event WHERE station = ? AND epoch = ? AND seq = ?"
_RECEIPTS = "SELECT epoch, seq, head, received_at FROM sync_receipt ORDER BY epoch, seq"


def audit(
    connection: Connection,
    *,
    known: Collection[KnownHead] = (),
    trusted: Collection[str] = (),
    told: Callable[[int], None] | None = None,
    every: int = 20_000,
) -> AuditReport:
    """Prove everything. `trusted` are public keys in hexadecimal that the reader has from elsewhere; `told` hears how many events
    were taken, after every so many."""
    chain = verify_chain(connection, full=True, told=told, every=every)
    epoch, seq, head = events.head(connection)
    station = events.station(connection)
    flaws = [] if chain.is_ok else [Flaw(check="chain", seq=chain.broken_at, problem=chain.problem)]
    seals = Seals(trusted=frozenset(trusted), verify=verify_fast)
    flaws += _check_seals(connection, seals)
    receipts = tuple(receipt_heads(connection))
    flaws += _compare(connection, "receipt", receipts, station)
    flaws += _compare(connection, "head", known, station)
    return AuditReport(
        station=station,
        events=chain.events,
        epochs=chain.epochs,
        epoch=epoch,
        seq=seq,
        head=head,
        checkpoints=seals.checkpoints,
        sealed_epoch=seals.epoch,
        sealed_seq=seals.seq,
        keys=tuple(sorted(seals.keys.items())),
        receipts=len(receipts),
        known_heads=len(KnownHeads.of(known, station).wanted),
        flaws=tuple(flaws),
    )


def receipt_heads(connection: Connection) -> Iterator[KnownHead]:
    """What the site database said it has."""
    for epoch, seq, head, received_at in connection.exec_driver_sql(_RECEIPTS):
        yield KnownHead(seq, head.hex(), epoch=epoch, source=f"receipt of {received_at}")


def _check_seals(connection: Connection, seals: Seals) -> Iterator[Flaw]:
    for row in events.events(connection, kinds=_SEALS):
        problem = seals.check(link_of(row))
        if problem:
            yield Flaw(check="checkpoint", epoch=row.epoch, seq=row.seq, problem=problem)
    problem = seals.finish()
    if problem:
        yield Flaw(check="key", problem=problem)


def _compare(connection: Connection, check: str, known: Iterable[KnownHead], station: str) -> Iterator[Flaw]:
    heads = KnownHeads.of(known, station)
    for epoch, seq in connection.exec_driver_sql(_LAST):
        heads.reached[epoch] = seq
    for each in heads.wanted:
        for epoch in (each.epoch,) if each.epoch else heads.reached:
            for hash in connection.exec_driver_sql(_HASH, (station, epoch, each.seq)).scalars():
                heads.saw(epoch, each.seq, hash.hex())
    for missed, problem in heads.problems():
        yield Flaw(check=check, epoch=missed.epoch, seq=missed.seq, problem=problem)
