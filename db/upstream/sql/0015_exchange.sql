-- Exchange tables of a host: it writes rows, each has a state and an error, and results are rows that it takes. What a host writes is
-- taken when its transaction commits, in that transaction: lines and header go in whole, and a refusal undoes nothing of the host's.

CREATE TABLE host.item_in (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item text NOT NULL,
    name text,  -- null, here and below: as it was
    unit text,
    decimals integer,
    weight_g integer,
    lot_tracked boolean,
    serial_tracked boolean,
    barcodes text[],
    note text,
    more jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(more) = 'object'),  -- further keys of the item's document
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('draft', 'new', 'taken', 'refused')),
    error text NOT NULL DEFAULT '',
    written_at timestamptz NOT NULL DEFAULT now(),
    written_by name NOT NULL DEFAULT session_user,
    taken_at timestamptz
);

CREATE TABLE host.order_in (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "order" text NOT NULL,
    action text NOT NULL DEFAULT 'add' CHECK (action IN ('add', 'change', 'cancel')),
    kind text NOT NULL DEFAULT 'pick' CHECK (kind IN ('pick', 'put', 'count', 'receipt')),
    priority integer NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 9),
    need_by timestamptz,
    destination text NOT NULL DEFAULT '',
    host_key text NOT NULL DEFAULT '',
    is_released boolean NOT NULL DEFAULT true,
    more jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(more) = 'object'),  -- further keys of the order's document
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('draft', 'new', 'waiting', 'taken', 'refused')),
    error text NOT NULL DEFAULT '',
    answer jsonb,  -- what was done for an order that somebody had started
    written_at timestamptz NOT NULL DEFAULT now(),
    written_by name NOT NULL DEFAULT session_user,
    taken_at timestamptz
);
CREATE INDEX order_in_order ON host.order_in ("order");

CREATE TABLE host.order_line_in (
    number bigint NOT NULL REFERENCES host.order_in ON DELETE CASCADE,
    position bigint GENERATED ALWAYS AS IDENTITY,
    line text NOT NULL,
    item text NOT NULL,
    quantity numeric NOT NULL DEFAULT 0,  -- in the item's stock unit
    lot text NOT NULL DEFAULT '',
    owner text NOT NULL DEFAULT 'own',
    host_key text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    machine text,
    tray integer,
    compartment text,
    more jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(more) = 'object'),
    error text NOT NULL DEFAULT '',
    PRIMARY KEY (number, line)
);

CREATE TABLE host.result_out (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id text NOT NULL UNIQUE,  -- a result that is told twice is one row
    station text NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    "order" text NOT NULL,
    line text NOT NULL,
    host_key text NOT NULL,
    item text NOT NULL,
    lot text NOT NULL,
    serial text NOT NULL,
    owner text NOT NULL,
    quantity numeric,
    asked numeric,
    reason text NOT NULL,
    at timestamptz NOT NULL,
    person text NOT NULL,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'taken', 'failed')),
    error text NOT NULL DEFAULT '',  -- the host's own
    told_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX result_out_new ON host.result_out (number) WHERE state = 'new';

-- A host says draft or new; what became of a row is said by the owner's functions alone.
CREATE FUNCTION host.guard_state()
RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user <> 'baylight_owner' THEN
        IF NEW.state NOT IN ('draft', 'new') THEN
            RAISE EXCEPTION 'a host sets draft or new, not %', NEW.state USING ERRCODE = 'BL305';
        END IF;
        NEW.error := '';
        NEW.taken_at := NULL;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER item_in_guard BEFORE INSERT OR UPDATE ON host.item_in FOR EACH ROW EXECUTE FUNCTION host.guard_state();
CREATE TRIGGER order_in_guard BEFORE INSERT OR UPDATE ON host.order_in FOR EACH ROW EXECUTE FUNCTION host.guard_state();

