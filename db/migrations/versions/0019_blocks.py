"""Keep which goods are blocked, and which stations the word has reached."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from db.schema import statements

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    for statement in statements(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")):
        op.execute(statement)


def downgrade() -> None:
    """The tables go; the events stay."""
    op.drop_table("site_block")
    op.drop_table("now_block")
    op.execute(
        "CREATE TABLE now_held_lot (item TEXT NOT NULL, lot TEXT NOT NULL, owner TEXT NOT NULL, reason TEXT NOT NULL, "
        "since TEXT NOT NULL, CONSTRAINT pk_now_held_lot PRIMARY KEY (item, lot, owner)) STRICT, WITHOUT ROWID"
    )
