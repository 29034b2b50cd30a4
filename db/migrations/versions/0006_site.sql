-- What ties this store to the site database: which site rows it has in which version, which orders are this station's, how far
-- the log has gone up, and the receipts for it. `sync_*` is bookkeeping, no part of the record.

CREATE TABLE site_document (
    kind TEXT NOT NULL,  -- item | tray | order | person | picture
    key TEXT NOT NULL,
    version INTEGER NOT NULL,  -- the site database's; 0: it has never seen it
    is_dirty INTEGER NOT NULL,  -- changed here, and not yet taken over by the site database
    fetch INTEGER NOT NULL DEFAULT 0,  -- in which full answer of the site, or after which, it was named last
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

CREATE TABLE site_stock (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    quantity INTEGER NOT NULL,  -- the site's book; the own events that are not in it are added in now_stock
    since TEXT NOT NULL,
    counted_at TEXT,
    visit INTEGER NOT NULL,  -- the highest of this tray that the site knows
    held INTEGER NOT NULL,  -- promised to orders of other stations
    version INTEGER NOT NULL,  -- 0: the site has this stock no more
    generation INTEGER NOT NULL,  -- of site_included: which own events are in it
    CONSTRAINT pk_site_stock PRIMARY KEY (machine, tray, compartment, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE site_included (
    generation INTEGER NOT NULL,  -- one for each time that stock came down
    epoch TEXT NOT NULL,  -- '' in the one row that every generation has
    seq INTEGER NOT NULL,  -- own events up to this one are in the site's book
    is_complete INTEGER NOT NULL,  -- all of it came: it counts for every row
    CONSTRAINT pk_site_included PRIMARY KEY (generation, epoch),
    CONSTRAINT ck_site_included_complete CHECK (is_complete IN (0, 1))
) STRICT, WITHOUT ROWID;

-- A store from before replication: what it has was never told.
INSERT INTO site_document (kind, key, version, is_dirty) SELECT 'item', code, 0, 1 FROM site_item;

INSERT INTO site_document (kind, key, version, is_dirty) SELECT 'tray', machine || '/' || number, 0, 1 FROM site_tray;

INSERT INTO site_document (kind, key, version, is_dirty) SELECT 'order', "order", 0, 1 FROM site_order
WHERE "order" NOT IN (SELECT "order" FROM now_order WHERE state IN ('closed', 'cancelled'));

INSERT INTO site_document (kind, key, version, is_dirty) SELECT 'person', person, 0, 1 FROM site_person;

INSERT INTO site_document (kind, key, version, is_dirty) SELECT DISTINCT 'picture', picture, 0, 1 FROM site_item WHERE picture <> '';

-- A person's events, newest first, in a log of any length.
CREATE INDEX ix_event_operator ON event (operator, n) WHERE operator <> '';

-- Wrong PINs at this station, whoever's: stored before a PIN is checked, so that pulling the plug saves none.
CREATE TABLE gate_tries (
    id INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    not_before TEXT,
    CONSTRAINT pk_gate_tries PRIMARY KEY (id),
    CONSTRAINT ck_gate_tries_one CHECK (id = 1)
) STRICT;

-- What is to be counted when its tray next comes to the bay: it was moved while the station knew nothing of it.
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

-- Counts that wait for a different person: what was said of each, and what moved there since.
CREATE TABLE now_count_held (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    "order" TEXT NOT NULL,
    line TEXT NOT NULL,
    said TEXT NOT NULL,
    moved INTEGER NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_count_held PRIMARY KEY (machine, tray, compartment, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;
