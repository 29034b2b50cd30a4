-- What binds the planner and the person: issue rules, shelf life, mixing, storage classes, rights, two persons. Words in one text
-- are separated by "|".

ALTER TABLE site_item ADD COLUMN issue_rule TEXT NOT NULL DEFAULT 'fifo';  -- fifo | fefo | lifo

ALTER TABLE site_item ADD COLUMN mixing INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN storage_class TEXT NOT NULL DEFAULT '';

ALTER TABLE site_item ADD COLUMN fragile INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN height_mm INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN shelf_life_days INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN min_remaining_days INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_item ADD COLUMN access TEXT NOT NULL DEFAULT '';

ALTER TABLE site_item ADD COLUMN two_person INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_tray ADD COLUMN storage_class TEXT NOT NULL DEFAULT '';

ALTER TABLE site_tray ADD COLUMN access TEXT NOT NULL DEFAULT '';

ALTER TABLE site_tray ADD COLUMN max_height_mm INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_compartment ADD COLUMN storage_class TEXT NOT NULL DEFAULT '';

ALTER TABLE site_compartment ADD COLUMN access TEXT NOT NULL DEFAULT '';

ALTER TABLE site_compartment ADD COLUMN max_height_mm INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_order_line ADD COLUMN min_remaining_days INTEGER NOT NULL DEFAULT 0;

ALTER TABLE site_person ADD COLUMN rights TEXT NOT NULL DEFAULT '';

-- What is locked is found without reading all items and compartments.
CREATE INDEX ix_site_item_access ON site_item (code) WHERE access <> '';

CREATE INDEX ix_site_compartment_access ON site_compartment (machine, tray) WHERE access <> '';

-- A person's wrong scans, newest first, in a log of any length.
CREATE INDEX ix_event_wrong_scan ON event (operator, n) WHERE kind = 'scan_refused';

-- How often an item was taken lately.
CREATE INDEX ix_event_picked ON event (item, n) WHERE kind = 'picked';

-- When a lot came, and until which day it is good ('': nobody said).
CREATE TABLE now_lot (
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    expiry TEXT NOT NULL,
    received_at TEXT NOT NULL,
    CONSTRAINT pk_now_lot PRIMARY KEY (item, lot)
) STRICT, WITHOUT ROWID;
