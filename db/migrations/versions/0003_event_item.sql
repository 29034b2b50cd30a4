-- Which events name an item: an item's decimals are fixed once one does, and a long log must not be read through to know.

ALTER TABLE event ADD COLUMN item TEXT GENERATED ALWAYS AS (body ->> '$.data.item') VIRTUAL;

CREATE INDEX ix_event_item ON event (item, n) WHERE item IS NOT NULL;
