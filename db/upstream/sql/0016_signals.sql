-- A call at the assembly station (a button, a screen): one row asks for exactly so much of an item for a consumer. It becomes a pick
-- order of its own name, taken by the same rules as any other order, and stands on the pull board as a signal from upstream.

CREATE TABLE host.signal_in (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signal text NOT NULL,
    action text NOT NULL DEFAULT 'ask' CHECK (action IN ('ask', 'cancel')),
    item text NOT NULL DEFAULT '',
    quantity numeric NOT NULL DEFAULT 0,  -- in the item's stock unit
    consumer text NOT NULL DEFAULT '',
    need_by timestamptz,
    host_key text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('draft', 'new', 'taken', 'refused')),
    error text NOT NULL DEFAULT '',
    order_number bigint REFERENCES host.order_in ON DELETE SET NULL,  -- the row of the order that it became
    written_at timestamptz NOT NULL DEFAULT now(),
    written_by name NOT NULL DEFAULT session_user,
    taken_at timestamptz
);
CREATE INDEX signal_in_signal ON host.signal_in (signal);

CREATE TRIGGER signal_in_guard BEFORE INSERT OR UPDATE ON host.signal_in FOR EACH ROW EXECUTE FUNCTION host.guard_state();

CREATE FUNCTION host.signal_error(s host.signal_in)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN s.signal = '' THEN 'missing'
        WHEN s.action = 'ask' AND (s.consumer = '' OR s.item = '') THEN 'missing'
        WHEN length(s.signal) > 50 OR length(s.consumer) > 50 THEN 'too_long'
        WHEN s.signal ~ '^BL[BTCXOK]-' THEN 'reserved_prefix'
        ELSE ''
    END;
$$;

-- The order's row stays a draft until it was decided, so that no trigger takes it a second time.
CREATE FUNCTION host.take_signal()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    s host.signal_in;
    o host.order_in;
    why text;
BEGIN
    SELECT r.* INTO s FROM host.signal_in r WHERE r.number = NEW.number AND r.state = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;  -- the same transaction changed its mind
    END IF;
    why := host.signal_error(s);
    IF why = '' THEN
        INSERT INTO host.order_in ("order", action, priority, need_by, destination, host_key, more, state, written_by)
        VALUES (s.signal, CASE s.action WHEN 'ask' THEN 'add' ELSE 'cancel' END, 3, s.need_by, s.consumer, s.host_key,
            jsonb_build_object('reference', s.signal), 'draft', s.written_by)
        RETURNING * INTO o;
        IF s.action = 'ask' THEN
            INSERT INTO host.order_line_in (number, line, item, quantity, host_key) VALUES (o.number, '1', s.item, s.quantity, s.host_key);
            UPDATE host.order_line_in l SET error = host.line_error('pick', l) WHERE l.number = o.number RETURNING l.error INTO why;
        END IF;
    END IF;
    IF why = '' THEN
        BEGIN
            PERFORM host.take_order_now(o);
        EXCEPTION WHEN OTHERS THEN
            IF left(SQLSTATE, 2) IN ('40', '53', '54', '55', '57', '58', 'XX') THEN
                RAISE;  -- not the row's fault: the host says it again
            END IF;
            why := SQLERRM;
        END;
    END IF;
    UPDATE host.order_in i SET state = CASE why WHEN '' THEN 'taken' WHEN 'waits' THEN 'waiting' ELSE 'refused' END,
        error = CASE why WHEN 'waits' THEN '' ELSE why END, taken_at = CASE WHEN why <> 'waits' THEN clock_timestamp() END,
        answer = CASE WHEN why IN ('order_started', 'order_ended') THEN host.progress_of(o."order") END
    WHERE i.number = o.number;
    UPDATE host.signal_in r SET state = CASE WHEN why IN ('', 'waits') THEN 'taken' ELSE 'refused' END,
        error = CASE why WHEN 'waits' THEN '' ELSE why END, order_number = o.number, taken_at = clock_timestamp()
    WHERE r.number = s.number;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER signal_in_take AFTER INSERT OR UPDATE ON host.signal_in DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'new') EXECUTE FUNCTION host.take_signal();

-- What became of each: its row, and how far its work is (`work`: the order's state) at which station.
CREATE VIEW host.signal AS
SELECT s.number, s.signal, s.action, s.item, s.quantity, s.consumer, s.need_by, s.host_key, coalesce(o.state, s.state) AS state,
    coalesce(nullif(o.error, ''), s.error) AS error, b.state AS work, b.station, s.written_at, s.written_by, s.taken_at
FROM host.signal_in s
LEFT JOIN host.order_in o ON o.number = s.order_number
LEFT JOIN sync.order_book b ON b.order_key = s.signal;

-- One call for a button or a screen that speaks REST: the signal in, what became of it out.
CREATE FUNCTION host.put_signal(body jsonb)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, host, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO host.signal_in (signal, action, item, quantity, consumer, need_by, host_key)
    VALUES (coalesce(body ->> 'signal', ''), coalesce(body ->> 'action', 'ask'), coalesce(body ->> 'item', ''),
        coalesce((body ->> 'quantity')::numeric, 0), coalesce(body ->> 'consumer', ''), (body ->> 'need_by')::timestamptz,
        coalesce(body ->> 'host_key', ''))
    RETURNING number INTO made;
    SET CONSTRAINTS host.signal_in_take IMMEDIATE;
    RETURN (SELECT jsonb_build_object('number', s.number, 'signal', s.signal, 'state', s.state, 'error', s.error, 'work', s.work)
        FROM host.signal s WHERE s.number = made);
END $$;
