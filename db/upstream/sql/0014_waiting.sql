-- Orders that are offered to nobody, because no station can serve them: listed once they have waited for a minute, settled by itself.
-- Looked at with the heartbeats, some each time and none of them locked: a claim never waits for it, nor leaves out an order for it.

CREATE TABLE sync.order_look (
    order_key text PRIMARY KEY,
    looked_at timestamptz NOT NULL
);

CREATE FUNCTION sync.is_waiting(b sync.order_book)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT b.is_released AND NOT b.is_touched AND b.state = 'released' AND b.kind <> '' AND (b.station IS NULL OR b.until < now());
$$;

-- Why no station can serve the order; null when one can.
CREATE FUNCTION sync.why_unservable(an_order text, a_kind text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    its_machines text[];
    found jsonb;
BEGIN
    FOR its_machines IN SELECT DISTINCT s.machines FROM sync.station s WHERE s.machines <> '{}' LOOP
        IF sync.can_serve(an_order, a_kind, its_machines) THEN
            RETURN NULL;
        END IF;
    END LOOP;
    SELECT jsonb_agg(DISTINCT l.item) INTO found FROM sync.order_line l WHERE l.order_key = an_order
        AND NOT EXISTS (SELECT FROM sync.document d WHERE d.kind = 'item' AND d.key = l.item AND d.body IS NOT NULL);
    IF found IS NOT NULL THEN
        RETURN jsonb_build_object('order', an_order, 'why', 'unknown_item', 'items', found);
    END IF;
    SELECT jsonb_agg(DISTINCT l.machine) INTO found FROM sync.order_line l WHERE l.order_key = an_order AND l.machine IS NOT NULL
        AND NOT EXISTS (SELECT FROM sync.station s WHERE l.machine = ANY (s.machines));
    IF found IS NOT NULL THEN
        RETURN jsonb_build_object('order', an_order, 'why', 'unknown_machine', 'machines', found);
    END IF;
    SELECT jsonb_agg(DISTINCT l.item) INTO found FROM sync.order_line l WHERE l.order_key = an_order AND l.machine IS NULL
        AND a_kind = 'pick' AND NOT EXISTS (SELECT FROM sync.available(l, '{}', false));
    IF found IS NOT NULL THEN
        RETURN jsonb_build_object('order', an_order, 'why', 'no_stock', 'items', found);
    END IF;
    RETURN jsonb_build_object('order', an_order, 'why', 'several_stations');
END $$;

CREATE FUNCTION sync.look_at_waiting()
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    waiting record;
    why jsonb;
BEGIN
    IF NOT pg_try_advisory_xact_lock(4104, 3) THEN
        RETURN;
    END IF;
    DELETE FROM sync.order_look l WHERE NOT EXISTS (
        SELECT FROM sync.order_book b WHERE b.order_key = l.order_key AND sync.is_waiting(b));
    UPDATE sync.exception e SET resolved_at = now(), resolved_by = 'fold'
    WHERE e.kind = 'unservable' AND e.resolved_at IS NULL AND NOT EXISTS (
        SELECT FROM sync.order_book b WHERE b.order_key = e.about AND sync.is_waiting(b));
    FOR waiting IN
        SELECT b.order_key, b.kind FROM sync.order_book b LEFT JOIN sync.order_look l ON l.order_key = b.order_key
        WHERE b.is_released AND NOT b.is_touched AND b.state = 'released' AND sync.is_waiting(b) AND b.since < now() - interval '60 s'
          AND (l.looked_at IS NULL OR l.looked_at < now() - interval '60 s')
        ORDER BY l.looked_at NULLS FIRST, b.priority, b.need_by, b.order_key LIMIT 50
    LOOP
        why := sync.why_unservable(waiting.order_key, waiting.kind);
        IF why IS NULL THEN
            PERFORM sync.settle('unservable', waiting.order_key);
        ELSE
            PERFORM sync.complain('unservable', waiting.order_key, '', '', 0, why);
            UPDATE sync.exception SET detail = why
            WHERE kind = 'unservable' AND about = waiting.order_key AND resolved_at IS NULL AND detail <> why;
        END IF;
        INSERT INTO sync.order_look (order_key, looked_at) VALUES (waiting.order_key, now())
        ON CONFLICT (order_key) DO UPDATE SET looked_at = excluded.looked_at;
    END LOOP;
END $$;
