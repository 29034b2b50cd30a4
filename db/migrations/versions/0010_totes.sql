-- Which tote an order goes into, and at which put place it stands; lamps that a person found dead.

CREATE TABLE now_tote (
    "order" TEXT NOT NULL,
    tote TEXT NOT NULL,
    position TEXT NOT NULL,
    is_open INTEGER NOT NULL,  -- it still stands at its place, and takes what is picked for the order
    CONSTRAINT pk_now_tote PRIMARY KEY ("order", tote)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_tote_open ON now_tote (position) WHERE is_open = 1;

ALTER TABLE site_order ADD COLUMN is_express INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_order ADD COLUMN sequence TEXT NOT NULL DEFAULT '';  -- of the consumer that builds in this order; '' for none

ALTER TABLE site_order_line ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;  -- in the sequence, from 1; 0 for none

CREATE INDEX ix_site_order_sequence ON site_order (sequence) WHERE sequence <> '';

-- A rack position of a sequence that was left empty, and who let the line go on. It stays when the part has come.
CREATE TABLE now_gap (
    "order" TEXT NOT NULL,
    line TEXT NOT NULL,
    sequence TEXT NOT NULL,
    rank INTEGER NOT NULL,
    reason TEXT NOT NULL,
    released_by TEXT NOT NULL,  -- a person's id, or 'host'; '' while nobody has
    since TEXT NOT NULL,
    filled_at TEXT NOT NULL,  -- '' while it is empty
    CONSTRAINT pk_now_gap PRIMARY KEY ("order", line)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_lamp (
    position TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_lamp PRIMARY KEY (position)
) STRICT, WITHOUT ROWID;
