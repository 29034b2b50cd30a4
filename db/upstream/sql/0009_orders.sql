-- How far orders are, and what business rules refuse of it. Most orders go the usual way, many in one statement; one whose events
-- break a rule goes event by event.

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

-- The orders of these facts that must be looked at event by event: told under an old fence, ended twice, or with more than was asked.
CREATE FUNCTION sync.unusual_orders(c sync.chain, facts sync.fact[])
RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    RETURN (
    WITH ends AS (
        SELECT f.order_key, b.state, b.fence, count(*) FILTER (WHERE f.kind IN ('order_closed', 'order_cancelled')) AS ends, min(f.fence) AS told
        FROM unnest(facts) f JOIN sync.order_book b ON b.order_key = f.order_key GROUP BY f.order_key, b.state, b.fence
    ), lines AS (
        SELECT f.order_key, f.line, f.seq, CASE f.kind WHEN 'line_closed' THEN f.done_quantity WHEN 'line_skipped' THEN 0 ELSE f.quantity END AS done,
            count(*) FILTER (WHERE f.kind = 'line_closed') OVER (PARTITION BY f.order_key, f.line ORDER BY f.seq) AS part
        FROM unnest(facts) f WHERE f.kind IN ('picked', 'put', 'line_skipped', 'line_closed')
    ), sums AS (
        SELECT l.order_key, l.line, l.part, sum(l.done) OVER (PARTITION BY l.order_key, l.line, l.part ORDER BY l.seq) AS done FROM lines l
    ), most AS (SELECT s.order_key, s.line, s.part = 0 AS is_on_top, max(s.done) AS done FROM sums s GROUP BY 1, 2, 3)
    SELECT coalesce(array_agg(u.order_key), '{}') FROM (
        SELECT e.order_key FROM ends e WHERE e.told < e.fence OR e.ends > 1 OR (e.ends > 0 AND e.state IN ('closed', 'cancelled'))
        UNION
        SELECT m.order_key FROM most m
        JOIN sync.order_line l ON l.order_key = m.order_key AND l.line = m.line
        JOIN sync.order_book b ON b.order_key = m.order_key AND b.kind = 'pick'
        LEFT JOIN LATERAL (
            SELECT sum(p.done_quantity) AS done FROM sync.line_part p
            WHERE p.order_key = m.order_key AND p.line = m.line AND (m.is_on_top OR p.station <> c.station)
        ) q ON true
        WHERE m.done + coalesce(q.done, 0) > l.quantity
    ) u
    );
END $$;