-- Why a rule refuses what was written: the code of an import file, so that a host that changes its way keeps its words.
CREATE FUNCTION host.refuse(code text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', code USING ERRCODE = 'BL306';
END $$;

-- Null where the item is not known.
CREATE FUNCTION host.decimals_of(an_item text)
RETURNS integer LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT (d.body ->> 'decimals')::integer FROM sync.document d WHERE d.kind = 'item' AND d.key = an_item AND d.body IS NOT NULL;
$$;

CREATE FUNCTION host.line_error(a_kind text, l host.order_line_in)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    places integer := host.decimals_of(l.item);
BEGIN
    RETURN CASE
        WHEN places IS NULL THEN 'unknown_item'
        WHEN l.line = '' THEN 'missing'
        WHEN a_kind = 'count' THEN CASE WHEN l.quantity <> 0 THEN 'not_allowed' ELSE '' END
        WHEN l.quantity = 'NaN' OR l.quantity <= 0 THEN 'out_of_range'
        WHEN l.quantity > 1000000000 THEN 'too_large'
        WHEN l.quantity <> round(l.quantity, places) THEN 'too_many_decimals'
        ELSE ''
    END;
END $$;

-- The order as `put_documents` takes it.
CREATE FUNCTION host.order_document(o host.order_in)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT jsonb_build_object('order', o."order", 'kind', o.kind, 'priority', o.priority, 'destination', o.destination, 'host_key', o.host_key,
        'need_by', to_char(o.need_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')) || o.more
        || jsonb_build_object('lines', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'item', l.item,
            'quantity', (l.quantity * power(10::numeric, host.decimals_of(l.item)))::bigint, 'lot', l.lot, 'owner', l.owner,
            'host_key', l.host_key, 'note', l.note, 'machine', l.machine, 'tray', l.tray, 'compartment', l.compartment,
            'min_remaining_days', 0) || l.more ORDER BY l.position), '[]')
        FROM host.order_line_in l WHERE l.number = o.number));
$$;

-- Whether a line of the order stands for something else already.
CREATE FUNCTION host.is_reused(before jsonb, doc jsonb)
RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT before ->> 'kind' <> doc ->> 'kind' OR EXISTS (
        SELECT FROM jsonb_array_elements(before -> 'lines') AS b JOIN jsonb_array_elements(doc -> 'lines') AS l
            ON l ->> 'line' = coalesce(b -> 'kit' ->> 'line', b ->> 'line')
        WHERE coalesce(b -> 'kit' ->> 'kit', b ->> 'item') <> l ->> 'item' OR b ->> 'lot' <> l ->> 'lot' OR b ->> 'owner' <> l ->> 'owner');
$$;

CREATE FUNCTION host.take_order_now(o host.order_in)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.order_book;
    before jsonb;
    doc jsonb;
BEGIN
    PERFORM sync.allocate();
    SELECT d.body INTO before FROM sync.document d WHERE d.kind = 'order' AND d.key = o."order";
    SELECT b.* INTO book FROM sync.order_book b WHERE b.order_key = o."order";
    IF o.action = 'cancel' THEN
        IF NOT coalesce(book.is_touched, false) AND book.order_key IS NOT NULL AND before IS NULL THEN
            RETURN;  -- it is so already
        ELSIF book.order_key IS NULL THEN
            PERFORM host.refuse('unknown_order');
        ELSIF book.state IN ('closed', 'cancelled') THEN
            PERFORM host.refuse('order_ended');
        ELSIF book.is_touched THEN
            PERFORM host.refuse(CASE WHEN book.station IS NULL THEN 'order_started' ELSE 'waits' END);
        END IF;
        PERFORM sync.keep_document('order', o."order", NULL, o.written_by::text);
        PERFORM sync.wake();
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM host.order_line_in l WHERE l.number = o.number) THEN
        PERFORM host.refuse('no_lines');
    END IF;
    doc := sync.taken_apart(host.order_document(o));
    IF before = doc AND (book.is_released OR NOT o.is_released) THEN
        RETURN;  -- the same again is one order
    ELSIF before IS NOT NULL AND host.is_reused(before, host.order_document(o)) THEN
        PERFORM host.refuse('key_reused');
    ELSIF coalesce(book.is_touched, false) THEN
        PERFORM host.refuse(CASE WHEN book.state IN ('closed', 'cancelled') THEN 'order_ended'
            WHEN o.action = 'change' AND book.station IS NOT NULL THEN 'waits' ELSE 'order_started' END);
    END IF;
    PERFORM sync.keep_document('order', o."order", doc, o.written_by::text);
    UPDATE sync.order_book b SET is_released = o.is_released, since = now() WHERE b.order_key = o."order";
    PERFORM sync.wake(CASE WHEN o.is_released THEN 'offer' ELSE '' END);
END $$;

CREATE FUNCTION host.take_order()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    o host.order_in;
    why text := '';
