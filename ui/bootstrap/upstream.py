"""The site database: the handlers of `baylight upstream`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path


def initialise(url: str) -> Mapping[str, object]:
    """Make schema, roles and functions. Raises SiteError."""
    from db.upstream import init

    return {"steps": list(init.initialise(url)), "schema": init.newest()}


def migrate(url: str) -> Mapping[str, object]:
    """Bring an older schema up. Raises SiteError."""
    from db.upstream import init

    return {"steps": list(init.migrate(url)), "schema": init.newest()}


def enrol(url: str, station: str, file: Path, pepper_directory: Path, *, replaces: bool = False) -> Mapping[str, object]:
    """Make a station's role and write its enrolment file, with the pepper of this data directory (made when there is none).
    `replaces`: an enrolled one's secret too. Raises SiteError, SecretError."""
    from db.upstream import enrol as enrolling
    from station.secret import open_pepper

    pepper = open_pepper(pepper_directory)
    given = enrolling.enrol(url, station, pepper_id=pepper.pepper_id, pepper_key=pepper.key.hex(), replaces=replaces)
    enrolling.write_enrolment(file, given)
    return {"station": station, "role": given.role, "file": str(file), "pepper": pepper.pepper_id}


def join(file: Path, directory: Path, owner: str = "") -> Mapping[str, object]:
    """Take an enrolment file up at the station: its login and the site's pepper. `owner` is whose store is there, if any: its
    login is not replaced by another station's. Raises SiteError, SecretError."""
    from db.errors import OTHER_STATION
    from db.sync.site import SiteError, Trouble
    from db.upstream import enrol as enrolling
    from station.secret import Pepper, take_pepper

    given = enrolling.read_enrolment(file)
    if owner and owner != given.station:
        raise SiteError(
            Trouble.RIGHT, OTHER_STATION, f"{file} is for station {given.station}, and {directory} belongs to {owner}"
        )
    directory.mkdir(parents=True, exist_ok=True)
    if given.pepper_id:
        take_pepper(directory, Pepper(given.pepper_id, bytes.fromhex(given.pepper_key)))
    enrolling.keep_login(directory / enrolling.SECRET_FILE, enrolling.Login(given.role, given.secret))
    return {"station": given.station, "role": given.role, "url": given.url, "pepper": given.pepper_id}


def status(url: str) -> Mapping[str, object]:
    """How the site stands, as JSON has it. Raises SiteError."""
    from db.upstream.status import status as ask

    told = asdict(ask(url))
    return {**told, "stations": list(told["stations"])}


def verify(url: str, heads: Path | None) -> tuple[bool, Mapping[str, object]]:
    """Prove all chains; with a folder compare and keep the heads. Raises SiteError."""
    from db.upstream.verify import as_rows
    from db.upstream.verify import verify as prove

    proof = prove(url, heads=heads, now=None if heads is None else datetime.now(UTC))
    events = sum(each.events for each in proof.chains)
    found = {"is_ok": proof.is_ok, "events": events, "chains": as_rows(proof)}
    if heads is not None:
        found |= {"heads_file": proof.heads_file, "earlier_heads": proof.earlier_heads, "other_heads": list(proof.other_heads)}
    return proof.is_ok, found


def restored(url: str) -> Mapping[str, object]:
    """Declare a new server epoch. Raises SiteError."""
    from db.upstream.restored import declare_restored

    return {"server_epoch": declare_restored(url)}
