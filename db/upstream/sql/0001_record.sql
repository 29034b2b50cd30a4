-- The record of the stations, and what follows from it. Everything here belongs to baylight_owner; nobody else has a right on a
-- table. Hashes, seqs and bodies are the stations' own; versions and last_xid serve the feed.

CREATE TABLE sync.site (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    server_epoch text NOT NULL,  -- changes when the database went back to a backup
    system_identifier bigint NOT NULL,  -- of the cluster: another one means a copy
    body_version integer NOT NULL,  -- the newest that is read here
    purged_xid xid8 NOT NULL,  -- who has read no further than this may have missed a deletion
    fence_floor bigint NOT NULL DEFAULT 0  -- no order that is new here gets a fence at or below it
);

CREATE FUNCTION sync.new_fence_floor() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT fence_floor FROM sync.site;
$$;

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

INSERT INTO sync.site (server_epoch, system_identifier, body_version, purged_xid)
SELECT gen_random_uuid()::text, system_identifier, 1, '0' FROM pg_control_system();
