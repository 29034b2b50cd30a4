"""Keep what the limit of a loop's work in progress was made from."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The columns go; the events stay."""
    for column in ("bottleneck_per_1000h", "raw_time_min", "wanted_per_1000h"):
        op.drop_column("now_loop", column)
