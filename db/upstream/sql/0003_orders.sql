-- Documents and orders: who has which order, under which fence, and which stock is promised to it. All that changes this takes
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
    FOR a_line IN SELECT * FROM sync.order_line WHERE order_key = an_order ORDER BY position LOOP
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
          AND (b.station IS NULL OR b.until < now())
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
    IF to_station IS NULL THEN
        PERFORM sync.end_lease(an_order);
        UPDATE sync.order_book SET fence = greatest(fence, fence_floor) + 1, is_touched = false, state = 'released'
        WHERE order_key = an_order RETURNING fence INTO given;
    ELSE
        given := sync.give_lease(an_order, to_station);
    END IF;
    INSERT INTO sync.moved_order (order_key, from_station, to_station, fence, why, moved_by)
    VALUES (an_order, was, to_station, given, why, session_user);
    PERFORM sync.wake(CASE WHEN to_station IS NULL THEN 'offer' ELSE '' END);
    RETURN given;
END $$;

CREATE TABLE sync.moved_order (
    order_key text NOT NULL,
    fence bigint NOT NULL,
    from_station text,
    to_station text,
    why text NOT NULL,
    moved_by name NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_key, fence)
);

CREATE FUNCTION sync.unfold_order(a_key text, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    INSERT INTO sync.order_book (order_key, kind, priority, need_by)
    VALUES (a_key, doc ->> 'kind', coalesce((doc ->> 'priority')::integer, 5), doc ->> 'need_by')
    ON CONFLICT (order_key) DO UPDATE SET kind = excluded.kind, priority = excluded.priority, need_by = excluded.need_by;
    DELETE FROM sync.order_line WHERE order_key = a_key;
    INSERT INTO sync.order_line (order_key, line, position, item, quantity, lot, owner, machine, tray, compartment)
    SELECT a_key, l ->> 'line', n, l ->> 'item', (l ->> 'quantity')::bigint, coalesce(l ->> 'lot', ''), coalesce(l ->> 'owner', 'own'),
        coalesce(l ->> 'machine', l -> 'place' ->> 'machine'), coalesce(l ->> 'tray', l -> 'place' ->> 'tray')::integer,
        coalesce(l ->> 'compartment', l -> 'place' ->> 'compartment')
    FROM jsonb_array_elements(doc -> 'lines') WITH ORDINALITY AS each(l, n);
END $$;

CREATE FUNCTION sync.unfold_tray(a_key text, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_machine text := regexp_replace(a_key, '/[^/]*$', '');
    a_tray integer := substring(a_key FROM '/([0-9]+)$')::integer;
BEGIN
    DELETE FROM sync.compartment WHERE machine = a_machine AND tray = a_tray;
    INSERT INTO sync.compartment (machine, tray, label)
    SELECT DISTINCT a_machine, a_tray, c ->> 'label' FROM jsonb_array_elements(doc -> 'compartments') AS c;
    UPDATE sync.exception e SET resolved_at = now(), resolved_by = 'fold' FROM sync.compartment c
    WHERE e.kind = 'unknown_compartment' AND e.resolved_at IS NULL AND c.machine = a_machine AND c.tray = a_tray
      AND e.about = a_key || '/' || c.label;
END $$;

CREATE FUNCTION sync.keep_document(a_kind text, a_key text, doc jsonb, who text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    kept bigint;
BEGIN
    INSERT INTO sync.document (kind, key, body, deleted_at, changed_by)
    VALUES (a_kind, a_key, doc, CASE WHEN doc IS NULL THEN now() END, who)
    ON CONFLICT (kind, key) DO UPDATE
        SET body = excluded.body, deleted_at = excluded.deleted_at, changed_by = excluded.changed_by, changed_at = now()
    RETURNING version INTO kept;
    IF a_kind = 'order' AND doc IS NULL THEN
        PERFORM sync.end_lease(a_key);
        UPDATE sync.order_book SET is_released = false WHERE order_key = a_key;
    ELSIF a_kind = 'order' THEN
        PERFORM sync.unfold_order(a_key, doc);
    ELSIF a_kind = 'tray' THEN
        PERFORM sync.unfold_tray(a_key, coalesce(doc, '{"compartments": []}'));
    ELSIF a_kind = 'item' AND doc IS NOT NULL THEN
        PERFORM sync.settle('unknown_item', a_key);
    END IF;
    RETURN kept;
END $$;

-- Why a station's change is refused; empty when it is taken. A change made on an older version would undo somebody's.
CREATE FUNCTION sync.refusal(me text, a_kind text, a_key text, base bigint, doc jsonb)
RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.order_book;
    now_at bigint := coalesce((SELECT version FROM sync.document WHERE kind = a_kind AND key = a_key), 0);
BEGIN
    IF now_at <> base THEN
        RETURN 'changed_elsewhere';
    ELSIF a_kind <> 'order' THEN
        RETURN '';
    END IF;
    SELECT * INTO book FROM sync.order_book WHERE order_key = a_key FOR UPDATE;
    RETURN CASE
        WHEN NOT FOUND THEN ''
        WHEN book.station IS NOT NULL AND book.station <> me THEN 'held_elsewhere'
        WHEN book.is_touched AND now_at > 0 THEN 'worked_on'
        ELSE ''
    END;
END $$;

-- told: [{kind, key, version, body}]
CREATE FUNCTION sync.publish(told jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    each record;
    why text;
    is_same boolean;
    kept bigint;
    versions jsonb := '[]';
    refused jsonb := '[]';
BEGIN
    PERFORM sync.allocate();
    FOR each IN
        SELECT kind, key, coalesce(version, 0) AS base, nullif(body, 'null') AS doc
        FROM jsonb_to_recordset(told) AS t(kind text, key text, version bigint, body jsonb) ORDER BY kind, key COLLATE "C"
    LOOP
        SELECT d.version, d.body IS NOT DISTINCT FROM each.doc INTO kept, is_same
        FROM sync.document d WHERE d.kind = each.kind AND d.key = each.key;
        IF FOUND AND is_same THEN  -- said before, and the answer was lost
            versions := versions || jsonb_build_array(jsonb_build_array(each.kind, each.key, kept));
            CONTINUE;
        END IF;
        why := sync.refusal(me, each.kind, each.key, each.base, each.doc);
        IF why <> '' THEN
            refused := refused || jsonb_build_array(jsonb_build_array(each.kind, each.key, why));
            CONTINUE;
        END IF;
        kept := sync.keep_document(each.kind, each.key, each.doc, me);
        IF each.kind = 'order' AND each.doc IS NOT NULL AND (SELECT state FROM sync.order_book WHERE order_key = each.key) = 'released'
        THEN
            PERFORM sync.give_lease(each.key, me);
        END IF;
        versions := versions || jsonb_build_array(jsonb_build_array(each.kind, each.key, kept));
    END LOOP;
    PERFORM sync.wake();
    RETURN jsonb_build_object('versions', versions, 'refused', refused);
END $$;

-- The host's own way: what it says is so. Orders are on offer at once, or with is_released = false when it releases them.
CREATE FUNCTION sync.put_documents(told jsonb, is_released boolean DEFAULT true)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    each record;
    counted integer := 0;
    is_offer boolean := false;
BEGIN
    PERFORM sync.allocate();
    FOR each IN
        SELECT kind, key, nullif(body, 'null') AS doc
        FROM jsonb_to_recordset(told) AS t(kind text, key text, body jsonb) ORDER BY kind, key COLLATE "C"
    LOOP
        IF each.kind = 'order' AND EXISTS (SELECT FROM sync.order_book b WHERE b.order_key = each.key AND b.is_touched) THEN
            RAISE EXCEPTION 'order % is being worked on', each.key USING ERRCODE = 'BL305';
        END IF;
        PERFORM sync.keep_document(each.kind, each.key, each.doc, session_user::text);
        IF each.kind = 'order' AND NOT is_released THEN
            UPDATE sync.order_book b SET is_released = false WHERE b.order_key = each.key;
        END IF;
        counted := counted + 1;
        is_offer := is_offer OR (is_released AND each.kind = 'order');
    END LOOP;
    PERFORM sync.wake(CASE WHEN is_offer THEN 'offer' ELSE '' END);
    RETURN counted;
END $$;

CREATE FUNCTION sync.release_order(an_order text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    PERFORM sync.allocate();
    UPDATE sync.order_book SET is_released = true WHERE order_key = an_order;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no order %', an_order USING ERRCODE = 'BL305';
    END IF;
    PERFORM sync.wake('offer');
END $$;
