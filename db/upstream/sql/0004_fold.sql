-- What the events come to: stock in the order of custody, orders, which bay has which tray, and what business rules refuse.
-- Runs after the push and apart from it, one at a time. One bad event is set aside with an exception; it stops nobody.

CREATE FUNCTION sync.arrival(a_machine text, a_tray integer, a_visit bigint, a_station text, an_epoch text, a_seq bigint, received timestamptz)
RETURNS timestamptz LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    first timestamptz;
BEGIN
    SELECT arrived_at INTO first FROM sync.visit
    WHERE machine = a_machine AND tray = a_tray AND visit = a_visit AND station = a_station;
    IF FOUND THEN
        RETURN first;
    END IF;
    INSERT INTO sync.visit (machine, tray, visit, station, arrived_at) VALUES (a_machine, a_tray, a_visit, a_station, received);
    IF EXISTS (SELECT FROM sync.visit v WHERE v.machine = a_machine AND v.tray = a_tray AND v.visit = a_visit AND v.station <> a_station)
    THEN
        PERFORM sync.complain('order_assumed', a_machine || '/' || a_tray || '/' || a_visit, a_station, an_epoch, a_seq,
            (SELECT jsonb_object_agg(station, arrived_at) FROM sync.visit v
             WHERE v.machine = a_machine AND v.tray = a_tray AND v.visit = a_visit));
    END IF;
    RETURN received;
END $$;

-- No lower than what this station knew of the tray before: an import, which is no visit, stands where its station's log has it.
CREATE FUNCTION sync.place_of(a_station text, a_machine text, a_tray integer, told bigint)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    known bigint;
BEGIN
    SELECT visit INTO known FROM sync.station_visit WHERE station = a_station AND machine = a_machine AND tray = a_tray;
    IF NOT FOUND THEN
        INSERT INTO sync.station_visit (station, machine, tray, visit) VALUES (a_station, a_machine, a_tray, told);
        PERFORM sync.saw_tray(a_machine, a_tray, told);
        RETURN told;
    ELSIF told > known THEN
        UPDATE sync.station_visit SET visit = told WHERE station = a_station AND machine = a_machine AND tray = a_tray;
        PERFORM sync.saw_tray(a_machine, a_tray, told);
        RETURN told;
    END IF;
    RETURN known;
END $$;

CREATE FUNCTION sync.stock_about(s sync.stock) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT concat_ws('|', s.machine, s.tray, s.compartment, s.item, s.lot, s.serial, s.owner, s.status);
$$;

