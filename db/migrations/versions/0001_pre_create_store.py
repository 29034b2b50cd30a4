"""Create the store: event log, site tables and projections."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file, which a new store runs too (there without Alembic, for the time it takes to import)."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in statements(script):
        op.execute(statement)


def downgrade() -> None:
    """There is nothing before the first version to go back to."""
    raise NotImplementedError("the first version of the store has no predecessor")
