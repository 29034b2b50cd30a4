"""The hash chain of the log: canonical bodies, and the proof that the stored events are the ones that were written.

The rule itself is in `db.verifier`, which auditors run alone; here it meets the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from db.errors import BAD_REQUEST, Kind, StoreError
from db.rows.events import ChainReport, EventRow
from db.verifier import Link, Verifier

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False)


def canonical(body: Mapping[str, object]) -> str:
    """The one way to write a body: sorted keys, no spaces, UTF-8, integers only. Raises StoreError (a bug) for a float or for
    text that has no UTF-8, before anything is written."""
    for value in body.values():
        _refuse_float(value)
    text = _ENCODER.encode(body)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise StoreError(BAD_REQUEST, f"text without an UTF-8 form: {error}", kind=Kind.BUG) from error
    return text


def _refuse_float(value: object) -> None:
    if isinstance(value, float):
        raise StoreError(BAD_REQUEST, "a float has no place in the record", kind=Kind.BUG)
    if isinstance(value, Mapping):
        for each in value.values():
            _refuse_float(each)
    elif isinstance(value, tuple | list):
        for each in value:
            _refuse_float(each)


def link_of(row: EventRow) -> Link:
    """An event as the verifier wants it."""
    return Link(row.station, row.epoch, row.seq, row.id, row.body, row.prev, row.hash)


def verify(rows: Iterable[EventRow], *, after: EventRow | None = None) -> ChainReport:
    """Prove rows given in the order of the log; with `after`, the rows that follow that event."""
    verifier = Verifier()
    if after is not None:
        verifier = Verifier(epoch=after.epoch, seq=after.seq, head=bytes.fromhex(after.hash), epochs={after.epoch})
    broken_at, problem = None, ""
    for row in rows:
        problem = verifier.check(link_of(row))
        if problem:
            broken_at = row.seq
            break
    return ChainReport(
        events=verifier.events, epochs=len(verifier.epochs), head=verifier.head.hex(), broken_at=broken_at, problem=problem
    )