BEGIN
    SELECT i.* INTO o FROM host.order_in i WHERE i.number = NEW.number AND i.state = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;  -- the same transaction changed its mind
    END IF;
    IF o.action <> 'cancel' THEN
        UPDATE host.order_line_in l SET error = host.line_error(o.kind, l) WHERE l.number = o.number;
        why := coalesce((SELECT 'line ' || l.line || ': ' || l.error FROM host.order_line_in l
            WHERE l.number = o.number AND l.error <> '' ORDER BY l.position LIMIT 1), '');
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
    IF why = 'waits' THEN  -- the bay that has it applies it to what is not done
        UPDATE host.order_in i SET state = 'waiting' WHERE i.number = o.number;
        RETURN NULL;
    END IF;
    UPDATE host.order_in i SET state = CASE why WHEN '' THEN 'taken' ELSE 'refused' END, error = why, taken_at = clock_timestamp(),
        answer = CASE WHEN why IN ('order_started', 'order_ended') THEN host.progress_of(o."order") END
    WHERE i.number = o.number;
    RETURN NULL;
END $$;

-- What was done for an order, by line, in the smallest unit.
CREATE FUNCTION host.progress_of(an_order text)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, sync, site, pg_temp AS $$
    SELECT jsonb_build_object('state', b.state, 'station', b.station, 'lines', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('line', p.line, 'asked', p.asked, 'done', p.done, 'state', p.state, 'reason', p.reason)
            ORDER BY p.position), '[]') FROM site.line_progress p WHERE p."order" = an_order))
    FROM sync.order_book b WHERE b.order_key = an_order;
$$;

-- As the row says; what it leaves out stays as it was, and is usual for an item that is new.
CREATE FUNCTION host.take_item()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    i host.item_in;
    before jsonb;
    doc jsonb;
    why text := '';
BEGIN
    SELECT r.* INTO i FROM host.item_in r WHERE r.number = NEW.number AND r.state = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT d.body INTO before FROM sync.document d WHERE d.kind = 'item' AND d.key = i.item;
    doc := '{"unit": "pcs", "decimals": 0, "picture": "", "proof": "touch", "rounding": "exact", "lot_tracked": false, "serial_tracked": false,
        "weight_g": 0, "note": "", "packs": [], "barcodes": []}'::jsonb || coalesce(before, '{}') || jsonb_strip_nulls(jsonb_build_object(
        'code', i.item, 'name', i.name, 'unit', i.unit, 'decimals', i.decimals, 'weight_g', i.weight_g, 'lot_tracked', i.lot_tracked,
        'serial_tracked', i.serial_tracked, 'barcodes', to_jsonb(i.barcodes), 'note', i.note)) || i.more;
    why := CASE
        WHEN i.item = '' OR coalesce(doc ->> 'name', '') = '' THEN 'missing'
        WHEN length(i.item) > 50 THEN 'too_long'
        WHEN i.item ~ '^BL[BTCXOK]-' THEN 'reserved_prefix'
        WHEN (doc ->> 'decimals')::integer NOT BETWEEN 0 AND 3 THEN 'out_of_range'
        WHEN (before ->> 'decimals' <> doc ->> 'decimals' OR before ->> 'unit' <> doc ->> 'unit') AND (
            EXISTS (SELECT FROM sync.stock s WHERE s.item = i.item) OR EXISTS (SELECT FROM sync.order_line l WHERE l.item = i.item))
            THEN CASE WHEN before ->> 'decimals' <> doc ->> 'decimals' THEN 'decimals_fixed' ELSE 'unit_fixed' END
        ELSE ''
    END;
    IF why = '' AND before IS DISTINCT FROM doc THEN
        PERFORM sync.allocate();
        PERFORM sync.keep_document('item', i.item, doc, i.written_by::text);
        PERFORM sync.wake();
    END IF;
    UPDATE host.item_in r SET state = CASE why WHEN '' THEN 'taken' ELSE 'refused' END, error = why, taken_at = clock_timestamp()
    WHERE r.number = i.number;
    RETURN NULL;
END $$;

-- At the commit of whoever wrote, items before orders (triggers of one event go by the order in which the rows were written).
CREATE CONSTRAINT TRIGGER item_in_take AFTER INSERT OR UPDATE ON host.item_in DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'new') EXECUTE FUNCTION host.take_item();
CREATE CONSTRAINT TRIGGER order_in_take AFTER INSERT OR UPDATE ON host.order_in DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'new') EXECUTE FUNCTION host.take_order();

