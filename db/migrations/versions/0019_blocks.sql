-- Goods that may not leave for an order: by a person's word or because of a defect, of this bay or of another. The projections are
-- made again after a migration, so what an older log says of held lots comes from there.

DROP TABLE now_held_lot;

CREATE TABLE now_block (
    block TEXT NOT NULL,  -- epoch and seq of the event that began it
    item TEXT NOT NULL,
    lot TEXT NOT NULL,  -- '': all of the item
    owner TEXT NOT NULL,  -- '': whoever owns it
    supplier TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    lifted_at TEXT,  -- NULL: it holds
    CONSTRAINT pk_now_block PRIMARY KEY (block)
) STRICT, WITHOUT ROWID;

CREATE TABLE site_block (
    block TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    owner TEXT NOT NULL,
    supplier TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    lifted_at TEXT,
    station TEXT NOT NULL,  -- where it began
    stations TEXT NOT NULL,  -- JSON: when the word reached each station, '' where it has not
    told TEXT NOT NULL DEFAULT '',  -- what this station has said of it: '', held or lifted
    CONSTRAINT pk_site_block PRIMARY KEY (block)
) STRICT, WITHOUT ROWID;
