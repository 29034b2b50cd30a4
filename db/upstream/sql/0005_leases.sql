-- Orders: who has which order, under which fence, and which stock is promised to it. All that changes this takes
-- one lock (allocation), so that no piece is promised twice; the fold takes it, too.

CREATE FUNCTION sync.allocate() RETURNS void LANGUAGE sql SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT pg_advisory_xact_lock(4104, 2);
$$;

-- 'offer': there may be an order to claim, not only something to read.
CREATE FUNCTION sync.wake(hint text DEFAULT '') RETURNS void LANGUAGE sql SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT pg_notify('baylight_feed', hint);
$$;

CREATE FUNCTION sync.lease_time() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '10 hours' $$;

CREATE FUNCTION sync.renew_leases(a_station text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    -- only at half time, for each renewal goes down the feed; what somebody else is changing comes at the next heartbeat
    WITH due AS (
        SELECT l.order_key FROM sync.lease l JOIN sync.order_book b ON b.order_key = l.order_key
        WHERE l.station = a_station AND l.state = 'held' AND l.until < now() + sync.lease_time() / 2
        ORDER BY l.order_key FOR UPDATE SKIP LOCKED
    ), renewed AS (
        UPDATE sync.lease l SET until = now() + sync.lease_time() FROM due
        WHERE l.order_key = due.order_key AND l.station = a_station RETURNING l.order_key, l.until
    )
    UPDATE sync.order_book b SET until = r.until FROM renewed r WHERE b.order_key = r.order_key AND b.station = a_station;
END $$;

CREATE FUNCTION sync.free_stock(an_order text, a_line text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    WITH gone AS (
        DELETE FROM sync.reservation WHERE order_key = an_order AND (a_line IS NULL OR line = a_line) RETURNING stock_id
    )
    UPDATE sync.stock s SET changed_at = now() FROM (SELECT DISTINCT stock_id FROM gone) g WHERE s.stock_id = g.stock_id;
END $$;

CREATE FUNCTION sync.end_lease(an_order text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    UPDATE sync.lease SET state = 'ended', changed_at = now() WHERE order_key = an_order AND state = 'held';
    UPDATE sync.order_book SET station = NULL, until = NULL WHERE order_key = an_order;
    PERFORM sync.free_stock(an_order, NULL);
END $$;

CREATE FUNCTION sync.give_lease(an_order text, a_station text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    given bigint;
    ends timestamptz := now() + sync.lease_time();
BEGIN
    PERFORM sync.end_lease(an_order);
    UPDATE sync.order_book SET station = a_station, until = ends, fence = greatest(fence, fence_floor) + 1
    WHERE order_key = an_order RETURNING fence INTO given;
    INSERT INTO sync.lease (order_key, station, fence, until, state) VALUES (an_order, a_station, given, ends, 'held')
    ON CONFLICT (order_key, station) DO UPDATE
        SET fence = excluded.fence, until = excluded.until, state = 'held', changed_at = now();
    PERFORM sync.reserve(an_order, a_station);
    PERFORM sync.settle('unservable', an_order);
    RETURN given;
END $$;

-- Stock for a pick line on these machines that nobody was promised; oldest first.
CREATE FUNCTION sync.available(a_line sync.order_line, on_machines text[], is_theirs boolean)
RETURNS TABLE (stock_id bigint, machine text, quantity bigint, since text)
LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT s.stock_id, s.machine, s.quantity - r.held, s.since
    FROM sync.stock s
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(h.quantity), 0)::bigint AS held FROM sync.reservation h WHERE h.stock_id = s.stock_id
    ) r
    WHERE s.item = a_line.item AND s.status = 'free' AND s.owner = a_line.owner AND (a_line.lot = '' OR s.lot = a_line.lot)
      AND (s.machine = ANY (on_machines)) = is_theirs
      AND (a_line.machine IS NULL OR (s.machine = a_line.machine AND s.tray = coalesce(a_line.tray, s.tray)
           AND s.compartment = coalesce(nullif(a_line.compartment, ''), s.compartment)))
      AND s.quantity > r.held
    ORDER BY s.since, s.tray, s.compartment COLLATE "C", s.stock_id;
$$;

CREATE FUNCTION sync.reserve(an_order text, a_station text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_line sync.order_line;
    mine text[] := (SELECT machines FROM sync.station WHERE station = a_station);
    missing bigint;
    free record;
BEGIN
    IF (SELECT kind FROM sync.order_book WHERE order_key = an_order) <> 'pick' THEN
        RETURN;
    END IF;
    FOR a_line IN
        SELECT l.* FROM sync.order_line l WHERE l.order_key = an_order AND NOT EXISTS (  -- what went into another order is asked there
            SELECT FROM sync.line_part p WHERE p.order_key = an_order AND p.line = l.line AND p.state = 'moved')
        ORDER BY l.position
    LOOP
        missing := a_line.quantity - (SELECT coalesce(sum(done_quantity), 0) FROM sync.line_part
            WHERE order_key = an_order AND line = a_line.line);
        FOR free IN SELECT * FROM sync.available(a_line, mine, true) LOOP
            EXIT WHEN missing <= 0;
            INSERT INTO sync.reservation (order_key, line, stock_id, station, quantity)
            VALUES (an_order, a_line.line, free.stock_id, a_station, least(missing, free.quantity));
            UPDATE sync.stock SET changed_at = now() WHERE stock_id = free.stock_id;
            missing := missing - free.quantity;
        END LOOP;
    END LOOP;
END $$;

-- Whether a station with these machines can serve the order: a named machine must be one of them; a pick without a place needs
-- stock there, as much as asked or at least as much as the best machine elsewhere has.
CREATE FUNCTION sync.can_serve(an_order text, a_kind text, mine text[])
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_line sync.order_line;
    here bigint;
    elsewhere bigint;
BEGIN
    FOR a_line IN SELECT * FROM sync.order_line WHERE order_key = an_order LOOP
        IF a_line.machine IS NOT NULL THEN
            IF NOT a_line.machine = ANY (mine) THEN
                RETURN false;
            END IF;
        ELSIF a_kind = 'pick' THEN
            SELECT coalesce(sum(quantity), 0) INTO here FROM sync.available(a_line, mine, true);
            IF here < a_line.quantity THEN
                SELECT coalesce(max(q), 0) INTO elsewhere
                FROM (SELECT sum(quantity) AS q FROM sync.available(a_line, mine, false) GROUP BY machine) m;
                IF here <= 0 OR here < elsewhere THEN
                    RETURN false;
                END IF;
            END IF;
        END IF;
    END LOOP;
    RETURN true;
END $$;

CREATE FUNCTION sync.lease_json(l sync.lease) RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT jsonb_build_array(l.order_key, l.fence, l.until, l.state, l.version);
$$;

CREATE FUNCTION sync.claim(most integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    mine text[] := (SELECT machines FROM sync.station WHERE station = me);
    offered record;
    taken text[] := '{}';
BEGIN
    PERFORM sync.allocate();
    FOR offered IN
        SELECT b.order_key, b.kind FROM sync.order_book b
        WHERE b.is_released AND NOT b.is_touched AND b.state = 'released' AND b.kind <> ''
          AND b.station IS NULL  -- a dark bay may be working on its orders: only a person moves them
          AND NOT EXISTS (  -- what is plainly somebody else's is left out here; can_serve looks closer
              SELECT FROM sync.order_line l WHERE l.order_key = b.order_key AND (
                  NOT l.machine = ANY (mine) OR (l.machine IS NULL AND b.kind = 'pick' AND NOT EXISTS (
                      SELECT FROM sync.stock s
                      WHERE s.item = l.item AND s.machine = ANY (mine) AND s.status = 'free' AND s.quantity > 0))))
        ORDER BY b.priority, b.need_by, b.order_key FOR UPDATE SKIP LOCKED
    LOOP
        EXIT WHEN cardinality(taken) >= most;
        IF sync.can_serve(offered.order_key, offered.kind, mine) THEN
            PERFORM sync.give_lease(offered.order_key, me);
            taken := taken || offered.order_key;
        END IF;
    END LOOP;
    IF cardinality(taken) > 0 THEN
        PERFORM sync.wake();
    END IF;
    RETURN (SELECT coalesce(jsonb_agg(sync.lease_json(l) ORDER BY array_position(taken, l.order_key)), '[]')
        FROM sync.lease l WHERE l.station = me AND l.order_key = ANY (taken));
END $$;

-- Lines that a station split off go on in an order of their own: whoever gets this one next must not be asked for them again.
-- Its document changes only when the order leaves the bay, which holds it as it was.
CREATE FUNCTION sync.drop_moved(an_order text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    moved text[] := ARRAY(SELECT DISTINCT line FROM sync.line_part WHERE order_key = an_order AND state = 'moved');
BEGIN
    IF moved = '{}' THEN
        RETURN;
    END IF;
    UPDATE sync.document d SET changed_at = now(), body = jsonb_set(d.body, '{lines}', (
        SELECT coalesce(jsonb_agg(l ORDER BY n), '[]') FROM jsonb_array_elements(d.body -> 'lines') WITH ORDINALITY AS each(l, n)
        WHERE NOT l ->> 'line' = ANY (moved)))
    WHERE d.kind = 'order' AND d.key = an_order AND d.body IS NOT NULL;
    DELETE FROM sync.order_line WHERE order_key = an_order AND line = ANY (moved);
END $$;

-- A supervisor at a bay takes an order over that another station has, or that is on offer: it is this station's under a new fence.
-- What the other bay books under its old one counts, and is listed.
CREATE FUNCTION sync.take_over(an_order text, why text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    was text;
BEGIN
    PERFORM sync.allocate();
    SELECT station INTO was FROM sync.order_book
    WHERE order_key = an_order AND state IN ('released', 'started') AND kind <> '' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no open order %', an_order USING ERRCODE = 'BL305';
    ELSIF was IS DISTINCT FROM me THEN
        PERFORM sync.drop_moved(an_order);
        INSERT INTO sync.moved_order (order_key, from_station, to_station, fence, why, moved_by)
        VALUES (an_order, was, me, sync.give_lease(an_order, me), why, session_user);
        PERFORM sync.wake();
    END IF;
    RETURN (SELECT sync.lease_json(l) FROM sync.lease l WHERE l.order_key = an_order AND l.station = me);
END $$;

-- A supervisor's act: the order goes to another station (or, with null, back on offer) under a new fence, whatever was done.
CREATE FUNCTION sync.move_order(an_order text, to_station text, why text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    given bigint;
    was text;
BEGIN
    PERFORM sync.allocate();
    SELECT station INTO was FROM sync.order_book
    WHERE order_key = an_order AND state IN ('released', 'started') FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no open order %', an_order USING ERRCODE = 'BL305';
    ELSIF to_station IS NOT NULL AND NOT EXISTS (SELECT FROM sync.station WHERE station = to_station) THEN
        RAISE EXCEPTION 'no station %', to_station USING ERRCODE = 'BL305';
    END IF;
    IF to_station IS DISTINCT FROM was THEN
        PERFORM sync.drop_moved(an_order);
    END IF;
    IF to_station IS NULL THEN
        PERFORM sync.end_lease(an_order);
        -- Nobody works on it any more: left as begun, the dark bay's part would keep it from being on offer after the next bay left it.
        UPDATE sync.order_part SET state = 'released' WHERE order_key = an_order AND state = 'started';
        UPDATE sync.order_book SET fence = greatest(fence, fence_floor) + 1, is_touched = false, state = 'released',
            since = now()
        WHERE order_key = an_order RETURNING fence INTO given;
    ELSE
        given := sync.give_lease(an_order, to_station);
    END IF;
    INSERT INTO sync.moved_order (order_key, from_station, to_station, fence, why, moved_by)
    VALUES (an_order, was, to_station, given, why, session_user);
    PERFORM sync.wake(CASE WHEN to_station IS NULL THEN 'offer' ELSE '' END);
    RETURN given;
END $$;
