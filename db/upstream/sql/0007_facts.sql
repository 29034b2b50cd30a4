-- What a range of events says, as rows: parsed once, and each movement and fetch with its place in the order of custody.

CREATE TYPE sync.fact AS (
    seq bigint, is_again boolean, body text, kind text, at text, operator text, fence bigint, machine text, tray integer, compartment text,
    item text, lot text, serial text, owner text, status text, order_key text, line text, reason text, told_visit bigint,
    quantity bigint, delta bigint, counted bigint, done_quantity bigint, outcome text, opening text,
    moves boolean,  -- stock
    fetches boolean,  -- a tray to a bay, or a person says that it is there
    stores boolean,
    works boolean,  -- on an order
    visit bigint, arrived_at timestamptz
);

CREATE FUNCTION sync.retold_body(d json) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT CASE json_typeof(d -> 'body') WHEN 'string' THEN d ->> 'body' ELSE (d -> 'body')::text END;
$$;

-- Events of a branch that the site does not have. Each counts once, however often and in whatever epoch it is told again.
CREATE FUNCTION sync.note_retold(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    INSERT INTO sync.retold (station, epoch, seq, hash, told_epoch, told_seq)
    SELECT c.station, d.epoch, d.seq, d.hash, c.epoch, e.seq
    FROM sync.event e CROSS JOIN LATERAL json_to_record(e.body::json -> 'data') AS d(epoch text, seq bigint, hash text)
    WHERE e.station = c.station AND e.epoch = c.epoch AND e.seq BETWEEN first AND last AND e.kind = 'retold' AND e.body IS NOT NULL
      AND NOT EXISTS (SELECT FROM sync.event o WHERE o.station = c.station AND o.epoch = d.epoch AND o.seq = d.seq
                      AND encode(o.hash, 'hex') = d.hash)
    ORDER BY e.seq ON CONFLICT DO NOTHING;
END $$;

-- `visit` is no lower than what this station knew of the tray before: an import, which is no visit, stands where its station's log has it.
CREATE FUNCTION sync.facts_of(c sync.chain, first bigint, last bigint)
RETURNS sync.fact[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    RETURN (
    WITH docs AS (
        SELECT e.seq, e.received_at, false AS is_again, e.body FROM sync.event e
        WHERE e.station = c.station AND e.epoch = c.epoch AND e.seq BETWEEN first AND last AND e.body IS NOT NULL
          AND e.kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded', 'motion_ended', 'tray_told', 'line_skipped',
                         'line_closed', 'order_started', 'order_left', 'order_closed', 'order_cancelled')
        UNION ALL
        SELECT e.seq, e.received_at, true, sync.retold_body(e.body::json -> 'data') FROM sync.retold r
        JOIN sync.event e ON e.station = r.station AND e.epoch = r.told_epoch AND e.seq = r.told_seq
        WHERE r.station = c.station AND r.told_epoch = c.epoch AND r.told_seq BETWEEN first AND last
    ), said AS MATERIALIZED (
        SELECT o.seq, o.received_at, o.is_again, o.body, b.kind, b.at, b.operator, b.fence, d.*,
            b.kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded') AS moves,
            (b.kind = 'motion_ended' AND d.outcome = 'done' AND d.verb = 'fetch') OR (b.kind = 'tray_told' AND d.tray IS NOT NULL) AS fetches,
            (b.kind = 'motion_ended' AND d.outcome = 'done' AND d.verb = 'store') OR (b.kind = 'tray_told' AND d.tray IS NULL) AS stores,
            d."order" <> '' AND b.kind IN ('picked', 'put', 'line_skipped', 'line_closed', 'order_started', 'order_left', 'order_closed',
                                           'order_cancelled') AS works
        FROM docs o
        CROSS JOIN LATERAL json_to_record(o.body::json) AS b(kind text, at text, operator text, fence bigint, data json)
        CROSS JOIN LATERAL json_to_record(b.data) AS d(machine text, tray integer, compartment text, item text, lot text, serial text,
            owner text, status text, "order" text, line text, reason text, visit bigint, quantity bigint, delta bigint, counted bigint,
            done_quantity bigint, outcome text, verb text, opening text)
    ), placed AS (
        SELECT s.*, greatest(v.visit, max(s.visit) FILTER (WHERE s.moves OR s.fetches)
            OVER (PARTITION BY s.machine, s.tray ORDER BY s.seq)) AS its_visit
        FROM said s LEFT JOIN sync.station_visit v ON v.station = c.station AND v.machine = s.machine AND v.tray = s.tray
        WHERE s.moves OR s.fetches OR s.stores OR s.works
    )
    SELECT array_agg(ROW(p.seq, p.is_again, p.body, p.kind, p.at, coalesce(p.operator, ''), p.fence, p.machine, p.tray, p.compartment,
        p.item, p.lot, p.serial, p.owner, p.status, coalesce(p."order", ''), p.line, p.reason, p.visit, p.quantity,
        CASE p.kind WHEN 'picked' THEN -p.quantity WHEN 'put' THEN p.quantity WHEN 'corrected' THEN p.delta END,
        p.counted, p.done_quantity, p.outcome, p.opening, p.moves, p.fetches, p.stores, p.works, p.its_visit, p.arrived_at)::sync.fact
        ORDER BY p.seq)
    FROM (SELECT p.*, min(p.received_at) FILTER (WHERE p.moves OR p.fetches) OVER (PARTITION BY p.machine, p.tray, p.its_visit) AS arrived_at
          FROM placed p) p
    );
END $$;
