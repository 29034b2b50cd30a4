-- The record of the stations, and what follows from it. Everything here belongs to baylight_owner; nobody else has a right on a
-- table. Hashes, seqs and bodies are the stations' own; versions and last_xid serve the feed.

CREATE TABLE sync.site (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    server_epoch text NOT NULL,  -- changes when the database went back to a backup
    system_identifier bigint NOT NULL,  -- of the cluster: another one means a copy
    body_version integer NOT NULL,  -- the newest that is read here
    purged_xid xid8 NOT NULL  -- who has read no further than this may have missed a deletion
);

CREATE TABLE sync.station (
    station text PRIMARY KEY,
    role name NOT NULL UNIQUE,  -- who is logged in says which station speaks
    number integer GENERATED ALWAYS AS IDENTITY,  -- names its partition
    pepper_id text NOT NULL DEFAULT '',  -- which pepper it was given, never the pepper
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    heard_at timestamptz,
    app text NOT NULL DEFAULT '',
    depth bigint NOT NULL DEFAULT 0,
    oldest_at timestamptz,
    machines text[] NOT NULL DEFAULT '{}',
    clock_state text NOT NULL DEFAULT '',
    told_epoch text NOT NULL DEFAULT '',  -- the end of its log when it was last heard
    told_seq bigint NOT NULL DEFAULT 0,
    told_hash text NOT NULL DEFAULT ''
);

CREATE TABLE sync.chain (
    station text NOT NULL,
    epoch text NOT NULL,
    epoch_no integer NOT NULL,
    acked bigint NOT NULL,
    head bytea NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (station, epoch),
    UNIQUE (station, epoch_no)
);

CREATE TABLE sync.event (
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    body text,  -- as it was stored at the bay: jsonb would change its bytes, and with them the hash
    raw bytea,  -- instead of the body where that is no text that PostgreSQL or JSON can hold
    hash bytea NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (station, epoch, seq),
    CHECK ((body IS NULL) <> (raw IS NULL)),
    CHECK (octet_length(hash) = 32 AND seq > 0)
) PARTITION BY LIST (station);

CREATE FUNCTION sync.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'an event is never changed or deleted' USING ERRCODE = 'BL306';
END $$;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON sync.event FOR EACH ROW EXECUTE FUNCTION sync.refuse_change();

CREATE TABLE sync.receipt (
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    head bytea NOT NULL,
    received_at timestamptz NOT NULL,
    server_epoch text NOT NULL,
    PRIMARY KEY (station, epoch, seq)
);

CREATE TABLE sync.durable (
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    declared_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station, epoch)
);

-- What goes down to the stations: the trigger gives every change a version and its transaction.

CREATE FUNCTION sync.mark_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
    NEW.last_xid := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE TABLE sync.document (
    kind text NOT NULL CHECK (kind IN ('item', 'tray', 'order', 'person', 'picture')),
    key text NOT NULL,
    body jsonb,  -- null: deleted or revoked
    deleted_at timestamptz,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    last_xid xid8 NOT NULL DEFAULT '0',
    PRIMARY KEY (kind, key)
);
CREATE INDEX document_last_xid ON sync.document (last_xid);
CREATE TRIGGER document_version BEFORE INSERT OR UPDATE ON sync.document FOR EACH ROW EXECUTE FUNCTION sync.mark_version();

CREATE TABLE sync.stock (
    stock_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine text NOT NULL,
    tray integer NOT NULL,
    compartment text NOT NULL,
    item text NOT NULL,
    lot text NOT NULL,
    serial text NOT NULL,
    owner text NOT NULL,
    status text NOT NULL,
    quantity bigint NOT NULL DEFAULT 0,
    since text NOT NULL DEFAULT '',
    counted_at text,
    -- the place in the order of custody of the newest movement
    visit bigint,
    arrived_at timestamptz,
    station text COLLATE "C",
    epoch_no integer,
    seq bigint,
    changed_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 0,
    last_xid xid8 NOT NULL DEFAULT '0',
    UNIQUE (machine, tray, compartment, item, lot, serial, owner, status)
) WITH (fillfactor = 70);
CREATE INDEX stock_item ON sync.stock (item, machine);
CREATE INDEX stock_last_xid ON sync.stock (last_xid);
CREATE TRIGGER stock_version BEFORE INSERT OR UPDATE ON sync.stock FOR EACH ROW EXECUTE FUNCTION sync.mark_version();

CREATE TABLE sync.lease (
    order_key text NOT NULL,
    station text NOT NULL,
    fence bigint NOT NULL,
    until timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'ended')),
    changed_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 0,
    last_xid xid8 NOT NULL DEFAULT '0',
    PRIMARY KEY (order_key, station)
);
CREATE INDEX lease_station ON sync.lease (station, last_xid);
CREATE UNIQUE INDEX lease_one_holder ON sync.lease (order_key) WHERE state = 'held';
CREATE TRIGGER lease_version BEFORE INSERT OR UPDATE ON sync.lease FOR EACH ROW EXECUTE FUNCTION sync.mark_version();

