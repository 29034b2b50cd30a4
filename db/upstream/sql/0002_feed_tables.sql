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
