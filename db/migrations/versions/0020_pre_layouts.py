"""Find the changes of a tray among its events."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The index goes; the events stay."""
    op.execute("DROP INDEX ix_event_layout")
