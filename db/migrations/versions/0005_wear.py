"""Keep what the motions in the log add up to."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events they were added up from stay."""
    for table in ("now_service", "now_stay", "now_wear_motion", "now_wear"):
        op.drop_table(table)
