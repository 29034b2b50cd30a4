-- What the motions in the log add up to, tray by tray: over the whole log and since the machine's last service.

CREATE TABLE now_wear (
    machine TEXT NOT NULL,
    span TEXT NOT NULL,  -- log | service
    tray INTEGER NOT NULL,
    cycles INTEGER NOT NULL,  -- fetches that were done
    motions INTEGER NOT NULL,  -- fetches and stores that were done
    not_done INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    run_ms INTEGER NOT NULL,
    bay_ms INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,  -- '': no motion was done
    CONSTRAINT pk_now_wear PRIMARY KEY (machine, span, tray)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_wear_motion (
    machine TEXT NOT NULL,
    command INTEGER NOT NULL,
    opening TEXT NOT NULL,
    tray INTEGER NOT NULL,
    at TEXT NOT NULL,
    is_unknown INTEGER NOT NULL,  -- counted as unknown; its answer may still come
    is_served INTEGER NOT NULL,  -- a service was booked after it was intended
    CONSTRAINT pk_now_wear_motion PRIMARY KEY (machine, command)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_stay (
    machine TEXT NOT NULL,
    opening TEXT NOT NULL,
    tray INTEGER NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_stay PRIMARY KEY (machine, opening)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_service (
    machine TEXT NOT NULL,
    what TEXT NOT NULL,  -- service | inspection
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    next_inspection TEXT NOT NULL,
    CONSTRAINT pk_now_service PRIMARY KEY (machine, what)
) STRICT, WITHOUT ROWID;
