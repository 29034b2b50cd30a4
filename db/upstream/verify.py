"""Proof of all chains at the site, computed by the server, and the heads of all stations as files kept outside it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from db.sync.site import SiteError, Trouble
from db.upstream.connect import BAD_FILE, Database, open_care

_HEADS = "site-heads-{:%Y%m%dT%H%M%SZ}.json"


@dataclass(frozen=True, slots=True)
class ChainProof:
    """One epoch of one station. `broken_at` is the first event that does not follow; `problem` is empty when all do."""

    station: str
    epoch: str
    events: int
    acked: int
    head: str
    broken_at: int | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProof:
    chains: tuple[ChainProof, ...]
    heads_file: str = ""
    earlier_heads: int = 0  # files that were compared
    other_heads: tuple[str, ...] = ()  # of them, what they name and the site no longer has

    @property
    def is_ok(self) -> bool:
        return not self.other_heads and not any(each.problem for each in self.chains)


def verify(url: str, *, heads: Path | None = None, now: datetime | None = None) -> SiteProof:
    """Compute every hash again. With a folder, compare with the heads that are kept there and add those of `now`: who keeps the
    folder away from the server sees there what was changed or cut off together with its chain. Raises SiteError."""
    with open_care(url) as connection:
        chains = tuple(ChainProof(*row) for row in connection.execute("SELECT * FROM sync.verify()").fetchall())
        if heads is None:
            return SiteProof(chains=chains)
        files = sorted(heads.glob("site-heads-*.json"))
        other = tuple(line for file in files for line in _missing(connection, file))
    if now is None:
        return SiteProof(chains=chains, earlier_heads=len(files), other_heads=other)
    return SiteProof(chains=chains, heads_file=str(_write(heads, chains, now)), earlier_heads=len(files), other_heads=other)


def _missing(connection: Database, file: Path) -> list[str]:
    """Heads of this file that the site has not, or has otherwise."""
    try:
        rows = json.loads(file.read_bytes())["heads"]
        named = [(each["station"], each["epoch"], int(each["seq"]), bytes.fromhex(each["hash"])) for each in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SiteError(Trouble.DATA, BAD_FILE, f"{file} holds no heads of the site") from error
    query = "SELECT hash FROM sync.event WHERE station = %s AND epoch = %s AND seq = %s"
    return [
        f"{file.name}: {station} {epoch} {seq}"
        for station, epoch, seq, hash in named
        if connection.execute(query, (station, epoch, seq)).fetchone() != (hash,)
    ]


def _write(folder: Path, chains: tuple[ChainProof, ...], now: datetime) -> Path:
    heads = [
        {"station": each.station, "epoch": each.epoch, "seq": each.acked, "hash": each.head} for each in chains if each.acked
    ]
    path = folder / _HEADS.format(now)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            json.dump({"at": now.isoformat(), "heads": heads}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SiteError(Trouble.DATA, BAD_FILE, f"{path} cannot be written: {error.strerror}") from error
    return path


def as_rows(proof: SiteProof) -> list[dict[str, object]]:
    """The chains as JSON has them."""
    return [asdict(each) for each in proof.chains]
