-- What a warehouse system or a report reads. Quantities are whole numbers of the item's smallest unit; decimal numbers stand beside.

CREATE VIEW site.stock AS
SELECT s.machine, s.tray, s.compartment, s.item, s.lot, s.serial, s.owner, s.status, s.quantity,
    (s.quantity / power(10::numeric, coalesce((d.body ->> 'decimals')::integer, 0)))::numeric(20, 3) AS quantity_in_units,
    coalesce(d.body ->> 'unit', '') AS unit, coalesce(r.reserved, 0) AS reserved, nullif(s.since, '')::timestamptz AS since,
    s.counted_at::timestamptz AS counted_at, s.changed_at
FROM sync.stock s
LEFT JOIN sync.document d ON d.kind = 'item' AND d.key = s.item
LEFT JOIN (SELECT stock_id, sum(quantity)::bigint AS reserved FROM sync.reservation GROUP BY stock_id) r ON r.stock_id = s.stock_id
WHERE s.quantity <> 0;

CREATE VIEW site.movement AS
SELECT m.station, m.epoch, m.seq, m.kind, m.at::timestamptz AS at, m.operator, s.machine, s.tray, s.compartment, s.item, s.lot, s.serial,
    s.owner, s.status, m.visit, m.delta, m.counted, m.quantity AS book_after, m.order_key AS "order", m.line, m.reason, m.is_retold
FROM sync.movement m JOIN sync.stock s ON s.stock_id = m.stock_id;

CREATE VIEW site.line_progress AS
SELECT l.order_key AS "order", l.line, l.position, l.item, l.quantity AS asked, coalesce(p.done, 0) AS done, coalesce(p.state, 'open') AS state,
    coalesce(p.reason, '') AS reason
FROM sync.order_line l
LEFT JOIN LATERAL (
    SELECT sum(done_quantity)::bigint AS done,
        (array_agg(state ORDER BY state IN ('open', 'skipped'), fence DESC, station COLLATE "C"))[1] AS state,
        (array_agg(reason ORDER BY state IN ('open', 'skipped'), fence DESC, station COLLATE "C"))[1] AS reason
    FROM sync.line_part q WHERE q.order_key = l.order_key AND q.line = l.line
) p ON p.done IS NOT NULL;

CREATE VIEW site.order_progress AS
SELECT b.order_key AS "order", b.kind, b.priority, b.need_by::timestamptz AS need_by, b.is_released, b.state, b.station, b.fence,
    b.until AS lease_until, b.is_touched, count(p.line) AS lines, count(p.line) FILTER (WHERE p.state NOT IN ('open', 'skipped')) AS lines_done
FROM sync.order_book b LEFT JOIN site.line_progress p ON p."order" = b.order_key GROUP BY b.order_key;

CREATE VIEW site.exception AS
SELECT number, kind, about, station, epoch, seq, detail, opened_at, resolved_at, resolved_by, note FROM sync.exception;

CREATE VIEW site.tray AS
SELECT machine, tray, visit, station, opening, is_out, nullif(at, '')::timestamptz AS at FROM sync.tray;

CREATE VIEW site.station AS
SELECT s.station, s.app, s.machines, s.enrolled_at, s.heard_at, s.clock_state, coalesce(c.epoch, s.told_epoch) AS epoch,
    coalesce(c.acked, 0) AS acked, coalesce(encode(c.head, 'hex'), '') AS head_hash, c.received_at AS last_receipt_at,
    CASE WHEN c.epoch = s.told_epoch THEN greatest(s.told_seq, c.acked) ELSE coalesce(c.acked, 0) END AS head, s.depth,
    CASE
        WHEN s.heard_at IS NULL THEN 'never_heard'
        WHEN s.heard_at < now() - interval '90 seconds' THEN 'silent'
        WHEN NOT w.has_all THEN 'catching_up'
        ELSE 'online'
    END AS state,
    CASE WHEN s.heard_at IS NULL THEN NULL
        ELSE extract(epoch FROM greatest(now() - coalesce(CASE WHEN NOT w.has_all THEN s.oldest_at END,
            CASE WHEN s.heard_at < now() - interval '90 seconds' THEN s.heard_at END, now()),
            interval '0'))::bigint END AS behind_s
FROM sync.station s
LEFT JOIN LATERAL (SELECT * FROM sync.chain h WHERE h.station = s.station AND h.acked > 0 ORDER BY h.epoch_no DESC LIMIT 1) c ON true
-- what it said that it had may have come since, and it says so only with its next word
CROSS JOIN LATERAL (SELECT s.depth = 0 OR (coalesce(c.epoch = s.told_epoch, false) AND c.acked >= s.told_seq) AS has_all) w;

CREATE VIEW site.record AS
SELECT (SELECT coalesce(sum(acked), 0)::bigint FROM sync.chain) AS events, server_epoch,
    (SELECT count(*) FROM sync.exception WHERE resolved_at IS NULL) AS exceptions FROM sync.site;

CREATE FUNCTION sync.resolve_exception(a_number bigint, a_note text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    UPDATE sync.exception SET resolved_at = now(), resolved_by = session_user, note = a_note
    WHERE number = a_number AND resolved_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no open exception %', a_number USING ERRCODE = 'BL305';
    END IF;
END $$;