-- What hosts want changed of the orders that the station has: [{number, order, action, lines: [{line, quantity}]}], the oldest first.
CREATE FUNCTION sync.host_changes()
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
BEGIN
    UPDATE host.order_in o SET state = 'refused', error = 'order_ended', taken_at = now(), answer = host.progress_of(o."order")
    FROM sync.order_book b WHERE o.state = 'waiting' AND b.order_key = o."order" AND b.state IN ('closed', 'cancelled');
    RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'order', o."order", 'action', o.action, 'lines', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('line', l.line,
                'quantity', (l.quantity * power(10::numeric, host.decimals_of(l.item)))::bigint) ORDER BY l.position), '[]')
            FROM host.order_line_in l WHERE l.number = o.number)) ORDER BY o.number), '[]')
        FROM host.order_in o JOIN sync.order_book b ON b.order_key = o."order" WHERE o.state = 'waiting' AND b.station = me);
END $$;

-- What the station made of it; '' when it was applied, or waits there until the bay has left the order.
CREATE FUNCTION sync.answer_host_change(a_number bigint, an_error text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    its_order text;
BEGIN
    UPDATE host.order_in o SET state = CASE an_error WHEN '' THEN 'taken' ELSE 'refused' END, error = an_error, taken_at = now(),
        answer = host.progress_of(o."order")
    FROM sync.order_book b
    WHERE o.number = a_number AND o.state = 'waiting' AND b.order_key = o."order" AND (b.station = me OR b.station IS NULL)
    RETURNING o."order" INTO its_order;
    IF an_error = '' THEN
        UPDATE sync.order_line s SET quantity = (l.quantity * power(10::numeric, host.decimals_of(l.item)))::bigint
        FROM host.order_line_in l WHERE l.number = a_number AND s.order_key = its_order AND s.line = l.line AND s.item = l.item;
    END IF;
END $$;

-- A station's rows of results: each once, whatever is said twice.
CREATE FUNCTION sync.tell_results(told jsonb)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    kept integer;
BEGIN
    INSERT INTO host.result_out (event_id, station, seq, kind, "order", line, host_key, item, lot, serial, owner, quantity, asked, reason,
        at, person)
    SELECT r.event_id, me, r.seq, r.kind, r."order", r.line, r.host_key, r.item, r.lot, r.serial, r.owner, nullif(r.quantity, '')::numeric,
        nullif(r.asked, '')::numeric, r.reason, r.at, r.person
    FROM jsonb_to_recordset(told) AS r(event_id text, seq bigint, kind text, "order" text, line text, host_key text, item text, lot text,
        serial text, owner text, quantity text, asked text, reason text, at timestamptz, person text)
    ORDER BY r.seq
    ON CONFLICT (event_id) DO NOTHING;
    GET DIAGNOSTICS kept = ROW_COUNT;
    PERFORM pg_notify('baylight_results', me);
    RETURN kept;
END $$;

-- One call for hosts that speak REST: the order with its lines in, what became of it out.
CREATE FUNCTION host.put_order(body jsonb)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, host, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO host.order_in ("order", action, kind, priority, need_by, destination, host_key, is_released)
    VALUES (body ->> 'order', coalesce(body ->> 'action', 'add'), coalesce(body ->> 'kind', 'pick'), coalesce((body ->> 'priority')::integer, 5),
        (body ->> 'need_by')::timestamptz, coalesce(body ->> 'destination', ''), coalesce(body ->> 'host_key', ''),
        coalesce((body ->> 'is_released')::boolean, true))
    RETURNING number INTO made;
    INSERT INTO host.order_line_in (number, line, item, quantity, lot, owner, host_key, note, machine, tray, compartment)
    SELECT made, l.line, l.item, coalesce(l.quantity, 0), coalesce(l.lot, ''), coalesce(l.owner, 'own'), coalesce(l.host_key, ''),
        coalesce(l.note, ''), l.machine, l.tray, l.compartment
    FROM jsonb_to_recordset(coalesce(body -> 'lines', '[]')) AS l(line text, item text, quantity numeric, lot text, owner text,
        host_key text, note text, machine text, tray integer, compartment text);
    SET CONSTRAINTS host.order_in_take IMMEDIATE;
    RETURN (SELECT jsonb_build_object('number', o.number, 'state', o.state, 'error', o.error, 'answer', o.answer, 'lines', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'error', l.error) ORDER BY l.position) FILTER (WHERE l.error <> ''), '[]')
        FROM host.order_line_in l WHERE l.number = o.number)) FROM host.order_in o WHERE o.number = made);
END $$;
