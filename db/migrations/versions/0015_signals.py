"""Keep pull signals, their steps, the loops they run in and the cards that were seen."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events stay."""
    for table in ("now_card", "now_signal_step", "now_signal", "now_loop"):
        op.drop_table(table)