-- The book after one more movement: as at the bay, where a row that comes to zero is gone and begins anew.
CREATE FUNCTION sync.next_book(INOUT m sync.movement, was bigint, was_since text, was_counted text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    m.quantity := CASE WHEN m.delta IS NULL THEN m.counted ELSE was + m.delta END;
    IF m.quantity = 0 THEN
        m.since := '';
        m.counted_at := NULL;
    ELSE
        m.since := CASE WHEN was <> 0 THEN was_since ELSE m.at END;
        m.counted_at := CASE WHEN m.delta IS NULL THEN m.at WHEN was <> 0 THEN was_counted END;
    END IF;
END $$;

-- A movement that is not the newest of its stock: it goes in its place, and what is behind it is reckoned again, as far as it changes.
CREATE FUNCTION sync.fold_late(s sync.stock, m sync.movement)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.movement;
    later sync.movement;
    again sync.movement;
    is_settled boolean := false;
BEGIN
    SELECT * INTO book FROM sync.movement o
    WHERE o.stock_id = s.stock_id
      AND (o.visit, o.arrived_at, o.station, o.epoch_no, o.seq) < (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq)
    ORDER BY o.visit DESC, o.arrived_at DESC, o.station DESC, o.epoch_no DESC, o.seq DESC LIMIT 1;
    book := sync.next_book(m, coalesce(book.quantity, 0), coalesce(book.since, ''), book.counted_at);
    INSERT INTO sync.movement SELECT book.*;
    FOR later IN
        SELECT * FROM sync.movement o
        WHERE o.stock_id = s.stock_id
          AND (o.visit, o.arrived_at, o.station, o.epoch_no, o.seq) > (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq)
        ORDER BY o.visit, o.arrived_at, o.station, o.epoch_no, o.seq
    LOOP
        again := sync.next_book(later, book.quantity, book.since, book.counted_at);
        IF again IS NOT DISTINCT FROM later THEN
            is_settled := true;
            EXIT;
        END IF;
        UPDATE sync.movement o SET quantity = again.quantity, since = again.since, counted_at = again.counted_at
        WHERE o.stock_id = s.stock_id AND o.visit = later.visit AND o.arrived_at = later.arrived_at
          AND o.station = later.station AND o.epoch_no = later.epoch_no AND o.seq = later.seq;
        book := again;
    END LOOP;
    UPDATE sync.stock t SET changed_at = now(),
        quantity = CASE WHEN is_settled THEN s.quantity ELSE book.quantity END,
        since = CASE WHEN is_settled THEN s.since ELSE book.since END,
        counted_at = CASE WHEN is_settled THEN s.counted_at ELSE book.counted_at END
    WHERE t.stock_id = s.stock_id;
END $$;

CREATE FUNCTION sync.find_stock(a_station text, an_epoch text, a_seq bigint, d jsonb)
RETURNS sync.stock LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    s sync.stock;
    a_machine text := d ->> 'machine';
    a_tray integer := (d ->> 'tray')::integer;
    a_compartment text := d ->> 'compartment';
    an_item text := d ->> 'item';
BEGIN
    SELECT * INTO s FROM sync.stock WHERE machine = a_machine AND tray = a_tray AND compartment = a_compartment AND item = an_item
        AND lot = d ->> 'lot' AND serial = d ->> 'serial' AND owner = d ->> 'owner' AND status = d ->> 'status';
    IF FOUND THEN
        RETURN s;
    END IF;
    INSERT INTO sync.stock (machine, tray, compartment, item, lot, serial, owner, status)
    VALUES (a_machine, a_tray, a_compartment, an_item, d ->> 'lot', d ->> 'serial', d ->> 'owner', d ->> 'status') RETURNING * INTO s;
    IF NOT EXISTS (SELECT FROM sync.document WHERE kind = 'item' AND key = an_item AND body IS NOT NULL) THEN
        PERFORM sync.complain('unknown_item', an_item, a_station, an_epoch, a_seq, d);
    END IF;
    IF NOT EXISTS (SELECT FROM sync.compartment WHERE machine = a_machine AND tray = a_tray AND label = a_compartment) THEN
        PERFORM sync.complain('unknown_compartment', concat_ws('/', a_machine, a_tray, a_compartment), a_station, an_epoch, a_seq, d);
    END IF;
    RETURN s;
END $$;

CREATE FUNCTION sync.fold_movement(c sync.chain, a_seq bigint, received timestamptz, doc jsonb, is_again boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    d jsonb := doc -> 'data';
    a_kind text := doc ->> 'kind';
    told bigint := (d ->> 'visit')::bigint;
    s sync.stock;
    m sync.movement;
    book bigint;
BEGIN
    s := sync.find_stock(c.station, c.epoch, a_seq, d);
    m.stock_id := s.stock_id;
    m.visit := sync.place_of(c.station, s.machine, s.tray, told);
    m.arrived_at := sync.arrival(s.machine, s.tray, m.visit, c.station, c.epoch, a_seq, received);
    m.station := c.station;
    m.epoch_no := c.epoch_no;
    m.seq := a_seq;
    m.epoch := c.epoch;
    m.kind := a_kind;
    m.told_visit := told;
    CASE a_kind
        WHEN 'picked' THEN m.delta := -(d ->> 'quantity')::bigint;
        WHEN 'put' THEN m.delta := (d ->> 'quantity')::bigint;
        WHEN 'corrected' THEN m.delta := (d ->> 'delta')::bigint;
        ELSE m.counted := (d ->> 'counted')::bigint;
    END CASE;
    m.at := doc ->> 'at';
    m.operator := coalesce(doc ->> 'operator', '');
    m.order_key := coalesce(d ->> 'order', '');
    m.line := coalesce(d ->> 'line', '');
    m.reason := coalesce(d ->> 'reason', '');
    m.is_retold := is_again;
    IF s.visit IS NULL OR (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq) > (s.visit, s.arrived_at, s.station, s.epoch_no, s.seq) THEN
        m := sync.next_book(m, s.quantity, s.since, s.counted_at);
        INSERT INTO sync.movement SELECT m.*;
        UPDATE sync.stock SET quantity = m.quantity, since = m.since, counted_at = m.counted_at, visit = m.visit,
            arrived_at = m.arrived_at, station = m.station, epoch_no = m.epoch_no, seq = m.seq, changed_at = now()
        WHERE stock_id = s.stock_id RETURNING quantity INTO book;
    ELSE
        PERFORM sync.fold_late(s, m);
        SELECT quantity INTO book FROM sync.stock WHERE stock_id = s.stock_id;
    END IF;
    IF book < 0 THEN
        PERFORM sync.complain('negative_book', sync.stock_about(s), c.station, c.epoch, a_seq, d || jsonb_build_object('book', book));
    ELSIF s.quantity < 0 THEN
        PERFORM sync.settle('negative_book', sync.stock_about(s));
    END IF;
END $$;

CREATE FUNCTION sync.saw_tray(a_machine text, a_tray integer, told bigint)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, sync, pg_temp AS $$
    INSERT INTO sync.tray (machine, tray, visit) VALUES (a_machine, a_tray, told)
    ON CONFLICT (machine, tray) DO UPDATE SET visit = excluded.visit WHERE tray.visit < excluded.visit;
$$;

-- Custody: which bay has the tray, or had it last. The highest visit knows best.
CREATE FUNCTION sync.fold_custody(c sync.chain, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    d jsonb := doc -> 'data';
    a_tray integer := (d ->> 'tray')::integer;
    told bigint := (d ->> 'visit')::bigint;
    verb text := CASE WHEN doc ->> 'kind' = 'tray_told' THEN CASE WHEN a_tray IS NULL THEN 'store' ELSE 'fetch' END ELSE d ->> 'verb' END;
BEGIN
    IF doc ->> 'kind' = 'motion_ended' AND d ->> 'outcome' <> 'done' THEN
        RETURN;
    ELSIF verb = 'fetch' THEN
        PERFORM sync.place_of(c.station, d ->> 'machine', a_tray, told);
        INSERT INTO sync.tray (machine, tray, visit, station, opening, is_out, at)
        VALUES (d ->> 'machine', a_tray, told, c.station, d ->> 'opening', true, doc ->> 'at')
        ON CONFLICT (machine, tray) DO UPDATE
            SET visit = excluded.visit, station = excluded.station, opening = excluded.opening, is_out = true, at = excluded.at
            WHERE tray.visit < excluded.visit OR (tray.visit = excluded.visit AND tray.station IN ('', excluded.station));
    ELSIF verb = 'store' THEN
        UPDATE sync.tray SET is_out = false, at = doc ->> 'at'
        WHERE machine = d ->> 'machine' AND station = c.station AND opening = d ->> 'opening' AND is_out;
    END IF;
END $$;

-- Orders: each station's part is folded as at the bay; the order is what the parts come to, in whatever order they arrive.
CREATE FUNCTION sync.fold_order(c sync.chain, a_seq bigint, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    d jsonb := doc -> 'data';
    a_kind text := doc ->> 'kind';
    an_order text := d ->> 'order';
    told_fence bigint := (doc ->> 'fence')::bigint;
    book sync.order_book;
    becomes text;
BEGIN
    SELECT * INTO book FROM sync.order_book WHERE order_key = an_order;
    IF NOT FOUND THEN
        INSERT INTO sync.order_book (order_key, is_touched) VALUES (an_order, true) RETURNING * INTO book;
    ELSIF NOT book.is_touched THEN
        UPDATE sync.order_book SET is_touched = true WHERE order_key = an_order;
    END IF;
    IF told_fence < book.fence AND (book.station IS DISTINCT FROM c.station OR NOT EXISTS (
        SELECT FROM sync.lease WHERE order_key = an_order AND station = c.station AND fence = told_fence))
    THEN
        PERFORM sync.complain('stale_fence', concat_ws('/', an_order, c.station, told_fence), c.station, c.epoch, a_seq,
            jsonb_build_object('order', an_order, 'fence', told_fence, 'newest', book.fence, 'held_by', book.station));
    END IF;
    IF a_kind IN ('picked', 'put', 'line_skipped', 'line_closed') THEN
        PERFORM sync.fold_line(c, a_seq, a_kind, d, coalesce(told_fence, 0), book.kind);
        RETURN;
    END IF;
    becomes := CASE a_kind WHEN 'order_started' THEN 'started' WHEN 'order_left' THEN 'released'
        WHEN 'order_closed' THEN 'closed' WHEN 'order_cancelled' THEN 'cancelled' END;
    IF becomes IS NULL THEN
        RETURN;
    END IF;
    IF becomes IN ('closed', 'cancelled') AND book.state IN ('closed', 'cancelled') THEN
        PERFORM sync.complain('order_ended_twice', an_order, c.station, c.epoch, a_seq, jsonb_build_object('order', an_order, 'state', becomes));
    END IF;
    INSERT INTO sync.order_part (order_key, station, state) VALUES (an_order, c.station, becomes)
    ON CONFLICT (order_key, station) DO UPDATE SET state = excluded.state
        WHERE a_kind <> 'order_left' OR order_part.state = 'started';
    UPDATE sync.order_book b SET state = p.state FROM (
        SELECT CASE WHEN bool_or(state = 'closed') THEN 'closed' WHEN bool_or(state = 'cancelled') THEN 'cancelled'
            WHEN bool_or(state = 'started') THEN 'started' ELSE 'released' END AS state
        FROM sync.order_part WHERE order_key = an_order) p
    WHERE b.order_key = an_order;
    IF becomes IN ('closed', 'cancelled') THEN
        PERFORM sync.end_lease(an_order);
    END IF;
END $$;

CREATE FUNCTION sync.fold_line(c sync.chain, a_seq bigint, a_kind text, d jsonb, told_fence bigint, order_kind text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    an_order text := d ->> 'order';
    a_line text := d ->> 'line';
    moved bigint := (d ->> 'quantity')::bigint;
    asked bigint;
    done bigint;
BEGIN
    IF a_kind = 'line_closed' THEN
        INSERT INTO sync.line_part (order_key, line, station, state, done_quantity, reason, fence)
        VALUES (an_order, a_line, c.station, d ->> 'outcome', (d ->> 'done_quantity')::bigint, d ->> 'reason', told_fence)
        ON CONFLICT (order_key, line, station) DO UPDATE
            SET state = excluded.state, done_quantity = excluded.done_quantity, reason = excluded.reason, fence = excluded.fence;
        PERFORM sync.free_stock(an_order, a_line);
    ELSIF a_kind = 'line_skipped' THEN
        INSERT INTO sync.line_part (order_key, line, station, state, done_quantity, reason, fence)
        VALUES (an_order, a_line, c.station, 'skipped', 0, '', told_fence)
        ON CONFLICT (order_key, line, station) DO UPDATE
            SET state = CASE line_part.state WHEN 'open' THEN 'skipped' ELSE line_part.state END;
    ELSE
        INSERT INTO sync.line_part (order_key, line, station, state, done_quantity, reason, fence)
        VALUES (an_order, a_line, c.station, 'open', moved, '', told_fence)
        ON CONFLICT (order_key, line, station) DO UPDATE SET done_quantity = line_part.done_quantity + excluded.done_quantity,
            state = CASE line_part.state WHEN 'skipped' THEN 'open' ELSE line_part.state END;
    END IF;
    IF a_kind = 'picked' THEN
        PERFORM sync.use_reservation(an_order, a_line, d, moved);
    END IF;
    SELECT quantity INTO asked FROM sync.order_line WHERE order_key = an_order AND line = a_line;
    IF FOUND AND order_kind = 'pick' THEN
        SELECT sum(done_quantity) INTO done FROM sync.line_part WHERE order_key = an_order AND line = a_line;
        IF done > asked THEN
            PERFORM sync.complain('over_pick', an_order || '/' || a_line, c.station, c.epoch, a_seq,
                jsonb_build_object('order', an_order, 'line', a_line, 'asked', asked, 'done', done));
        END IF;
    END IF;
END $$;

-- What was picked is promised no more: that of its own compartment first, then whatever else the line was promised.
CREATE FUNCTION sync.use_reservation(an_order text, a_line text, d jsonb, moved bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        SELECT v.stock_id, v.quantity FROM sync.reservation v JOIN sync.stock s ON s.stock_id = v.stock_id
        WHERE v.order_key = an_order AND v.line = a_line
        ORDER BY (s.machine, s.tray, s.compartment) = (d ->> 'machine', (d ->> 'tray')::integer, d ->> 'compartment') DESC, v.stock_id
    LOOP
        EXIT WHEN moved <= 0;
        IF r.quantity <= moved THEN
            DELETE FROM sync.reservation WHERE order_key = an_order AND line = a_line AND stock_id = r.stock_id;
        ELSE
            UPDATE sync.reservation SET quantity = quantity - moved
            WHERE order_key = an_order AND line = a_line AND stock_id = r.stock_id;
        END IF;
        UPDATE sync.stock SET changed_at = now() WHERE stock_id = r.stock_id;
        moved := moved - r.quantity;
    END LOOP;
END $$;

CREATE FUNCTION sync.fold_one(c sync.chain, a_seq bigint, received timestamptz, doc jsonb, is_again boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_kind text := doc ->> 'kind';
    d jsonb := doc -> 'data';
BEGIN
    IF a_kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded') THEN
        PERFORM sync.fold_movement(c, a_seq, received, doc, is_again);
    ELSIF a_kind IN ('motion_ended', 'tray_told') THEN
        PERFORM sync.fold_custody(c, doc);
    ELSIF a_kind = 'retold' AND NOT is_again THEN
        PERFORM sync.fold_retold(c, a_seq, received, d);
        RETURN;
    END IF;
    IF d ->> 'order' <> '' AND a_kind IN ('picked', 'put', 'line_skipped', 'line_closed', 'order_started', 'order_left', 'order_closed', 'order_cancelled')
    THEN
        PERFORM sync.fold_order(c, a_seq, doc);
    END IF;
END $$;

-- An event of a branch that the site does not have. It counts once, however often and in whatever epoch it is told again.
CREATE FUNCTION sync.fold_retold(c sync.chain, a_seq bigint, received timestamptz, d jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    inner_doc jsonb := CASE jsonb_typeof(d -> 'body') WHEN 'string' THEN (d ->> 'body')::jsonb ELSE d -> 'body' END;
BEGIN
    IF EXISTS (SELECT FROM sync.event e WHERE e.station = c.station AND e.epoch = d ->> 'epoch' AND e.seq = (d ->> 'seq')::bigint
               AND encode(e.hash, 'hex') = d ->> 'hash') THEN
        RETURN;
    END IF;
    INSERT INTO sync.retold (station, epoch, seq, hash) VALUES (c.station, d ->> 'epoch', (d ->> 'seq')::bigint, d ->> 'hash')
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM sync.fold_one(c, a_seq, received, inner_doc, true);
    END IF;
END $$;

-- All in one subtransaction; when that fails, each half in its own, down to the one event that cannot be folded.
CREATE FUNCTION sync.fold_range(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    e record;
    middle bigint := (first + last) / 2;
    state text;
    words text;
BEGIN
    BEGIN
        FOR e IN
            SELECT seq, received_at, body FROM sync.event
            WHERE station = c.station AND epoch = c.epoch AND seq BETWEEN first AND last AND body IS NOT NULL
              AND kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded', 'motion_ended', 'tray_told', 'retold', 'line_skipped',
                           'line_closed', 'order_started', 'order_left', 'order_closed', 'order_cancelled')
            ORDER BY seq
        LOOP
            PERFORM sync.fold_one(c, e.seq, e.received_at, e.body::jsonb, false);
        END LOOP;
        RETURN;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, words = MESSAGE_TEXT;
        IF left(state, 2) IN ('40', '53', '54', '55', '57', '58', 'XX') THEN
            RAISE;  -- not the event's fault: the whole fold is tried again
        END IF;
    END;
    IF first = last THEN
        PERFORM sync.complain('unreadable', c.station || '/' || c.epoch || '/' || first, c.station, c.epoch, first,
            jsonb_build_object('sqlstate', state, 'message', words));
        RETURN;
    END IF;
    PERFORM sync.fold_range(c, first, middle);
    PERFORM sync.fold_range(c, middle + 1, last);
END $$;

-- Folds up to so many events of all stations; says how many, -1 while somebody else folds.
CREATE FUNCTION sync.fold(most integer DEFAULT 2000)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    c sync.chain;
    done bigint;
    until bigint;
    folded integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(4104, 1) THEN
        RETURN -1;
    END IF;
    FOR c IN
        SELECT h.* FROM sync.chain h LEFT JOIN sync.folded f ON f.station = h.station AND f.epoch = h.epoch
        WHERE h.acked > coalesce(f.seq, 0) ORDER BY h.station, h.epoch_no
    LOOP
        EXIT WHEN folded >= most;
        IF folded = 0 THEN
            PERFORM sync.allocate();
        END IF;
        done := coalesce((SELECT seq FROM sync.folded WHERE station = c.station AND epoch = c.epoch), 0);
        until := least(c.acked, done + most - folded);
        PERFORM sync.fold_range(c, done + 1, until);
        INSERT INTO sync.folded (station, epoch, seq) VALUES (c.station, c.epoch, until)
        ON CONFLICT (station, epoch) DO UPDATE SET seq = excluded.seq;
        folded := folded + (until - done)::integer;
    END LOOP;
    IF folded > 0 THEN
        PERFORM sync.wake();
    END IF;
    RETURN folded;
END $$;
