-- What receipts ask: how the goods of an item, of a supplier or of one delivered lot are looked at, and what they are against.

ALTER TABLE site_item ADD COLUMN inspect TEXT NOT NULL DEFAULT 'none';  -- none | quantity | condition

ALTER TABLE site_order ADD COLUMN supplier TEXT NOT NULL DEFAULT '';  -- of a receipt: who delivers

ALTER TABLE site_order ADD COLUMN reference TEXT NOT NULL DEFAULT '';  -- of a receipt: the delivery, or the pull signal that asked for it

ALTER TABLE site_order ADD COLUMN inspect TEXT NOT NULL DEFAULT 'none';  -- of a receipt: how its supplier's goods are looked at

ALTER TABLE site_order_line ADD COLUMN inspect TEXT NOT NULL DEFAULT 'none';  -- of a receipt's line: how this lot is looked at

ALTER TABLE site_tray ADD COLUMN pitch_mm INTEGER NOT NULL DEFAULT 0;  -- where its dividers can stand, from the left; 0: nowhere
