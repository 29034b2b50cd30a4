-- The whole store of the first release. Released files are never edited; the next change is 0002.
-- Quantities are integers scaled by the item's decimals; moments are ISO 8601 UTC with microseconds.

CREATE TABLE event (
    n INTEGER PRIMARY KEY,  -- place in this file, over all epochs
    station TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT GENERATED ALWAYS AS (body ->> '$.kind') VIRTUAL,
    at TEXT GENERATED ALWAYS AS (body ->> '$.at') VIRTUAL,
    operator TEXT GENERATED ALWAYS AS (body ->> '$.operator') VIRTUAL,
    machine TEXT GENERATED ALWAYS AS (body ->> '$.data.machine') VIRTUAL,
    tray INTEGER GENERATED ALWAYS AS (body ->> '$.data.tray') VIRTUAL,
    "order" TEXT GENERATED ALWAYS AS (body ->> '$.data.order') VIRTUAL,
    CONSTRAINT uq_event_key UNIQUE (station, epoch, seq),
    CONSTRAINT uq_event_id UNIQUE (id),
    CONSTRAINT ck_event_seq CHECK (seq > 0),
    CONSTRAINT ck_event_digests CHECK (length(prev) = 32 AND length(hash) = 32),
    CONSTRAINT ck_event_body CHECK (
        body ->> '$.station' = station AND body ->> '$.epoch' = epoch AND body ->> '$.seq' = seq AND body ->> '$.id' = id
    )
) STRICT;

CREATE INDEX ix_event_kind ON event (kind, n);

CREATE INDEX ix_event_tray ON event (machine, tray, n) WHERE machine IS NOT NULL AND tray IS NOT NULL;

CREATE INDEX ix_event_order ON event ("order", n) WHERE "order" IS NOT NULL AND "order" <> '';

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;

CREATE TABLE site_item (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    picture TEXT NOT NULL,
    proof TEXT NOT NULL,
    rounding TEXT NOT NULL,
    lot_tracked INTEGER NOT NULL,
    serial_tracked INTEGER NOT NULL,
    weight_g INTEGER NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_site_item PRIMARY KEY (code),
    CONSTRAINT ck_site_item_decimals CHECK (decimals BETWEEN 0 AND 3)
) STRICT;

CREATE TABLE site_pack (
    item TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    CONSTRAINT pk_site_pack PRIMARY KEY (item, position),
    CONSTRAINT fk_site_pack_item FOREIGN KEY (item) REFERENCES site_item (code),
    CONSTRAINT ck_site_pack_quantity CHECK (quantity > 0)
) STRICT;

CREATE TABLE site_barcode (
    barcode TEXT NOT NULL,
    item TEXT NOT NULL,
    CONSTRAINT pk_site_barcode PRIMARY KEY (barcode, item),
    CONSTRAINT fk_site_barcode_item FOREIGN KEY (item) REFERENCES site_item (code)
) STRICT;

CREATE INDEX ix_site_barcode_item ON site_barcode (item);

CREATE TABLE site_tray (
    machine TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    width_mm INTEGER NOT NULL,
    depth_mm INTEGER NOT NULL,
    max_weight_g INTEGER NOT NULL,
    CONSTRAINT pk_site_tray PRIMARY KEY (machine, number)
) STRICT;

CREATE TABLE site_compartment (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    x_mm INTEGER NOT NULL,
    y_mm INTEGER NOT NULL,
    width_mm INTEGER NOT NULL,
    depth_mm INTEGER NOT NULL,
    CONSTRAINT pk_site_compartment PRIMARY KEY (machine, tray, label),
    CONSTRAINT fk_site_compartment_tray FOREIGN KEY (machine, tray) REFERENCES site_tray (machine, number)
) STRICT;

CREATE TABLE site_order (
    "order" TEXT NOT NULL,
    kind TEXT NOT NULL,
    host_key TEXT NOT NULL,
    destination TEXT NOT NULL,
    need_by TEXT,
    priority INTEGER NOT NULL,
    CONSTRAINT pk_site_order PRIMARY KEY ("order")
) STRICT;

CREATE TABLE site_order_line (
    "order" TEXT NOT NULL,
    line TEXT NOT NULL,
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    host_key TEXT NOT NULL,
    lot TEXT NOT NULL,
    owner TEXT NOT NULL,
    machine TEXT,
    tray INTEGER,
    compartment TEXT,
    note TEXT NOT NULL,
    CONSTRAINT pk_site_order_line PRIMARY KEY ("order", line),
    CONSTRAINT fk_site_order_line_order FOREIGN KEY ("order") REFERENCES site_order ("order")
) STRICT;

CREATE INDEX ix_site_order_line_item ON site_order_line (item);

CREATE TABLE site_person (
    person TEXT NOT NULL,
    name TEXT NOT NULL,  -- empty when erased: the record itself knows only the random id
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    CONSTRAINT pk_site_person PRIMARY KEY (person)
) STRICT;

CREATE TABLE site_credential (
    person TEXT NOT NULL,
    badge_digest TEXT,  -- NULL when erased
    verifier TEXT NOT NULL,
    pepper_id TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    is_locked INTEGER NOT NULL DEFAULT 0,
    is_active INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT pk_site_credential PRIMARY KEY (person),
    CONSTRAINT uq_site_credential_badge UNIQUE (badge_digest),
    CONSTRAINT fk_site_credential_person FOREIGN KEY (person) REFERENCES site_person (person)
) STRICT;

CREATE TABLE now_stock (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    quantity INTEGER NOT NULL,  -- may be negative: a physical pick is never refused
    since TEXT NOT NULL,  -- when this key came to this compartment: oldest first is by it
    counted_at TEXT,
    CONSTRAINT pk_now_stock PRIMARY KEY (machine, tray, compartment, item, lot, serial, owner, status)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_stock_item ON now_stock (item, since);

CREATE TABLE now_order (
    "order" TEXT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_now_order PRIMARY KEY ("order")
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_order_state ON now_order (state);

CREATE TABLE now_line (
    "order" TEXT NOT NULL,
    line TEXT NOT NULL,
    state TEXT NOT NULL,
    done_quantity INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_now_line PRIMARY KEY ("order", line)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_bay (
    machine TEXT NOT NULL,
    opening TEXT NOT NULL,
    is_known INTEGER NOT NULL,
    tray INTEGER,  -- NULL: none
    visit INTEGER NOT NULL,
    last_command INTEGER NOT NULL,
    CONSTRAINT pk_now_bay PRIMARY KEY (machine, opening)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_motion (
    machine TEXT NOT NULL,
    command INTEGER NOT NULL,
    opening TEXT NOT NULL,
    verb TEXT NOT NULL,
    tray INTEGER NOT NULL,
    was_known INTEGER NOT NULL,  -- whether the opening was known before this motion
    outcome TEXT NOT NULL,  -- open | unknown; a motion that ended otherwise leaves this table
    CONSTRAINT pk_now_motion PRIMARY KEY (machine, command)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_tray (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    CONSTRAINT pk_now_tray PRIMARY KEY (machine, tray)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_meta (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_now_meta PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;
