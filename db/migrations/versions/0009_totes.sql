-- Which tote an order goes into, and at which put place it stands; lamps that a person found dead.

CREATE TABLE now_tote (
    "order" TEXT NOT NULL,
    tote TEXT NOT NULL,
    position TEXT NOT NULL,
    is_open INTEGER NOT NULL,  -- it still stands at its place, and takes what is picked for the order
    CONSTRAINT pk_now_tote PRIMARY KEY ("order", tote)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_tote_open ON now_tote (position) WHERE is_open = 1;

CREATE TABLE now_lamp (
    position TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_lamp PRIMARY KEY (position)
) STRICT, WITHOUT ROWID;
