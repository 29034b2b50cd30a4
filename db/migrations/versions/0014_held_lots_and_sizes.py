"""Keep how large items are, which lots are held, and find what came back of an order."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The index, the table and the columns go; the events stay."""
    op.execute("DROP INDEX ix_event_of_order")
    op.drop_table("now_held_lot")
    for column in ("depth_mm", "width_mm"):
        op.execute(f"ALTER TABLE site_item DROP COLUMN {column}")