-- What the fold makes of the events.

CREATE TABLE sync.folded (
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (station, epoch)
);

CREATE TABLE sync.movement (
    stock_id bigint NOT NULL,
    visit bigint NOT NULL,  -- in the order of custody: no lower than that of the same station before
    arrived_at timestamptz NOT NULL,
    station text COLLATE "C" NOT NULL,
    epoch_no integer NOT NULL,
    seq bigint NOT NULL,
    epoch text NOT NULL,
    kind text NOT NULL,
    told_visit bigint NOT NULL,
    delta bigint,  -- null: a reset point
    counted bigint,
    at text NOT NULL,
    operator text NOT NULL,
    order_key text NOT NULL,
    line text NOT NULL,
    reason text NOT NULL,
    is_retold boolean NOT NULL,
    -- the book after it
    quantity bigint NOT NULL,
    since text NOT NULL,
    counted_at text,
    PRIMARY KEY (stock_id, visit, arrived_at, station, epoch_no, seq)
);
CREATE INDEX movement_order ON sync.movement (order_key) WHERE order_key <> '';

CREATE TABLE sync.visit (
    machine text NOT NULL,
    tray integer NOT NULL,
    visit bigint NOT NULL,
    station text COLLATE "C" NOT NULL,
    arrived_at timestamptz NOT NULL,
    PRIMARY KEY (machine, tray, visit, station)
);

CREATE TABLE sync.station_visit (
    station text NOT NULL,
    machine text NOT NULL,
    tray integer NOT NULL,
    visit bigint NOT NULL,
    PRIMARY KEY (station, machine, tray)
);

CREATE TABLE sync.tray (
    machine text NOT NULL,
    tray integer NOT NULL,
    visit bigint NOT NULL,
    station text NOT NULL DEFAULT '',  -- the bay that has it, or had it last
    opening text NOT NULL DEFAULT '',
    is_out boolean NOT NULL DEFAULT false,
    at text NOT NULL DEFAULT '',
    version bigint NOT NULL DEFAULT 0,
    last_xid xid8 NOT NULL DEFAULT '0',
    PRIMARY KEY (machine, tray)
);
CREATE INDEX tray_last_xid ON sync.tray (last_xid);
CREATE TRIGGER tray_version BEFORE INSERT OR UPDATE ON sync.tray FOR EACH ROW EXECUTE FUNCTION sync.mark_version();

CREATE TABLE sync.retold (
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (station, epoch, seq, hash)
);

CREATE TABLE sync.compartment (
    machine text NOT NULL,
    tray integer NOT NULL,
    label text NOT NULL,
    PRIMARY KEY (machine, tray, label)
);

CREATE TABLE sync.order_book (
    order_key text PRIMARY KEY,
    kind text NOT NULL DEFAULT '',
    priority integer NOT NULL DEFAULT 5,
    need_by text,
    is_released boolean NOT NULL DEFAULT true,
    state text NOT NULL DEFAULT 'released' CHECK (state IN ('released', 'started', 'closed', 'cancelled')),
    is_touched boolean NOT NULL DEFAULT false,  -- some event is about it
    station text,  -- that holds it
    until timestamptz,
    fence bigint NOT NULL DEFAULT 0,  -- the newest given out
    fence_floor bigint NOT NULL DEFAULT 0,  -- no new one at or below it
    since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX order_book_offer ON sync.order_book (priority, need_by, order_key)
    WHERE is_released AND NOT is_touched AND state = 'released';

CREATE TABLE sync.order_line (
    order_key text NOT NULL,
    line text NOT NULL,
    position integer NOT NULL,
    item text NOT NULL,
    quantity bigint NOT NULL,
    lot text NOT NULL,
    owner text NOT NULL,
    machine text,
    tray integer,
    compartment text,
    PRIMARY KEY (order_key, line)
);

CREATE TABLE sync.order_part (
    order_key text NOT NULL,
    station text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (order_key, station)
);

CREATE TABLE sync.line_part (
    order_key text NOT NULL,
    line text NOT NULL,
    station text NOT NULL,
    state text NOT NULL,
    done_quantity bigint NOT NULL,
    reason text NOT NULL,
    fence bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (order_key, line, station)
);

CREATE TABLE sync.reservation (
    order_key text NOT NULL,
    line text NOT NULL,
    stock_id bigint NOT NULL,
    station text NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_key, line, stock_id)
);
CREATE INDEX reservation_stock ON sync.reservation (stock_id);

CREATE TABLE sync.exception (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    about text NOT NULL,
    station text NOT NULL,
    epoch text NOT NULL,
    seq bigint NOT NULL,
    detail jsonb NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    UNIQUE (kind, about)
);
CREATE INDEX exception_open ON sync.exception (number) WHERE resolved_at IS NULL;

INSERT INTO sync.site (server_epoch, system_identifier, body_version, purged_xid)
SELECT gen_random_uuid()::text, system_identifier, 1, '0' FROM pg_control_system();
