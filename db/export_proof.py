"""The verifier that goes with an export: whether its files are those that were signed, and what they prove.

    python -I verifier.py [EXPORT DIRECTORY or events.jsonl] [--key HEX]... [--head SEQ:HEX]... [--heads FILE]...

A report as JSON on standard output, a sentence for each thing that is wrong on standard error. Exit 0: proven, 1: not, 2: no
export that can be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.known_heads import KnownHead, KnownHeads, parse_head, read_heads
from db.seals import Seals, is_signed, manifest_text
from db.verifier import ZERO, Link, Verifier, link_hash, read_links

EVENTS_FILE = "events.jsonl"
CHAIN_FILE = "chain.jsonl"
MANIFEST_FILE = "manifest.json"
SIGNATURE_FILE = "manifest.sig"

Report = dict[str, object]


@dataclass(slots=True)
class Walk:
    """What is found on the way through the events. `problems`: (check, seq or None, sentence)."""

    seals: Seals
    heads: KnownHeads = field(default_factory=KnownHeads)
    events: int = 0
    epochs: set[str] = field(default_factory=set)
    head: str = ZERO.hex()
    last: tuple[str, int] = ("", 0)
    problems: list[tuple[str, int | None, str]] = field(default_factory=list)

    def add(self, check: str, seq: int | None, problem: str) -> None:
        """Something that is wrong, where it is."""
        if problem:
            self.problems.append((check, seq, problem))

    def walk_all(self, links: Iterable[Link]) -> None:
        """A whole record: every event follows the one before. It ends at the first that does not."""
        verifier = Verifier()
        for link in links:
            problem = verifier.check(link)
            if problem:
                self.add("chain", link.seq, problem)
                return
            self._take(link)
            self.heads.see(link.epoch, link.seq, link.hash)

    def walk_some(self, links: Iterable[Link], chain: Mapping[tuple[str, int], str]) -> None:
        """Some events of a record, each held against the hashes of all."""
        for link in links:
            problem = _problem_in(link, chain)
            if problem:
                self.add("chain", link.seq, problem)
                continue
            self._take(link)

    def _take(self, link: Link) -> None:
        self.events += 1
        self.epochs.add(link.epoch)
        self.head, self.last = link.hash, (link.epoch, link.seq)
        self.add("checkpoint", link.seq, self.seals.check(link))

    def finish(self) -> None:
        """What only the end shows."""
        self.add("key", None, self.seals.finish())
        if not any(check == "chain" for check, _, _ in self.problems):
            for known, problem in self.heads.problems():
                self.add("head", known.seq, problem)

    def report(self) -> Report:
        """All of it as JSON has it. `sealed_seq`: the last event that a right checkpoint signs."""
        chain = [(seq, problem) for check, seq, problem in self.problems if check == "chain"]
        return {
            "ok": not self.problems,
            "broken_at": chain[0][0] if chain else None,
            "problem": chain[0][1] if chain else "",
            "problems": [{"check": check, "seq": seq, "problem": problem} for check, seq, problem in self.problems],
            "events": self.events,
            "epochs": len(self.epochs),
            "head": self.head,
            "checkpoints": self.seals.checkpoints,
            "sealed_epoch": self.seals.epoch,
            "sealed_seq": self.seals.seq,
            "keys": self.seals.keys,
            "is_key_trusted": bool(self.seals.trusted),
            "known_heads": len(self.heads.wanted),
        }


def _problem_in(link: Link, chain: Mapping[tuple[str, int], str]) -> str:
    """An event beside others that were left out: its place, its hash and its body must fit the hashes of the chain."""
    before = ZERO.hex() if link.seq == 1 else chain.get((link.epoch, link.seq - 1))
    if before is None or chain.get((link.epoch, link.seq)) != link.hash:
        return "the event is not in the chain"
    if link.prev != before:
        return "prev is not the hash of the event before"
    if link_hash(bytes.fromhex(link.prev), link.body).hex() != link.hash:
        return "hash is not that of the body"
    body = json.loads(link.body)
    if [body.get(name) for name in ("station", "epoch", "seq", "id")] != [link.station, link.epoch, link.seq, link.id]:
        return "the body names another event"
    data = body["data"]
    if body["kind"] == "epoch_opened" and chain.get((data["old_epoch"], data["old_seq"]), data["old_head"]) != data["old_head"]:
        return "the epoch does not continue at the head of its predecessor"
    return ""


def read_chain(lines: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """Epoch, seq and hash of each event, in the order of the log. Raises ValueError for a gap."""
    last: dict[str, int] = {}
    for line in lines:
        epoch, seq, hash = json.loads(line)
        if seq != last.get(epoch, 0) + 1:
            raise ValueError(f"{CHAIN_FILE}: seq is {seq} where {last.get(epoch, 0) + 1} follows")
        last[epoch] = seq
        yield epoch, seq, hash


def prove_file(path: Path | None, walk: Walk) -> Report:
    """Events alone, without what an export says of them. None: standard input."""
    with path.open(encoding="utf-8") if path else sys.stdin as lines:
        walk.walk_all(read_links(lines))
    walk.finish()
    return walk.report()


def prove_export(folder: Path, walk: Walk) -> Report:
    """A whole export: signature, files, events. Raises OSError or ValueError for what is no export."""
    raw = (folder / MANIFEST_FILE).read_bytes()
    manifest = json.loads(raw)
    signature = (folder / SIGNATURE_FILE).read_text(encoding="ascii").strip()
    key = str(manifest["public_key"])
    if not is_signed(key, manifest_text(raw), signature):
        walk.add("manifest", None, f"{MANIFEST_FILE} is not what {manifest['key_id']} signed")
    for name, said in manifest["files"].items():
        walk.add("file", None, _problem_of_file(folder, name, str(said["sha256"])))
    with (folder / EVENTS_FILE).open(encoding="utf-8") as lines:
        _walk_export(folder, manifest, walk, read_links(lines))
    walk.add("manifest", None, _problem_of_key(manifest, key, walk.seals))
    walk.finish()
    return walk.report() | {"is_whole": manifest["is_whole"], "filters": manifest["filters"], "signed_by": manifest["key_id"]}


def _walk_export(folder: Path, manifest: Mapping[str, object], walk: Walk, links: Iterable[Link]) -> None:
    said: object = manifest["head"]
    if manifest["is_whole"]:
        walk.walk_all(links)
        end: object = {"epoch": walk.last[0], "seq": walk.last[1], "hash": walk.head}
    else:
        chain: dict[tuple[str, int], str] = {}
        with (folder / CHAIN_FILE).open(encoding="utf-8") as lines:
            for epoch, seq, hash in read_chain(lines):
                chain[epoch, seq] = hash
                walk.heads.see(epoch, seq, hash)
                end = {"epoch": epoch, "seq": seq, "hash": hash}
        walk.walk_some(links, chain)
        walk.head = str(end["hash"]) if chain and isinstance(end, dict) else walk.head
    is_broken = any(check == "chain" for check, _, _ in walk.problems)
    if not is_broken and end != said:
        walk.add("manifest", None, "the events do not end at the head that the manifest names")
    if not is_broken and walk.events != manifest["events"]:
        walk.add("manifest", None, f"there are {walk.events} events, and the manifest names {manifest['events']}")


def _problem_of_file(folder: Path, name: str, digest: str) -> str:
    if "/" in name or "\\" in name:
        return f"{name} is no file of an export"
    sha = hashlib.sha256()
    try:
        with (folder / name).open("rb") as file:
            while piece := file.read(1 << 20):
                sha.update(piece)
    except OSError:
        return f"{name} is missing"
    return "" if sha.hexdigest() == digest else f"{name} is not the file that was signed"


def _problem_of_key(manifest: Mapping[str, object], key: str, seals: Seals) -> str:
    if seals.keys.get(str(manifest["key_id"])) != key:
        return "the manifest is signed by a key that the record does not name"
    if seals.trusted and key not in seals.trusted:
        return f"the manifest is signed by {manifest['key_id']}, which is no trusted key"
    return ""


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Prove an export of a Baylight record, or a file of its events.")
    parser.add_argument("what", nargs="?", help="directory of the export, or file of events, or - (default: beside this file)")
    parser.add_argument("--key", action="append", default=[], metavar="HEX", help="a public key of the station, from elsewhere")
    parser.add_argument("--head", action="append", default=[], type=parse_head, metavar="SEQ:HEX", help="a hash that is known")
    parser.add_argument("--heads", action="append", default=[], type=Path, metavar="FILE", help="head file or receipts")
    return parser.parse_args(words)


def _known_heads(arguments: argparse.Namespace) -> Iterator[KnownHead]:
    yield from arguments.head
    for path in arguments.heads:
        yield from read_heads(path.read_text(encoding="utf-8"), path.name, keys=arguments.key)


def main(words: list[str]) -> int:
    """Prove what the arguments name."""
    arguments = _arguments(words)
    what = Path(arguments.what or __file__)
    folder = what.parent if not arguments.what else what
    try:
        walk = Walk(Seals(trusted=frozenset(each.lower() for each in arguments.key)), KnownHeads.of(_known_heads(arguments)))
        if arguments.what == "-" or (arguments.what and what.is_file()):
            report = prove_file(None if arguments.what == "-" else what, walk)
        else:
            report = prove_export(folder, walk)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"this cannot be read: {error}\n")
        return 2
    for check, seq, problem in walk.problems:
        sys.stderr.write(f"event {seq}: {problem}\n" if seq is not None else f"{check}: {problem}\n")
    sys.stdout.write(json.dumps(report) + "\n")
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
