"""Keep which order goes into which tote."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events stay."""
    for table in ("now_lamp", "now_gap", "now_tote"):
        op.drop_table(table)
    op.execute("DROP INDEX ix_site_order_sequence")
    for table, column in (("site_order", "is_express"), ("site_order", "sequence"), ("site_order_line", "rank")):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
