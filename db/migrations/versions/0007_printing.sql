-- Labels and packing slips that were asked for, in the order of the log, and how far they are.

CREATE TABLE now_print_job (
    job TEXT NOT NULL,
    place INTEGER NOT NULL,  -- in the order of the log
    epoch TEXT NOT NULL,
    printer TEXT NOT NULL,
    label TEXT NOT NULL,
    cause TEXT NOT NULL,
    about TEXT NOT NULL,  -- JSON
    copy_of TEXT NOT NULL,  -- the job of which it is a copy, '' for an original
    copy INTEGER NOT NULL,
    state TEXT NOT NULL,  -- queued | sending | printed | unknown | impossible | dropped
    code TEXT NOT NULL,  -- why it does not go on
    queued_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT pk_now_print_job PRIMARY KEY (job)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_now_print_job_printer ON now_print_job (printer, place);

CREATE INDEX ix_now_print_job_copy_of ON now_print_job (copy_of, copy);
