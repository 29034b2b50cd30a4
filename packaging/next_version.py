"""Makes the next version out of a package, for trying an upgrade and the way back: a higher number, and a `pre` migration
more."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

_SQL: Final = "CREATE TABLE now_trial (machine TEXT NOT NULL, CONSTRAINT pk_now_trial PRIMARY KEY (machine)) STRICT;\n"
_CODE: Final = """\
from pathlib import Path

from alembic import op

from db.schema import statements

revision = "{revision}"
down_revision = "{down_revision}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)
"""
_HASH: Final = """\
import tempfile
from db import schema
from db.engine import writer_engine
from pathlib import Path
engine = writer_engine(Path(tempfile.mkdtemp()) / "x.db")
with engine.begin() as connection:
    schema.create(connection)
    print(schema.fingerprint(connection))
"""


def make_next(package: Path, target: Path, work: Path, run: Callable[[str, str], str]) -> None:
    """Unpack, add, pack. `run` lets the package's own Python run a program with the unpacked packages of a folder (relative to
    `work`) before its own, and gives what it prints."""
    shutil.rmtree(work, ignore_errors=True)
    _do("dpkg-deb", "-R", str(package), str(work))
    control = work / "DEBIAN/control"
    control.write_text(
        re.sub(r"(?m)^Version: (\d+\.\d+)\.\d+", r"Version: \1.99", control.read_text(encoding="utf-8")), encoding="utf-8"
    )
    site = next((work / "opt/baylight/lib").glob("python3.*/site-packages"))
    _add_migration(site / "db", lambda program: run(str(site.relative_to(work)), program))
    _do("dpkg-deb", "--root-owner-group", "-Znone", "--build", str(work), str(target))


def _add_migration(db: Path, run: Callable[[str], str]) -> None:
    schema = db / "schema.py"
    text = schema.read_text(encoding="utf-8")
    last = re.findall(r'(?m)^    "(\d{4})_\w+\.sql",$', text)[-1]
    revision = f"{int(last) + 1:04d}"
    name = f"{revision}_pre_trial"
    schema.write_text(re.sub(rf'(?m)^(    "{last}_\w+\.sql",)$', rf'\1\n    "{name}.sql",', text), encoding="utf-8")
    versions = db / "migrations/versions"
    (versions / f"{name}.sql").write_text(_SQL, encoding="utf-8")
    (versions / f"{name}.py").write_text(_CODE.format(revision=revision, down_revision=last), encoding="utf-8")
    (db / "migrations/schema.sha256").write_text(run(_HASH), encoding="ascii")


def _do(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=600)
