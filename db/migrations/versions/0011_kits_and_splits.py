"""Keep what kits are made of, and which order was split off another."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events stay."""
    op.drop_table("site_component")
    op.execute("ALTER TABLE site_order DROP COLUMN split_of")
    for column in ("kit", "kit_line", "kit_asked", "kit_each"):
        op.execute(f"ALTER TABLE site_order_line DROP COLUMN {column}")
