-- What else the events come to: which bay has which tray, how far orders are, and what business rules refuse. One folds at a time.
-- One bad event is set aside with an exception; it stops nobody.

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
        -- who says why he takes more was allowed to: a full pack, what cannot be divided, what somebody asked for
        IF done > asked AND a_kind <> 'line_closed'
           AND coalesce(d ->> 'reason', '') NOT IN ('full_pack', 'cannot_be_divided', 'asked_by_person') THEN
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
        SELECT v.stock_id, v.quantity, sync.stock_about(s) = concat_ws('|', d ->> 'machine', d ->> 'tray', d ->> 'compartment',
            d ->> 'item', d ->> 'lot', d ->> 'serial', d ->> 'owner', d ->> 'status') AS is_here
        FROM sync.reservation v JOIN sync.stock s ON s.stock_id = v.stock_id
        WHERE v.order_key = an_order AND v.line = a_line ORDER BY is_here DESC, v.stock_id
    LOOP
        EXIT WHEN moved <= 0;
        IF r.quantity <= moved THEN
            DELETE FROM sync.reservation WHERE order_key = an_order AND line = a_line AND stock_id = r.stock_id;
        ELSE
            UPDATE sync.reservation SET quantity = quantity - moved
            WHERE order_key = an_order AND line = a_line AND stock_id = r.stock_id;
        END IF;
        IF NOT r.is_here THEN  -- the movement itself marks the stock of its own compartment as changed
            UPDATE sync.stock SET changed_at = now() WHERE stock_id = r.stock_id;
        END IF;
        moved := moved - r.quantity;
    END LOOP;
END $$;

-- Everything of an event but its movement.
CREATE FUNCTION sync.fold_one(c sync.chain, a_seq bigint, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_kind text := doc ->> 'kind';
    d jsonb := doc -> 'data';
BEGIN
    IF a_kind IN ('motion_ended', 'tray_told') THEN
        PERFORM sync.fold_custody(c, doc);
    ELSIF d ->> 'order' <> '' AND a_kind IN ('picked', 'put', 'line_skipped', 'line_closed', 'order_started', 'order_left', 'order_closed',
                                           'order_cancelled') THEN
        PERFORM sync.fold_order(c, a_seq, doc);
    END IF;
END $$;

-- An event of a branch that the site does not have. It counts once, however often and in whatever epoch it is told again.
CREATE FUNCTION sync.fold_retold(c sync.chain, a_seq bigint, d jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM sync.event e WHERE e.station = c.station AND e.epoch = d ->> 'epoch' AND e.seq = (d ->> 'seq')::bigint
               AND encode(e.hash, 'hex') = d ->> 'hash') THEN
        RETURN;
    END IF;
    INSERT INTO sync.retold (station, epoch, seq, hash, told_epoch, told_seq)
    VALUES (c.station, d ->> 'epoch', (d ->> 'seq')::bigint, d ->> 'hash', c.epoch, a_seq) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM sync.fold_one(c, a_seq, sync.retold_body(d));
    END IF;
END $$;

CREATE FUNCTION sync.fold_events(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    e record;
BEGIN
    FOR e IN
        SELECT seq, kind, body FROM sync.event
        WHERE station = c.station AND epoch = c.epoch AND seq BETWEEN first AND last AND body IS NOT NULL
          AND kind IN ('picked', 'put', 'motion_ended', 'tray_told', 'retold', 'line_skipped', 'line_closed', 'order_started',
                       'order_left', 'order_closed', 'order_cancelled')
        ORDER BY seq
    LOOP
        IF e.kind = 'retold' THEN
            PERFORM sync.fold_retold(c, e.seq, e.body::jsonb -> 'data');
        ELSE
            PERFORM sync.fold_one(c, e.seq, e.body::jsonb);
        END IF;
    END LOOP;
    PERFORM sync.fold_movements(c, first, last);
    PERFORM sync.keep_visits(c, first, last);
END $$;

-- All in one subtransaction; when that fails, each half in its own, down to the one event that cannot be folded.
CREATE FUNCTION sync.fold_range(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    middle bigint := (first + last) / 2;
    state text;
    words text;
BEGIN
    BEGIN
        PERFORM sync.fold_events(c, first, last);
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
