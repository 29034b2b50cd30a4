"""Keep what is out of service beside the log."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events that take out of service and back stay, as every event does."""
    op.drop_table("now_bay_out")
    op.drop_table("now_tray_out")
