"""The proof of the record: sealing it, comparing it with what is known elsewhere, and taking it out for somebody else."""

from __future__ import annotations

import csv
import logging
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.audit_export import Selection
    from db.known_heads import KnownHead
    from db.library import Library
    from db.rows.audit import AuditReport
    from db.store import Store
    from station.audit.auditor import Auditor
    from station.movements import Tables
    from station.settings import Settings
    from station.values import EventRow, Item, Person, TrayPast

    Render = Callable[["Contents"], bytes]

log = logging.getLogger(__name__)

EXPORTS_FOLDER = "exports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the summary of an export shows. `items` and `people` are by code and id; `lines` gives an order line's item."""

    report: AuditReport
    selection: Selection
    tables: Tables
    counts: Mapping[str, int]
    first: EventRow | None
    last: EventRow | None
    items: Mapping[str, Item]
    people: Mapping[str, Person]
    lines: Mapping[tuple[str, str], str]
    key_id: str
    made_at: datetime
    trays: tuple[TrayPast, ...] = ()  # the one of the selection, before and after


def make_auditor(settings: Settings, directory: Path) -> Auditor:
    """What proves and exports the shown part of the record, beside the station."""
    from station.audit.auditor import Auditor

    def name_of(tray: int) -> str:
        return f"tray-{tray}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    store = ["--data", str(directory), "--station", settings.station.name]
    return Auditor(
        prover=[sys.executable, "-m", "db.shown_proof", str(directory)],
        exporter=[sys.executable, "-m", "ui", "audit", "export", *store],
        exports=directory / EXPORTS_FOLDER,
        name_of=name_of,
        environment={"BAYLIGHT_STATION_LANGUAGE": settings.station.language},
    )


def begin_sealing(store: Store) -> None:
    """Sign from now on. A disk that is full now does not keep the station from starting: its chores try again."""
    from db.errors import Kind, StoreError

    try:
        store.sealing.begin()
    except StoreError as error:
        if error.kind is not Kind.KNOWN:
            raise
        log.warning("the record is not signed yet: %s", error)


def seal(store: Store) -> Mapping[str, object]:
    """A checkpoint now; says up to where the record is signed."""
    store.sealing.seal().result()
    epoch, seq, head = store.head()
    key = store.sealing.begin()
    return {"epoch": epoch, "seq": seq, "head": head, "key_id": key.key_id, "public_key": key.public_key}


def heads_folder(settings: Settings, directory: Path) -> Path:
    """Where the daily heads go: in a directory that several stations may share, each has a folder of its own."""
    from db.heads import HEADS_FOLDER

    named = settings.audit.heads_directory
    return Path(named) / settings.station.name if named else directory / HEADS_FOLDER


def audit(directory: Path, *, heads: Sequence[Path] = (), head: Sequence[str] = (), keys: Sequence[str] = ()) -> AuditReport:
    """The whole proof of the store in this directory, its stock too. Raises StoreError, OSError or ValueError."""
    from db.rows.audit import Flaw

    known = known_heads(heads, head, keys)
    with closing(_reader(directory)) as reader:
        report = reader.audit(known=known, trusted=[each.lower() for each in keys])
        if not reader.stock_matches_log():
            flaw = Flaw(check="stock", problem="the stock is not what the events add up to")
            report = replace(report, flaws=(*report.flaws, flaw))
    return report


def known_heads(files: Sequence[Path], named: Sequence[str], keys: Sequence[str] = ()) -> list[KnownHead]:
    """What is known from elsewhere; a directory stands for all head files in it. Raises OSError or ValueError."""
    from db.known_heads import parse_head, read_heads

    known = [parse_head(each) for each in named]
    for file in files:
        for path in sorted(file.glob("*.json")) if file.is_dir() else [file]:
            known += read_heads(path.read_text(encoding="utf-8"), path.name, keys=keys)
    return known


def make_selection(**asked: Any) -> Selection:
    """Which events an export is to have."""
    from db.audit_export import Selection

    return Selection(**asked)


