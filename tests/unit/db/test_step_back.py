"""A program goes back to the one before on the store as it is, where the newer one's migrations only added."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from db import schema, step_back
from db.engine import writer_engine
from db.errors import StoreError
from db.store import Store

from .made import picked

SQL = """
CREATE TABLE now_trial (machine TEXT NOT NULL, CONSTRAINT pk_now_trial PRIMARY KEY (machine)) STRICT;
ALTER TABLE site_item ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_trial ON site_item (trial);
"""
CODE = """
from pathlib import Path
from alembic import op
from db.schema import statements
revision, down_revision, branch_labels, depends_on = "{number}", "{last}", None, None
def upgrade():
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)
"""


class Next:
    """The next program: one migration more than this one."""

    def __init__(self, folder: Path, name: str) -> None:
        self.migrations = folder / "migrations"
        shutil.copytree(schema.MIGRATIONS, self.migrations, ignore=shutil.ignore_patterns("__pycache__"))
        versions = self.migrations / "versions"
        number, last = f"{schema.SCHEMA_VERSION + 1:04d}", f"{schema.SCHEMA_VERSION:04d}"
        self.scripts = (*schema.SCRIPTS, f"{number}_{name}.sql")
        (versions / self.scripts[-1]).write_text(SQL, encoding="utf-8")
        (versions / self.scripts[-1]).with_suffix(".py").write_text(CODE.format(number=number, last=last), encoding="utf-8")
        self.golden = folder / "schema.sha256"

    def take_the_place(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(schema, "SCRIPTS", self.scripts)
        patch.setattr(schema, "SCHEMA_VERSION", len(self.scripts))
        patch.setattr(schema, "MIGRATIONS", self.migrations)
        patch.setattr(schema, "GOLDEN", self.golden)
        if self.golden.exists():
            return
        engine = writer_engine(self.golden.with_suffix(".db"))
        with engine.begin() as connection:
            schema.create(connection)
            self.golden.write_text(schema.fingerprint(connection), encoding="ascii")
        engine.dispose()


def run(home: Path, sequence: int) -> int:
    """One run of a program that books one pick; the number of events after it."""
    with closing(Store.open(home, station="S1", ballast_bytes=0)) as store:
        store.append([picked(sequence)]).result(10)
        assert store.verify().is_ok
        assert store.stock_matches_log()
        return len(store.events(limit=None))


def header(home: Path) -> tuple[int, int]:
    engine = writer_engine(home / "store.db")
    with engine.connect() as connection:
        found = [int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("user_version", "application_id")]
    engine.dispose()
    return found[0], found[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_back_and_forth_over_a_pre_migration_keeps_every_booking(home: Path, tmp_path: Path) -> None:
    newer = Next(tmp_path, "pre_trial")
    first = run(home, 1)
    with pytest.MonkeyPatch.context() as patch:
        newer.take_the_place(patch)
        second = run(home, 2)
        assert header(home) == (len(newer.scripts), step_back.oldest_reader(schema.SCRIPTS))
    third = run(home, 3)
    assert header(home)[0] == schema.SCHEMA_VERSION
    assert run(home, 4) == third + 1, "a second start of the older program"
    with pytest.MonkeyPatch.context() as patch:
        newer.take_the_place(patch)
        assert run(home, 5) == third + 2
    assert (second, third) == (first + 1, first + 2)


def test_over_any_other_migration_there_is_no_way_back(home: Path, tmp_path: Path) -> None:
    newer = Next(tmp_path, "trial")
    run(home, 1)
    with pytest.MonkeyPatch.context() as patch:
        newer.take_the_place(patch)
        run(home, 2)
    with pytest.raises(StoreError) as refused:
        Store.open(home, station="S1", ballast_bytes=0)
    assert refused.value.code == "D404"


@pytest.mark.parametrize("damage", ["DROP TRIGGER {trigger}", "DROP TABLE now_lamp", "ALTER TABLE site_item DROP COLUMN note"])
def test_a_store_taken_back_must_still_have_what_is_ours(home: Path, tmp_path: Path, damage: str) -> None:
    newer = Next(tmp_path, "pre_trial")
    with pytest.MonkeyPatch.context() as patch:
        newer.take_the_place(patch)
        run(home, 1)
    engine = writer_engine(home / "store.db")
    with engine.begin() as connection:
        trigger = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().first()
        connection.exec_driver_sql(damage.format(trigger=trigger))
    engine.dispose()
    with pytest.raises(StoreError) as refused:
        Store.open(home, station="S1", ballast_bytes=0)
    assert refused.value.code == "D403"


@pytest.mark.parametrize(
    ("scripts", "oldest"),
    [(("0001_pre_a.sql",), 1), (("0001_pre_a.sql", "0002_b.sql"), 2), (("0001_pre_a.sql", "0002_b.sql", "0003_pre_c.sql"), 2)],
)
def test_the_oldest_reader_is_that_of_the_newest_migration_that_is_no_pre(scripts: tuple[str, ...], oldest: int) -> None:
    assert step_back.oldest_reader(scripts) == oldest
