"""Keep what binds the planner and the person: issue rules, shelf life, mixing, storage classes, rights, two persons."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = {
    "site_item": "issue_rule mixing storage_class fragile height_mm shelf_life_days min_remaining_days access two_person",
    "site_tray": "storage_class access max_height_mm",
    "site_compartment": "storage_class access max_height_mm",
    "site_order_line": "min_remaining_days",
    "site_person": "rights",
}
INDEXES = ("ix_site_item_access", "ix_site_compartment_access", "ix_event_wrong_scan", "ix_event_picked")


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The rules go; the log stays."""
    op.drop_table("now_lot")
    for index in INDEXES:
        op.execute(f"DROP INDEX {index}")
    for table, columns in COLUMNS.items():
        for column in columns.split():
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