-- Each line's part of this station after these events: what the last line_closed said, and what was done since.
CREATE FUNCTION sync.fold_lines(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    WITH acts AS (
        SELECT f.*, f.kind = 'line_closed' AS closes,
            count(*) FILTER (WHERE f.kind = 'line_closed') OVER (PARTITION BY f.order_key, f.line ORDER BY f.seq DESC) = 0 AS is_after
        FROM unnest(facts) f WHERE f.kind IN ('picked', 'put', 'line_skipped', 'line_closed')
    ), told AS (
        SELECT a.order_key, a.line, bool_or(a.closes) AS is_closed, (array_agg(coalesce(a.fence, 0) ORDER BY a.seq))[1] AS first_fence,
            (array_agg(a.outcome ORDER BY a.seq DESC) FILTER (WHERE a.closes))[1] AS outcome,
            (array_agg(a.done_quantity ORDER BY a.seq DESC) FILTER (WHERE a.closes))[1] AS done,
            (array_agg(a.reason ORDER BY a.seq DESC) FILTER (WHERE a.closes))[1] AS reason,
            (array_agg(coalesce(a.fence, 0) ORDER BY a.seq DESC) FILTER (WHERE a.closes))[1] AS fence,
            (array_agg(a.kind ORDER BY a.seq DESC) FILTER (WHERE a.is_after))[1] AS last_act,
            coalesce(sum(a.quantity) FILTER (WHERE a.is_after AND a.kind <> 'line_skipped'), 0)::bigint AS moved
        FROM acts a GROUP BY a.order_key, a.line
    ), were AS (
        SELECT t.*, p.fence AS was_fence, coalesce(CASE WHEN t.is_closed THEN t.outcome ELSE p.state END, 'open') AS was_state,
            CASE WHEN t.is_closed THEN t.done ELSE coalesce(p.done_quantity, 0) END AS was_done,
            CASE WHEN t.is_closed THEN t.reason ELSE coalesce(p.reason, '') END AS now_reason
        FROM told t LEFT JOIN sync.line_part p ON p.order_key = t.order_key AND p.line = t.line AND p.station = c.station
    )
    INSERT INTO sync.line_part (order_key, line, station, state, done_quantity, reason, fence)
    SELECT w.order_key, w.line, c.station,
        CASE WHEN w.last_act IS NULL OR w.was_state NOT IN ('open', 'skipped') THEN w.was_state
            WHEN w.last_act = 'line_skipped' THEN 'skipped' ELSE 'open' END,
        w.was_done + w.moved, w.now_reason, CASE WHEN w.is_closed THEN w.fence ELSE coalesce(w.was_fence, w.first_fence) END
    FROM were w
    ON CONFLICT (order_key, line, station) DO UPDATE
        SET state = excluded.state, done_quantity = excluded.done_quantity, reason = excluded.reason, fence = excluded.fence;
END $$;

CREATE FUNCTION sync.fold_states(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    changed text[];
    ended text[];
BEGIN
    WITH acts AS (
        SELECT f.order_key, f.seq, f.kind = 'order_left' AS is_left, CASE f.kind WHEN 'order_started' THEN 'started'
            WHEN 'order_closed' THEN 'closed' WHEN 'order_cancelled' THEN 'cancelled' END AS becomes
        FROM unnest(facts) f WHERE f.kind IN ('order_started', 'order_left', 'order_closed', 'order_cancelled')
    ), told AS (
        SELECT a.order_key, (array_agg(a.becomes ORDER BY a.seq DESC) FILTER (WHERE NOT a.is_left))[1] AS becomes,
            coalesce(max(a.seq) FILTER (WHERE a.is_left) > coalesce(max(a.seq) FILTER (WHERE NOT a.is_left), 0), false) AS is_left
        FROM acts a GROUP BY a.order_key
    ), kept AS (
        INSERT INTO sync.order_part (order_key, station, state)
        SELECT t.order_key, c.station, CASE WHEN t.is_left AND coalesce(t.becomes, p.state, 'started') = 'started' THEN 'released'
            ELSE coalesce(t.becomes, p.state) END
        FROM told t LEFT JOIN sync.order_part p ON p.order_key = t.order_key AND p.station = c.station
        ON CONFLICT (order_key, station) DO UPDATE SET state = excluded.state
    )
    SELECT array_agg(t.order_key), array_agg(t.order_key) FILTER (WHERE t.order_key IN (
        SELECT a.order_key FROM acts a WHERE a.becomes IN ('closed', 'cancelled'))) INTO changed, ended FROM told t;
    UPDATE sync.order_book b SET state = p.state FROM (
        SELECT o.order_key, CASE WHEN bool_or(o.state = 'closed') THEN 'closed' WHEN bool_or(o.state = 'cancelled') THEN 'cancelled'
            WHEN bool_or(o.state = 'started') THEN 'started' ELSE 'released' END AS state
        FROM sync.order_part o WHERE o.order_key = ANY (changed) GROUP BY o.order_key) p
    WHERE b.order_key = p.order_key AND b.state <> p.state;
    IF ended IS NOT NULL THEN
        UPDATE sync.lease SET state = 'ended', changed_at = now() WHERE order_key = ANY (ended) AND state = 'held';
        UPDATE sync.order_book SET station = NULL, until = NULL WHERE order_key = ANY (ended) AND station IS NOT NULL;
        PERFORM sync.free_lines(ended, NULL);
    END IF;
END $$;

-- Nothing is promised any more to these orders, or (with lines, one beside each order) to these lines.
CREATE FUNCTION sync.free_lines(orders text[], lines text[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    WITH gone AS (
        DELETE FROM sync.reservation r USING unnest(orders, lines) AS g(order_key, line)
        WHERE r.order_key = g.order_key AND (g.line IS NULL OR r.line = g.line) RETURNING r.stock_id
    )
    UPDATE sync.stock s SET changed_at = now() FROM (SELECT DISTINCT stock_id FROM gone) g WHERE s.stock_id = g.stock_id;
END $$;

-- What was promised to a line is free when the line is closed; before that, as much as was picked.
CREATE FUNCTION sync.fold_reservations(facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    f record;
BEGIN
    PERFORM sync.free_lines(array_agg(u.order_key), array_agg(u.line)) FROM unnest(facts) u WHERE u.kind = 'line_closed';
    FOR f IN
        SELECT u.order_key, u.line, u.body, u.quantity FROM unnest(facts) u WHERE u.kind = 'picked'
          AND EXISTS (SELECT FROM sync.reservation r WHERE r.order_key = u.order_key AND r.line = u.line) ORDER BY u.seq
    LOOP
        PERFORM sync.use_reservation(f.order_key, f.line, f.body::jsonb -> 'data', f.quantity);
    END LOOP;
END $$;

CREATE FUNCTION sync.fold_orders(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    unusual text[];
    usual sync.fact[];
    f sync.fact;
BEGIN
    IF EXISTS (SELECT FROM unnest(facts) u WHERE u.kind = 'line_closed' AND (u.outcome IS NULL OR u.done_quantity IS NULL OR u.reason IS NULL)) THEN
        RAISE EXCEPTION 'a closed line says not how far it came';
    END IF;
    INSERT INTO sync.order_book (order_key, is_touched) SELECT DISTINCT u.order_key, true FROM unnest(facts) u
    ON CONFLICT (order_key) DO UPDATE SET is_touched = true WHERE NOT order_book.is_touched;
    unusual := sync.unusual_orders(c, facts);
    usual := CASE WHEN unusual = '{}' THEN facts ELSE ARRAY(SELECT u FROM unnest(facts) u WHERE NOT u.order_key = ANY (unusual)) END;
    IF EXISTS (SELECT FROM unnest(usual) u WHERE u.kind IN ('picked', 'put', 'line_skipped', 'line_closed')) THEN
        PERFORM sync.fold_lines(c, usual);
        PERFORM sync.fold_reservations(usual);
    END IF;
    IF EXISTS (SELECT FROM unnest(usual) u WHERE u.kind IN ('order_started', 'order_left', 'order_closed', 'order_cancelled')) THEN
        PERFORM sync.fold_states(c, usual);
    END IF;
    IF unusual <> '{}' THEN
        FOR f IN SELECT * FROM unnest(facts) u WHERE u.order_key = ANY (unusual) ORDER BY u.seq LOOP
            PERFORM sync.fold_order(c, f.seq, f.body::jsonb);
        END LOOP;
    END IF;
END $$;
