-- What a kit is made of; which line of an order is a part of which kit; and of which order an order was split off.

CREATE TABLE site_component (
    kit TEXT NOT NULL,
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL,  -- of the component, in one kit
    CONSTRAINT pk_site_component PRIMARY KEY (kit, position),
    CONSTRAINT fk_site_component_kit FOREIGN KEY (kit) REFERENCES site_item (code),
    CONSTRAINT ck_site_component_quantity CHECK (quantity > 0)
) STRICT;

CREATE INDEX ix_site_component_item ON site_component (item);

ALTER TABLE site_order ADD COLUMN split_of TEXT NOT NULL DEFAULT '';  -- the order as the host knows it; '' where it is this one

ALTER TABLE site_order_line ADD COLUMN kit TEXT NOT NULL DEFAULT '';  -- the item of the kit that this line is a part of

ALTER TABLE site_order_line ADD COLUMN kit_line TEXT NOT NULL DEFAULT '';  -- the host's line, which asked for the kit

ALTER TABLE site_order_line ADD COLUMN kit_asked INTEGER NOT NULL DEFAULT 0;  -- so many kits the host's line asked for

ALTER TABLE site_order_line ADD COLUMN kit_each INTEGER NOT NULL DEFAULT 0;  -- of this item in one kit; 0: it is whole kits
