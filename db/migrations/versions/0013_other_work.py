"""Keep which items are tools, what a piece is worth, and who has what was taken out without an order."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The accounts and the columns go; the events stay."""
    op.execute("DROP INDEX ix_site_order_line_host_key")
    op.drop_table("now_taken")
    for column in ("unit_value", "is_tool"):
        op.execute(f"ALTER TABLE site_item DROP COLUMN {column}")
