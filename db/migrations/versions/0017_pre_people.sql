-- How long a person may sign on without a word from the site database, and what one person did where two are asked for.

ALTER TABLE site_credential ADD COLUMN offline_days INTEGER NOT NULL DEFAULT 0;

CREATE TABLE now_approval (
    epoch TEXT NOT NULL,  -- with seq the event that waits for somebody's word
    seq INTEGER NOT NULL,
    why TEXT NOT NULL,  -- pending: taken by rule; emergency: released by the person himself
    kind TEXT NOT NULL,
    machine TEXT NOT NULL,
    tray INTEGER NOT NULL,
    compartment TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    serial TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    "order" TEXT NOT NULL,
    line TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_approval PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- What happened about people, and who was not let in: found without reading the log.
CREATE INDEX ix_event_people ON event (n) WHERE kind IN (
    'person_added', 'rights_changed', 'role_changed', 'language_changed', 'badge_changed', 'person_disabled', 'name_erased',
    'pin_opened', 'pin_reset', 'pin_chosen', 'offline_changed', 'person_unlocked'
);

CREATE INDEX ix_event_refused ON event (n) WHERE kind IN ('sign_on_refused', 'pin_refused', 'person_unlocked');
