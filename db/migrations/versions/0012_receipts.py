"""Keep what receipts are against, how their goods are looked at, and where dividers can stand."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The columns go; the events stay."""
    columns = {
        "site_item": "inspect",
        "site_order": "supplier reference inspect",
        "site_order_line": "inspect",
        "site_tray": "pitch_mm",
    }
    for table, names in columns.items():
        for column in names.split():
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
