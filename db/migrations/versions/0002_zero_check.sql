-- The question "is it empty?" outlives the program: compartments that a pick left empty by the book and nobody has looked into.

CREATE TABLE now_zero_check (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    CONSTRAINT pk_now_zero_check PRIMARY KEY (machine, tray, compartment)
) STRICT, WITHOUT ROWID;
