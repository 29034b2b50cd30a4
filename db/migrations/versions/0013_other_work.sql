-- Tools, what a piece is worth, and goods that are out of their compartment on somebody's account.

ALTER TABLE site_item ADD COLUMN is_tool INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN unit_value INTEGER NOT NULL DEFAULT 0;  -- of one stock unit, in minor units of money; 0: not known

-- What was taken out and has an account until it lies in a compartment again: in somebody's hand, or a tool that is lent.
CREATE TABLE now_taken (
    account TEXT NOT NULL,  -- hand | tool
    holder TEXT NOT NULL,  -- a person's id; '' where a job has it
    job TEXT NOT NULL,  -- '' where a person has it
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,  -- as it was when it was taken
    machine TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    since TEXT NOT NULL,
    due_at TEXT NOT NULL,  -- '' for no time
    CONSTRAINT pk_now_taken PRIMARY KEY (account, holder, job, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;

-- The host's key of a line is found by its beginning.
CREATE INDEX ix_site_order_line_host_key ON site_order_line (host_key) WHERE host_key <> '';
