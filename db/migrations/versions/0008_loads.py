"""Keep which loads wait in the machine."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The table goes; the events that it was made from stay."""
    op.drop_table("now_load")
