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
    visit bigint NOT NULL,  -- the highest that anything told: a bay counts on from it
    held_visit bigint NOT NULL DEFAULT 0,  -- the highest that a fetch or a person named: it says who has the tray
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
    told_epoch text NOT NULL,  -- where it was told again
    told_seq bigint NOT NULL,
    PRIMARY KEY (station, epoch, seq, hash)
);
CREATE INDEX retold_told ON sync.retold (station, told_epoch, told_seq);

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
    fence_floor bigint NOT NULL DEFAULT sync.new_fence_floor(),  -- no new one at or below it
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

CREATE TABLE sync.moved_order (
    order_key text NOT NULL,
    fence bigint NOT NULL,
    from_station text,
    to_station text,
    why text NOT NULL,
    moved_by name NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_key, fence)
);