def person_of(directory: Path, name: str) -> str:
    """The id of the person with this id or name; "" when there is none, or more than one."""
    with closing(_reader(directory)) as reader:
        found = [each.person for each in reader.people() if name and name in (each.person, each.name)]
    return found[0] if len(found) == 1 else ""


def export(
    directory: Path, target: Path, selection: Selection, *, render: Render, told: Callable[[int, int], None] | None = None
) -> dict[str, object]:
    """Write an export into a new directory; it has its name when it is whole. `told` hears how far it is. Raises StoreError or
    OSError.

    The record should have been sealed just before (`seal`): the key is that of the data directory.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    draft = target.with_name(target.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        with closing(_reader(directory)) as reader:
            answer = _write(reader, directory, draft, selection, render, told)
        os.replace(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return {"directory": str(target), **answer}


def _write(
    reader: Library,
    directory: Path,
    folder: Path,
    selection: Selection,
    render: Render,
    told: Callable[[int, int], None] | None,
) -> dict[str, object]:
    from db.audit_export import Exporter, write_manifest
    from db.standalone import standalone_verifier
    from db.station_key import open_key
    from station.movements import COLUMNS, EVENT_COLUMNS, Tables, event_row

    key, made_at, tables = open_key(directory), datetime.now(UTC), Tables()
    items = {each.code: each for each in reader.items()}
    with (
        (folder / "movements.csv").open("x", encoding="utf-8", newline="") as file,
        (folder / "events.csv").open("x", encoding="utf-8", newline="") as all_file,
    ):
        rows, all_rows = csv.DictWriter(file, COLUMNS), csv.DictWriter(all_file, EVENT_COLUMNS)
        rows.writeheader()
        all_rows.writeheader()

        def take(row: EventRow, data: Mapping[str, Any]) -> None:
            all_rows.writerow(event_row(row, data, items.get(str(data.get("item", "")))))
            movement = tables.take(row, data)
            if movement is not None:
                rows.writerow(movement.as_row(items.get(str(data["item"]))))

        exporter = Exporter(folder, selection, take, told=told)
        report = reader.export(exporter)
    contents = Contents(
        report=report,
        selection=selection,
        tables=tables,
        counts=exporter.kinds,
        first=exporter.first,
        last=exporter.last,
        items=items,
        people={each.person: each for each in reader.people()},
        lines=_lines(reader, {each.order for each in tables.deviations if not each.item}),
        key_id=key.key_id,
        made_at=made_at,
        trays=_trays(reader, selection, exporter.first, exporter.last),
    )
    (folder / "summary.pdf").write_bytes(render(contents))
    (folder / "verifier.py").write_text(standalone_verifier(), encoding="utf-8", newline="\n")
    write_manifest(exporter, report, key, at=made_at)
    head = {"epoch": report.epoch, "seq": report.seq, "head": report.head}
    proof = {"is_ok": report.is_ok, "key_id": key.key_id, "public_key": key.public_key}
    return {"events": exporter.events, "movements": tables.all_movements, **head, **proof}


def _trays(reader: Library, selection: Selection, first: EventRow | None, last: EventRow | None) -> tuple[TrayPast, ...]:
    """The tray of a selection as it was before its first event and after its last one."""
    from station.values import PastAsk

    if selection.tray is None or not selection.machine or first is None or last is None:
        return ()
    place = {"machine": selection.machine, "tray": selection.tray}
    before = reader.tray_past(PastAsk(**place, epoch=first.epoch, seq=first.seq, step=-1))  # type: ignore[arg-type]
    return before.past, reader.tray_past(PastAsk(**place, epoch=last.epoch, seq=last.seq)).past  # type: ignore[arg-type]


def _lines(reader: Library, orders: set[str]) -> dict[tuple[str, str], str]:
    found = (reader.order(each) for each in sorted(orders))
    return {(order.order, line.line): line.item for order in found if order is not None for line in order.lines}


def _reader(directory: Path) -> Library:
    from db.store import Store

    return Store.open_reader(directory)
