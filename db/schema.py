"""The tables, their versions, and the fingerprint that proves a file has them.

`user_version` is the number of the newest migration a file has. The SQL of all of them creates a new store directly; Alembic is
imported only to bring an older file up to date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, LargeBinary, MetaData, String, Table

from db import sqlite
from db.errors import CORRUPT, SCHEMA_NEWER, StoreError
from db.step_back import is_widened, may_go_back, remember_reader

# A new store runs them all, an older one what it lacks.
SCRIPTS = (
    "0001_pre_create_store.sql",
    "0002_zero_check.sql",
    "0003_event_item.sql",
    "0004_out_of_service.sql",
    "0005_wear.sql",
    "0006_site.sql",
    "0007_printing.sql",
    "0008_loads.sql",
    "0009_rules.sql",
    "0010_totes.sql",
    "0011_kits_and_splits.sql",
    "0012_receipts.sql",
    "0013_other_work.sql",
    "0014_held_lots_and_sizes.sql",
    "0015_signals.sql",
    "0016_tray_past.sql",
    "0017_pre_people.sql",
    "0018_pre_cases.sql",
    "0019_blocks.sql",
    "0020_pre_layouts.sql",
    "0021_pre_wip.sql",
)
SCHEMA_VERSION = len(SCRIPTS)
MIGRATIONS = Path(__file__).parent / "migrations"
GOLDEN = MIGRATIONS / "schema.sha256"
_VERSION_TABLE = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""

_WHITE = re.compile(r"\s+")

metadata = MetaData()


def _table(name: str, texts: str, integers: str = "", blobs: str = "") -> Table:
    """A table of this name; its constraints, triggers and defaults are in the migrations' SQL."""
    columns: list[Column[Any]] = [Column(each, String) for each in texts.split()]
    columns += [Column(each, Integer) for each in integers.split()]
    columns += [Column(each, LargeBinary) for each in blobs.split()]
    return Table(name, metadata, *columns)


event = _table("event", "station epoch id body kind at operator machine order item lot serial", "n seq tray", "prev hash")
site_item = _table(
    "site_item",
    "code name unit picture proof rounding note issue_rule storage_class access inspect",
    "decimals lot_tracked serial_tracked weight_g mixing fragile height_mm shelf_life_days min_remaining_days two_person"
    " is_tool unit_value width_mm depth_mm",
)
site_pack = _table("site_pack", "item name", "position quantity")
site_component = _table("site_component", "kit item", "position quantity")
site_barcode = _table("site_barcode", "barcode item")
site_tray = _table(
    "site_tray", "machine name storage_class access", "number width_mm depth_mm max_weight_g max_height_mm pitch_mm"
)
site_compartment = _table(
    "site_compartment", "machine label storage_class access", "tray position x_mm y_mm width_mm depth_mm max_height_mm"
)
site_tray_past = _table("site_tray_past", "machine layout", "number through_n")
site_order = _table(
    "site_order", "order kind host_key destination need_by sequence split_of supplier reference inspect", "priority is_express"
)
site_order_line = _table(
    "site_order_line",
    "order line item host_key lot owner machine compartment note kit kit_line inspect",
    "position quantity tray min_remaining_days rank kit_asked kit_each",
)
site_person = _table("site_person", "person name role language rights")
site_credential = _table(
    "site_credential",
    "person badge_digest verifier pepper_id not_before",
    "failures is_locked is_active offline_days",
)
site_document = _table("site_document", "kind key", "version is_dirty fetch")
site_block = _table("site_block", "block item lot owner supplier reason since lifted_at station stations told")
site_lease = _table("site_lease", "order until state", "fence version")
site_custody = _table("site_custody", "machine opening station", "tray visit is_out version")
site_stock = _table(
    "site_stock",
    "machine compartment item lot serial owner status since counted_at",
    "tray quantity visit held version generation",
)
site_included = _table("site_included", "epoch", "generation seq is_complete")
sync_receipt = _table("sync_receipt", "epoch received_at server_epoch", "seq", "head")
sync_state = _table("sync_state", "key value")
gate_tries = _table("gate_tries", "not_before", "id failures")
now_stock = _table("now_stock", "machine compartment item lot serial owner status since counted_at", "tray quantity")
now_order = _table("now_order", "order state")
now_line = _table("now_line", "order line state reason", "done_quantity")
now_bay = _table("now_bay", "machine opening", "is_known tray visit last_command")
now_motion = _table("now_motion", "machine opening verb outcome", "command tray was_known")
now_tray = _table("now_tray", "machine", "tray visit")
now_zero_check = _table("now_zero_check", "machine compartment item lot serial owner status", "tray")
now_tray_out = _table("now_tray_out", "machine reason since", "tray")
now_bay_out = _table("now_bay_out", "machine opening reason since")
now_wear = _table("now_wear", "machine span first_at last_at", "tray cycles motions not_done unknown run_ms bay_ms")
now_wear_motion = _table("now_wear_motion", "machine opening at", "command tray is_unknown is_served")
now_stay = _table("now_stay", "machine opening since", "tray")
now_service = _table("now_service", "machine what at person note next_inspection")
now_count_due = _table("now_count_due", "machine compartment item lot serial owner status why since", "tray")
now_count_held = _table("now_count_held", "machine compartment item lot serial owner status order line said since", "tray moved")
now_load = _table("now_load", "load machine compartment production_order operation consumer put_at take_at", "tray")
now_print_job = _table(
    "now_print_job", "job epoch printer label cause about copy_of state code queued_at changed_at", "place copy"
)
now_lot = _table("now_lot", "item lot expiry received_at")
now_tote = _table("now_tote", "order tote position", "is_open")
now_gap = _table("now_gap", "order line sequence reason released_by since filled_at", "rank")
now_lamp = _table("now_lamp", "position since")
now_taken = _table("now_taken", "account holder job item lot serial owner status machine since due_at", "quantity")
now_loop = _table(
    "now_loop",
    "loop item consumer supplier goes_back since",
    "container cards lead_time_min trigger_at up_to wip_limit use_per_day safety_percent is_active bottleneck_per_1000h"
    " raw_time_min wanted_per_1000h",
)
now_signal = _table(
    "now_signal",
    "signal item consumer origin raised_at need_by loop card supplier order state reason rest_of",
    "quantity done rest gone is_open",
)
now_signal_step = _table("now_signal_step", "signal state at", "position")
now_card = _table("now_card", "card loop seen_at", "scans")
now_block = _table("now_block", "block item lot owner supplier reason since lifted_at")
now_tray_moves = _table("now_tray_moves", "machine", "tray moves")
now_tray_past = _table("now_tray_past", "machine stock", "tray n")
now_approval = _table(
    "now_approval", "epoch why kind machine compartment item lot serial order line reason since", "seq tray quantity"
)
now_meta = _table("now_meta", "key value")

