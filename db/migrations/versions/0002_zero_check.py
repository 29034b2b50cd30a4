"""Keep the open question "is it empty?" beside the log."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The question goes; the events that ask and answer it stay, as every event does."""
    op.drop_table("now_zero_check")
