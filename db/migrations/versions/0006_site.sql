-- What ties this store to the site database: which site rows it has in which version, which orders are this station's, how far
-- the log has gone up, and the receipts for it. `sync_*` is bookkeeping, no part of the record.

CREATE TABLE site_document (
    kind TEXT NOT NULL,  -- item | tray | order | person | picture
    key TEXT NOT NULL,
    version INTEGER NOT NULL,  -- the site database's; 0: it has never seen it
    is_dirty INTEGER NOT NULL,  -- changed here, and not yet taken over by the site database
    CONSTRAINT pk_site_document PRIMARY KEY (kind, key),
    CONSTRAINT ck_site_document_dirty CHECK (is_dirty IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_site_document_dirty ON site_document (kind, key) WHERE is_dirty = 1;

CREATE TABLE site_lease (
    "order" TEXT NOT NULL,
    fence INTEGER NOT NULL,
    until TEXT NOT NULL,  -- the site may offer it elsewhere after this, as long as nobody has touched it
    state TEXT NOT NULL,  -- held | ended (the order moved to another station, or is done)
    version INTEGER NOT NULL,
    CONSTRAINT pk_site_lease PRIMARY KEY ("order")
) STRICT, WITHOUT ROWID;

-- The bay that had a tray last, by the events of all stations.
CREATE TABLE site_custody (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    opening TEXT NOT NULL,
    station TEXT NOT NULL,
    visit INTEGER NOT NULL,
    is_out INTEGER NOT NULL,  -- whether it is at that opening still
    version INTEGER NOT NULL,
    CONSTRAINT pk_site_custody PRIMARY KEY (machine, tray),
    CONSTRAINT ck_site_custody_out CHECK (is_out IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_receipt (
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    received_at TEXT NOT NULL,
    server_epoch TEXT NOT NULL,
    CONSTRAINT pk_sync_receipt PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_sync_state PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_count_due (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    why TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_count_due PRIMARY KEY (machine, tray, compartment, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;