PROJECTIONS: tuple[Table, ...] = (
    now_stock,
    now_order,
    now_line,
    now_bay,
    now_motion,
    now_tray,
    now_zero_check,
    now_tray_out,
    now_bay_out,
    now_wear,
    now_wear_motion,
    now_stay,
    now_service,
    now_count_due,
    now_count_held,
    now_load,
    now_print_job,
    now_lot,
    now_tote,
    now_gap,
    now_lamp,
    now_taken,
    now_loop,
    now_signal,
    now_signal_step,
    now_card,
    now_block,
    now_tray_moves,
    now_tray_past,
    now_approval,
    now_meta,
)


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, triggers whole."""
    complete = sqlite.library().complete_statement
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if complete(statement):
            yield statement.strip()
            statement = ""


def migrate(
    engine: Engine,
    *,
    keep: Callable[[int], None] = lambda version: None,
    project: Callable[[Connection], object] = lambda connection: None,
) -> None:
    """Bring the file to this program's schema. `keep` is called with the old version before an older file is changed: it makes
    the copy to go back to. `project` makes the projections again in the upgrade's own transaction, because what they hold is this
    program's reading of the log. A newer program's file is taken back where its migrations allow it (db/step_back.py).
    Raises StoreError when they do not."""
    with engine.connect() as connection:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        has_tables = bool(connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one())
    if found == 0 and has_tables:
        raise StoreError(CORRUPT, "the file has tables and says that it has none")
    if found > SCHEMA_VERSION:
        _take_back(engine, found, project)
    elif found == 0:
        with engine.begin() as connection:
            create(connection)
    elif found < SCHEMA_VERSION:
        keep(found)
        upgrade(engine, project=project)


def _take_back(engine: Engine, found: int, project: Callable[[Connection], object]) -> None:
    """What the newer program added stays, and is brought up to date when it comes again: it finds the lower number."""
    with engine.begin() as connection:
        if not may_go_back(connection, SCHEMA_VERSION):
            raise StoreError(SCHEMA_NEWER, f"the store has schema {found}, this program knows {SCHEMA_VERSION}")
        check_fingerprint(connection)
        project(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create(connection: Connection) -> None:
    """Make the tables in an empty file, as the migrations would, without the time Alembic takes to import."""
    connection.exec_driver_sql(_VERSION_TABLE)
    for script in _scripts():
        for statement in statements(script):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (SCRIPTS[-1][:4],))
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    remember_reader(connection, SCRIPTS)


def _scripts() -> Iterator[str]:
    """The SQL of every migration this program knows."""
    return ((MIGRATIONS / "versions" / name).read_text(encoding="utf-8") for name in SCRIPTS)


def upgrade(engine: Engine, *, project: Callable[[Connection], object] = lambda connection: None) -> None:
    """Run the migrations that the file lacks, all in one transaction: an upgrade that is interrupted did not happen.

    Foreign keys are off meanwhile (SQLite ignores the switch inside a transaction), because a rebuilt parent table would empty
    its children; they are checked before COMMIT, and so is the fingerprint, because a rebuilt table loses its triggers.
    """
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _run_migrations(connection)
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if orphans:
                    raise StoreError(CORRUPT, f"rows without their parent after the upgrade: {orphans[:3]}")
                check_fingerprint(connection)
                project(connection)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    remember_reader(connection, SCRIPTS)


def fingerprint(connection: Connection) -> str:
    """SHA-256 over the file's schema: tables, indexes and triggers, without their white space."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' ORDER BY type, name"
    )
    text = "\n".join(f"{kind} {name} {_WHITE.sub(' ', sql)}" for kind, name, sql in rows)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def golden_fingerprint() -> str:
    """The fingerprint that this program's schema has."""
    return GOLDEN.read_text(encoding="ascii").strip()


def has_our_tables(connection: Connection) -> bool:
    """Whether the tables are this program's: exactly, or with what a newer program added before it was taken back."""
    return fingerprint(connection) == golden_fingerprint() or is_widened(connection, SCHEMA_VERSION, _scripts())


def check_fingerprint(connection: Connection) -> None:
    """Raises StoreError CORRUPT when somebody changed the tables, or a migration lost a trigger."""
    if not has_our_tables(connection):
        found = fingerprint(connection)
        raise StoreError(CORRUPT, f"the tables are not those of schema {SCHEMA_VERSION} (fingerprint {found[:12]})")
