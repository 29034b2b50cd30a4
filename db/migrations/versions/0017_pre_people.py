"""Keep for how long people may work without the site, and what waits for an approval."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The table goes; the events stay."""
    for index in ("refused", "people"):
        op.execute(f"DROP INDEX ix_event_{index}")
    op.drop_table("now_approval")
    op.execute("ALTER TABLE site_credential DROP COLUMN offline_days")
