-- Trays and bays that maintenance or a supervisor has taken out of service, and why. Both go with the event that takes them back.

CREATE TABLE now_tray_out (
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_tray_out PRIMARY KEY (machine, tray)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_bay_out (
    machine TEXT NOT NULL,
    opening TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_bay_out PRIMARY KEY (machine, opening)
) STRICT, WITHOUT ROWID;
