"""Find the events of an item without reading the log."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The column was computed from the body: nothing is lost."""
    op.drop_index("ix_event_item", "event")
    op.execute("ALTER TABLE event DROP COLUMN item")
