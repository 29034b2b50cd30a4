-- Pull signals and the loops they run in. All of it is from the log: loops come by file, and each of its rows is an event.

CREATE TABLE now_loop (
    loop TEXT NOT NULL,
    item TEXT NOT NULL,
    consumer TEXT NOT NULL,
    supplier TEXT NOT NULL,  -- '' for a loop inside the house, which is served from the machine
    goes_back TEXT NOT NULL,  -- first_piece | bin_empty: when the card of a container goes back
    container INTEGER NOT NULL,
    cards INTEGER NOT NULL,
    lead_time_min INTEGER NOT NULL,
    trigger_at INTEGER NOT NULL,  -- net position at which it is asked for; below 0: only cards ask
    up_to INTEGER NOT NULL,
    wip_limit INTEGER NOT NULL,  -- so many signals of it at work at a time; 0: any number
    use_per_day INTEGER NOT NULL,  -- what the number of cards was made from; 0: nobody said
    safety_percent INTEGER NOT NULL,
    is_active INTEGER NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_now_loop PRIMARY KEY (loop)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_signal (
    signal TEXT NOT NULL,
    item TEXT NOT NULL,
    consumer TEXT NOT NULL,
    origin TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    need_by TEXT NOT NULL,  -- '' where nobody said
    loop TEXT NOT NULL,
    card TEXT NOT NULL,
    supplier TEXT NOT NULL,
    "order" TEXT NOT NULL,  -- that it became; '' while it is no work
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    rest_of TEXT NOT NULL,  -- the signal that this is the rest of
    quantity INTEGER NOT NULL,
    done INTEGER NOT NULL,  -- picked, or received from the supplier
    rest INTEGER NOT NULL,  -- what was short of it, and is to be asked for anew
    gone INTEGER NOT NULL,  -- of what was received: no more at the receiving place
    is_open INTEGER NOT NULL,
    CONSTRAINT pk_now_signal PRIMARY KEY (signal)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_signal_open ON now_signal (item) WHERE is_open = 1;

CREATE INDEX ix_now_signal_order ON now_signal ("order") WHERE "order" <> '';

CREATE INDEX ix_now_signal_card ON now_signal (card) WHERE card <> '';

CREATE INDEX ix_now_signal_loop ON now_signal (loop) WHERE loop <> '' AND card = '';

CREATE INDEX ix_now_signal_rest ON now_signal (signal) WHERE rest > 0;

-- When a signal came to each state, in order: what a step took is the time between two rows.
CREATE TABLE now_signal_step (
    signal TEXT NOT NULL,
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_now_signal_step PRIMARY KEY (signal, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE now_card (
    card TEXT NOT NULL,
    loop TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    scans INTEGER NOT NULL,
    CONSTRAINT pk_now_card PRIMARY KEY (card)
) STRICT, WITHOUT ROWID;
