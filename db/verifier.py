"""The stand-alone proof of the record: Python's standard library only, so that an auditor can run a copy of this one file.

    baylight events --json > events.jsonl
    python verifier.py events.jsonl

Each line needs station, epoch, seq, id, body, prev and hash. hash = SHA-256(prev as 32 raw bytes + body in UTF-8); prev of an
epoch's first event is 32 zero bytes; seq counts from 1 without gaps; an epoch opens with `epoch_opened`, which names the epoch
before it, the last event of it that is known, and that event's hash.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

ZERO = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """One event, as far as the proof needs it. `prev` and `hash` are hexadecimal."""

    station: str
    epoch: str
    seq: int
    id: str
    body: str
    prev: str
    hash: str


def link_hash(prev: bytes, body: str) -> bytes:
    """The hash of an event: over the hash before it and the stored body."""
    return hashlib.sha256(prev + body.encode("utf-8")).digest()


@dataclass(slots=True)
class Verifier:
    """Walks a chain, event by event. `check` says what is wrong with the next one, "" when nothing is.

    To walk only the tail of a chain, give `seq` and `head` of the event before it, and its `epoch`.
    """

    epoch: str = ""
    seq: int = 0
    head: bytes = ZERO
    events: int = 0
    epochs: set[str] = field(default_factory=set)

    def check(self, link: Link) -> str:
        """Take the next event."""
        starts_epoch = link.epoch != self.epoch
        expected_seq = 1 if starts_epoch else self.seq + 1
        expected_prev = ZERO if starts_epoch else self.head
        if starts_epoch and link.epoch in self.epochs:
            return f"epoch {link.epoch} goes on after another one began"
        if link.seq != expected_seq:
            return f"seq is {link.seq} where {expected_seq} follows"
        if link.prev != expected_prev.hex():
            return "prev is not the hash of the event before"
        computed = link_hash(expected_prev, link.body)
        if link.hash != computed.hex():
            return "hash is not that of the body"
        problem = self._check_body(link, starts_epoch)
        if not problem:
            self._advance(link, computed, starts_epoch)
        return problem

    def _check_body(self, link: Link, starts_epoch: bool) -> str:
        try:
            body = json.loads(link.body)
            named = (body["station"], body["epoch"], body["seq"], body["id"])
        except (ValueError, KeyError, TypeError):
            return "the body is not an event's"
        if named != (link.station, link.epoch, link.seq, link.id):
            return "the body names another event"
        if not starts_epoch:
            return ""
        if body["kind"] != "epoch_opened":
            return "the epoch does not begin with epoch_opened"
        return self._check_old_epoch(body["data"])

    def _check_old_epoch(self, data: dict[str, object]) -> str:
        """An epoch we walked must be continued where we left it. One we never saw cannot be proven here."""
        old = str(data["old_epoch"])
        if old != self.epoch:
            return "the epoch names another one as its predecessor" if self.epoch else ""
        known = self.seq > 0
        if known and (data["old_seq"], data["old_head"]) != (self.seq, self.head.hex()):
            return "the epoch does not continue at the head of its predecessor"
        return ""

    def _advance(self, link: Link, head: bytes, starts_epoch: bool) -> None:
        if starts_epoch:
            self.epochs.add(link.epoch)
        self.epoch, self.seq, self.head = link.epoch, link.seq, head
        self.events += 1


def read_links(lines: Iterable[str]) -> Iterator[Link]:
    """Links from JSON lines."""
    for line in lines:
        if line.strip():
            row = json.loads(line)
            yield Link(row["station"], row["epoch"], row["seq"], row["id"], row["body"], row["prev"], row["hash"])


def main(arguments: list[str]) -> int:
    """Verify a file (or standard input) of JSON lines. Exit 0: proven, 1: broken, 2: not readable."""
    verifier = Verifier()
    report: dict[str, object] = {"ok": True, "broken_at": None, "problem": ""}
    try:
        with open(arguments[0], encoding="utf-8") if arguments else sys.stdin as lines:
            for link in read_links(lines):
                problem = verifier.check(link)
                if problem:
                    report = {"ok": False, "broken_at": link.seq, "problem": problem}
                    break
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"not a file of events: {error}\n")
        return 2
    report |= {"events": verifier.events, "epochs": len(verifier.epochs), "head": verifier.head.hex()}
    sys.stdout.write(json.dumps(report) + "\n")
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
