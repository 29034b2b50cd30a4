-- A call by the number of a kanban card, and a just-in-sequence broadcast. Loops are the stations' own: what a card stands for, and whether
-- its signal is open, comes from their events. A second call of an open card answers with the first.

CREATE TABLE sync.kanban_loop (
    name text PRIMARY KEY,
    station text NOT NULL,
    item text NOT NULL,
    consumer text NOT NULL,
    supplier text NOT NULL,
    container bigint NOT NULL,  -- scaled
    cards integer NOT NULL,
    lead_time_min integer NOT NULL,
    is_active boolean NOT NULL
);

CREATE TABLE sync.card_signal (
    card text PRIMARY KEY,
    signal text NOT NULL,
    order_key text NOT NULL,  -- '' while it is no work
    is_ended boolean NOT NULL
);
CREATE INDEX card_signal_signal ON sync.card_signal (signal);

CREATE FUNCTION sync.note_pull(a_station text, a_kind text, d jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    IF a_kind = 'loop_set' THEN
        INSERT INTO sync.kanban_loop (name, station, item, consumer, supplier, container, cards, lead_time_min, is_active)
        VALUES (d ->> 'loop', a_station, d ->> 'item', d ->> 'consumer', coalesce(d ->> 'supplier', ''), (d ->> 'container')::bigint,
            (d ->> 'cards')::integer, (d ->> 'lead_time_min')::integer, (d ->> 'is_active')::boolean)
        ON CONFLICT (name) DO UPDATE SET station = excluded.station, item = excluded.item, consumer = excluded.consumer,
            supplier = excluded.supplier, container = excluded.container, cards = excluded.cards,
            lead_time_min = excluded.lead_time_min, is_active = excluded.is_active;
    ELSIF a_kind = 'signal_raised' AND coalesce(d ->> 'card', '') <> '' THEN
        INSERT INTO sync.card_signal (card, signal, order_key, is_ended) VALUES (d ->> 'card', d ->> 'signal', '', false)
        ON CONFLICT (card) DO UPDATE SET signal = excluded.signal, order_key = '', is_ended = false;
    ELSIF a_kind = 'signal_moved' THEN
        UPDATE sync.card_signal s SET is_ended = s.is_ended OR d ->> 'step' IN ('deliver', 'cancel'),
            order_key = coalesce(nullif(d ->> 'order', ''), s.order_key)
        WHERE s.signal = d ->> 'signal';
    END IF;
END $$;

CREATE FUNCTION sync.notice_pull()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    BEGIN
        PERFORM sync.note_pull(NEW.station, NEW.kind, NEW.body::jsonb -> 'data');
    EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
        NULL;  -- the record is taken whatever it says; a card that nobody can read of is unknown
    END;
    RETURN NULL;
END $$;

CREATE TRIGGER event_of_pull AFTER INSERT ON sync.event FOR EACH ROW
    WHEN (NEW.body IS NOT NULL AND NEW.kind IN ('loop_set', 'signal_raised', 'signal_moved')) EXECUTE FUNCTION sync.notice_pull();

SELECT sync.note_pull(e.station, e.kind, e.body::jsonb -> 'data') FROM (
    SELECT v.* FROM sync.event v WHERE v.kind IN ('loop_set', 'signal_raised', 'signal_moved') AND v.body IS NOT NULL
    ORDER BY v.received_at, v.station, v.seq
) e;

ALTER TABLE host.signal_in ADD COLUMN card text NOT NULL DEFAULT '', ADD COLUMN sequence text NOT NULL DEFAULT '',
    ADD COLUMN rank integer NOT NULL DEFAULT 0, ADD COLUMN same_as text NOT NULL DEFAULT '';

-- What is open of a card: its work is not done, or it waits to become work. '' for nothing.
CREATE FUNCTION host.open_of_card(a_card text)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, sync, host, pg_temp AS $$
    SELECT coalesce((
        SELECT o.signal FROM (
            SELECT s.signal, s.order_key, 0 AS rank FROM sync.card_signal s WHERE s.card = a_card AND NOT s.is_ended
            UNION ALL
            SELECT i.signal, i.signal, i.number FROM host.signal_in i WHERE i.card = a_card AND i.state = 'taken' AND i.action = 'ask'
                AND i.same_as = ''
        ) o LEFT JOIN sync.order_book b ON b.order_key = o.order_key AND o.order_key <> ''
        LEFT JOIN sync.document d ON d.kind = 'order' AND d.key = o.order_key
        WHERE o.order_key = '' OR (b.state IN ('released', 'started') AND (d.body IS NOT NULL OR b.is_touched))
        ORDER BY o.rank DESC LIMIT 1), '');
$$;
CREATE INDEX signal_in_card ON host.signal_in (card) WHERE card <> '';

-- The call with what its card stands for. `error` says why it does not; `same_as` names the signal that is open.
CREATE FUNCTION host.of_card(s host.signal_in)
RETURNS host.signal_in LANGUAGE plpgsql SET search_path = pg_catalog, sync, host, pg_temp AS $$
DECLARE
    l sync.kanban_loop;
    number integer := 1;
    parts text[];
BEGIN
    s.card := regexp_replace(s.card, '^BLK-', '');
    SELECT o.* INTO l FROM sync.kanban_loop o WHERE o.name = s.card FOR UPDATE;
    IF NOT FOUND THEN
        parts := regexp_match(s.card, '^(.+)-([0-9]{1,4})$');
        number := parts[2]::integer;
        SELECT o.* INTO l FROM sync.kanban_loop o WHERE o.name = parts[1] FOR UPDATE;  -- two calls of a card come one after the other
    END IF;
    s.error := CASE
        WHEN l.name IS NULL THEN 'card_unknown'
        WHEN NOT l.is_active THEN 'card_idle'
        WHEN number NOT BETWEEN 1 AND l.cards THEN 'card_surplus'
        WHEN l.supplier <> '' THEN 'other_way'
        WHEN s.item <> '' OR s.quantity <> 0 OR s.sequence <> '' THEN 'not_allowed'
        ELSE ''
    END;
    IF s.error = '' THEN
        s.same_as := host.open_of_card(s.card);
        s.item := l.item;
        s.consumer := l.consumer;
        s.quantity := l.container / power(10::numeric, coalesce(host.decimals_of(l.item), 0));
        s.need_by := coalesce(s.need_by, clock_timestamp() + make_interval(mins => l.lead_time_min));
        s.signal := coalesce(nullif(s.signal, ''), s.card || '.c' || (SELECT 1 + count(*) FROM host.signal_in i
            WHERE i.card = s.card AND i.number < s.number AND i.same_as = ''));
    END IF;
    RETURN s;
END $$;

CREATE OR REPLACE FUNCTION host.signal_error(s host.signal_in)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN s.signal = '' THEN 'missing'
        WHEN s.action = 'ask' AND (s.consumer = '' OR s.item = '') THEN 'missing'
        WHEN (s.sequence = '') <> (s.rank = 0) THEN 'missing'
        WHEN s.rank NOT BETWEEN 0 AND 1000000 THEN 'out_of_range'
        WHEN length(s.signal) > 50 OR length(s.consumer) > 50 OR length(s.sequence) > 50 THEN 'too_long'
        WHEN s.signal ~ '^BL[BTCXOK]-' THEN 'reserved_prefix'
        ELSE ''
    END;
$$;

-- The order's row stays a draft until it was decided, so that no trigger takes it a second time.
CREATE OR REPLACE FUNCTION host.take_signal()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    s host.signal_in;
    o host.order_in;
    why text := '';
BEGIN
    SELECT r.* INTO s FROM host.signal_in r WHERE r.number = NEW.number AND r.state = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;  -- the same transaction changed its mind
    END IF;
    IF s.card <> '' AND s.action = 'ask' THEN
        s := host.of_card(s);
        why := s.error;
        IF why = '' AND s.same_as <> '' THEN  -- it asks already
            UPDATE host.signal_in r SET state = 'taken', error = '', taken_at = clock_timestamp(), card = s.card, signal = s.signal,
                item = s.item, consumer = s.consumer, quantity = s.quantity, need_by = s.need_by, same_as = s.same_as
            WHERE r.number = s.number;
            RETURN NULL;
        END IF;
    END IF;
    why := coalesce(nullif(why, ''), host.signal_error(s));
    IF why = '' THEN
        INSERT INTO host.order_in ("order", action, priority, need_by, destination, host_key, more, state, written_by)
        VALUES (s.signal, CASE s.action WHEN 'ask' THEN 'add' ELSE 'cancel' END, 3, s.need_by, s.consumer, s.host_key,
            jsonb_build_object('reference', coalesce(nullif(s.card, ''), s.signal))
                || CASE s.sequence WHEN '' THEN '{}' ELSE jsonb_build_object('sequence', s.sequence) END, 'draft', s.written_by)
        RETURNING * INTO o;
        IF s.action = 'ask' THEN
            INSERT INTO host.order_line_in (number, line, item, quantity, host_key, more) VALUES (o.number, '1', s.item, s.quantity,
                s.host_key, CASE s.rank WHEN 0 THEN '{}' ELSE jsonb_build_object('rank', s.rank) END);
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
        error = CASE why WHEN 'waits' THEN '' ELSE why END, order_number = o.number, taken_at = clock_timestamp(), card = s.card,
        signal = s.signal, item = s.item, consumer = s.consumer, quantity = s.quantity, need_by = s.need_by
    WHERE r.number = s.number;
    RETURN NULL;
END $$;

-- A call that another one has answered shows the work of that one.
CREATE OR REPLACE VIEW host.signal AS
SELECT s.number, s.signal, s.action, s.item, s.quantity, s.consumer, s.need_by, s.host_key, coalesce(o.state, s.state) AS state,
    coalesce(nullif(o.error, ''), s.error) AS error, b.state AS work, b.station, s.written_at, s.written_by, s.taken_at,
    s.card, s.sequence, s.rank, s.same_as
FROM host.signal_in s
LEFT JOIN host.order_in o ON o.number = s.order_number
LEFT JOIN sync.card_signal c ON c.signal = s.same_as AND s.same_as <> ''
LEFT JOIN sync.order_book b ON b.order_key = coalesce(nullif(c.order_key, ''), nullif(s.same_as, ''), s.signal);

CREATE OR REPLACE FUNCTION host.put_signal(body jsonb)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, host, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO host.signal_in (signal, action, item, quantity, consumer, need_by, host_key, card, sequence, rank)
    VALUES (coalesce(body ->> 'signal', ''), coalesce(body ->> 'action', 'ask'), coalesce(body ->> 'item', ''),
        coalesce((body ->> 'quantity')::numeric, 0), coalesce(body ->> 'consumer', ''), (body ->> 'need_by')::timestamptz,
        coalesce(body ->> 'host_key', ''), coalesce(body ->> 'card', ''), coalesce(body ->> 'sequence', ''),
        coalesce((body ->> 'rank')::integer, 0))
    RETURNING number INTO made;
    SET CONSTRAINTS host.signal_in_take IMMEDIATE;
    RETURN (SELECT jsonb_build_object('number', s.number, 'signal', coalesce(nullif(s.same_as, ''), s.signal), 'state', s.state,
        'error', s.error, 'work', s.work, 'is_new', s.same_as = '') FROM host.signal s WHERE s.number = made);
END $$;
