-- Work in progress and finished orders that wait in the machine: loads, which are no item's stock.

CREATE TABLE now_load (
    load TEXT NOT NULL,
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    production_order TEXT NOT NULL,
    operation TEXT NOT NULL,
    consumer TEXT NOT NULL,
    put_at TEXT NOT NULL,
    take_at TEXT NOT NULL,
    CONSTRAINT pk_now_load PRIMARY KEY (load)
) STRICT, WITHOUT ROWID;
