-- What a tray held at any moment, in a few milliseconds: what lay on it after every 128th movement, and layouts that were replaced.

ALTER TABLE event ADD COLUMN lot TEXT GENERATED ALWAYS AS (body ->> '$.data.lot') VIRTUAL;

ALTER TABLE event ADD COLUMN serial TEXT GENERATED ALWAYS AS (body ->> '$.data.serial') VIRTUAL;

CREATE INDEX ix_event_lot ON event (lot, n) WHERE lot IS NOT NULL AND lot <> '';

CREATE INDEX ix_event_serial ON event (serial, n) WHERE serial IS NOT NULL AND serial <> '';

-- Where a tray was: few of its events, which stand among very many others.
CREATE INDEX ix_event_custody ON event (machine, tray, n)
WHERE kind IN ('motion_intended', 'motion_ended', 'tray_told', 'access_refused', 'place_reached');

-- The layout that was in force up to and with event `through_n`.
CREATE TABLE site_tray_past (
    machine TEXT NOT NULL,
    number INTEGER NOT NULL,
    through_n INTEGER NOT NULL,
    layout TEXT NOT NULL,
    CONSTRAINT pk_site_tray_past PRIMARY KEY (machine, number, through_n)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_tray_moves (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    moves INTEGER NOT NULL,
    CONSTRAINT pk_now_tray_moves PRIMARY KEY (machine, tray)
) STRICT, WITHOUT ROWID;

-- `stock` is what the own log adds up to after event `n`, as JSON.
CREATE TABLE now_tray_past (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stock TEXT NOT NULL,
    CONSTRAINT pk_now_tray_past PRIMARY KEY (machine, tray, n)
) STRICT, WITHOUT ROWID;
