"""Keep what a tray held at moments of its past, and the layouts it had."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events stay."""
    for table in ("now_tray_past", "now_tray_moves", "site_tray_past"):
        op.drop_table(table)
    for index in ("ix_event_custody", "ix_event_serial", "ix_event_lot"):
        op.execute(f"DROP INDEX {index}")
    for column in ("serial", "lot"):
        op.execute(f"ALTER TABLE event DROP COLUMN {column}")
