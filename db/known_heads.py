"""Heads of a chain that somebody keeps elsewhere: receipts of the site database, daily head files, a number on a printed report.

What a record cannot show by itself is that its end was cut off, or that all of it was made again. A hash that is kept where the
record's owner cannot change it shows both. Standard library only: auditors run it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from db.ed25519 import verify_signature
from db.seals import HEADS, Verify, is_signed, key_id_of, signed_text


@dataclass(frozen=True, slots=True)
class KnownHead:
    """Event `seq` of the epoch had this hash (hexadecimal). `epoch` "": of any epoch. `station` "": of the record in hand."""

    seq: int
    head: str
    epoch: str = ""
    station: str = ""
    source: str = ""


@dataclass(slots=True)
class KnownHeads:
    """Compares a chain with the heads that are known. `see` every event, then ask for the `problems`."""

    wanted: tuple[KnownHead, ...] = ()
    reached: dict[str, int] = field(default_factory=dict)  # the last seq of each epoch
    _seqs: frozenset[int] = frozenset()
    _seen: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, heads: Iterable[KnownHead], station: str = "") -> KnownHeads:
        """Those of them that are of this station."""
        wanted = tuple(each for each in heads if not station or each.station in ("", station))
        return cls(wanted, _seqs=frozenset(each.seq for each in wanted))

    def see(self, epoch: str, seq: int, hash: str) -> None:
        """An event of the chain."""
        self.reached[epoch] = seq
        if seq in self._seqs:
            self.saw(epoch, seq, hash)

    def saw(self, epoch: str, seq: int, hash: str) -> None:
        """An event of the chain that is one of those to compare."""
        self._seen[epoch, seq] = hash

    def problems(self) -> Iterator[tuple[KnownHead, str]]:
        """The known heads that this chain does not have, and in which way."""
        for each in self.wanted:
            if not self._has(each):
                yield each, self._problem(each)

    def _has(self, known: KnownHead) -> bool:
        epochs = (known.epoch,) if known.epoch else self.reached
        return any(self._seen.get((epoch, known.seq)) == known.head for epoch in epochs)

    def _problem(self, known: KnownHead) -> str:
        of = f" ({known.source})" if known.source else ""
        if known.epoch and known.epoch not in self.reached:
            return f"epoch {known.epoch}, of which event {known.seq} is known{of}, is missing"
        last = self.reached.get(known.epoch, 0) if known.epoch else max(self.reached.values(), default=0)
        if last < known.seq:
            return f"event {known.seq} is known{of}, and the record ends at {last}: the events after it are missing"
        return f"event {known.seq} has another hash than the one that is known{of}"


def read_heads(text: str, source: str = "", *, keys: Collection[str] = (), verify: Verify = verify_signature) -> list[KnownHead]:
    """The heads in a file: one that a station writes daily, or JSON lines with epoch, seq and head, as receipts are kept.

    A signed file must be signed right, and by one of these public keys where any are given. Raises ValueError with what is wrong.
    """
    try:
        return [known for body in _bodies(text) for known in _heads_of(body, source, keys, verify)]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{source}: no file of heads") from error


def parse_head(text: str) -> KnownHead:
    """`SEQ:HEX` or `EPOCH:SEQ:HEX`. Raises ValueError."""
    epoch, _, rest = text.rpartition(":")[0].rpartition(":")
    head = text.rpartition(":")[2].lower()
    if len(bytes.fromhex(head)) != 32:
        raise ValueError(f"no hash of 64 hexadecimal digits: {head}")
    return KnownHead(int(rest), head, epoch=epoch)


def heads_text(body: Mapping[str, object]) -> bytes:
    """What the signature of a head file signs: all of it but the signature."""
    return signed_text(HEADS, {name: value for name, value in body.items() if name != "signature"})


def _bodies(text: str) -> Iterator[dict[str, object]]:
    """One JSON value, or one on each line."""
    try:
        whole = json.loads(text)
    except ValueError:
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
        return
    yield from whole if isinstance(whole, list) else [whole]


def _heads_of(body: Mapping[str, object], source: str, keys: Collection[str], verify: Verify) -> Iterator[KnownHead]:
    if "signature" in body:
        _refuse_forged(body, source, keys, verify)
    chains = body.get("chains", [body])
    for each in chains if isinstance(chains, list) else []:
        named = (str(each.get("epoch", "")), str(each.get("station", "")))
        yield KnownHead(int(each["seq"]), str(each["head"]).lower(), epoch=named[0], station=named[1], source=source)


def _refuse_forged(body: Mapping[str, object], source: str, keys: Collection[str], verify: Verify) -> None:
    public_key = str(body.get("public_key"))
    if not is_signed(public_key, heads_text(body), str(body["signature"]), verify):
        raise ValueError(f"{source}: the signature is not right")
    if keys and public_key not in keys:
        raise ValueError(f"{source}: signed by {key_id_of(bytes.fromhex(public_key))}, which is no key of this record")
