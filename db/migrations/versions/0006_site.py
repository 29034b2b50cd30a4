"""Keep how far this store and the site database have told each other."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the log stays."""
    op.execute("DROP INDEX ix_event_operator")
    for table in (
        "now_count_due",
        "now_count_held",
        "gate_tries",
        "site_included",
        "site_stock",
        "site_custody",
        "sync_state",
        "sync_receipt",
        "site_lease",
        "site_document",
    ):
        op.drop_table(table)
