-- How large goods are as they lie, and which lots a defect holds, wherever they lie and whenever they come.

ALTER TABLE site_item ADD COLUMN width_mm INTEGER NOT NULL DEFAULT 0;  -- of what is put, as it lies; 0: not known

ALTER TABLE site_item ADD COLUMN depth_mm INTEGER NOT NULL DEFAULT 0;  -- it may be turned by 90 degrees; 0: not known

CREATE TABLE now_held_lot (
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    owner TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_held_lot PRIMARY KEY (item, lot, owner)
) STRICT, WITHOUT ROWID;

-- What came back of what was taken for an order is found by that order, however often its items move.
CREATE INDEX ix_event_of_order ON event (body ->> '$.data.of_order', n) WHERE kind = 'put' AND body ->> '$.data.of_order' <> '';

-- What the log of an older store says of them.
INSERT INTO now_held_lot (item, lot, owner, reason, since)
SELECT item, lot, owner, reason, at FROM (
    SELECT body ->> '$.data.item' AS item, body ->> '$.data.lot' AS lot, body ->> '$.data.owner' AS owner,
        body ->> '$.data.reason' AS reason, at, kind,
        row_number() OVER (
            PARTITION BY body ->> '$.data.item', body ->> '$.data.lot', body ->> '$.data.owner' ORDER BY n DESC
        ) AS newest
    FROM event WHERE kind IN ('lot_held', 'lot_released')
) WHERE newest = 1 AND kind = 'lot_held' AND lot <> '';
