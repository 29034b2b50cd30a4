-- The site's own upkeep: enrolment, proof of the chains, and the new beginning after a backup was put back.

CREATE FUNCTION sync.enrol(a_station text, a_role name, a_pepper text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    its_number integer;
BEGIN
    INSERT INTO sync.station (station, role, pepper_id) VALUES (a_station, a_role, a_pepper)
    ON CONFLICT (station) DO UPDATE SET role = excluded.role, pepper_id = excluded.pepper_id, enrolled_at = now()
    RETURNING number INTO its_number;
    IF to_regclass(format('sync.%I', 'event_' || its_number)) IS NULL THEN  -- attached, for PARTITION OF would stop all pushes
        EXECUTE format('CREATE TABLE sync.%I (LIKE sync.event INCLUDING ALL)', 'event_' || its_number);
        EXECUTE format('ALTER TABLE sync.event ATTACH PARTITION sync.%I FOR VALUES IN (%L)', 'event_' || its_number, a_station);
    END IF;
END $$;

-- The first event of each chain that does not follow from the one before; nothing for a chain that holds.
CREATE FUNCTION sync.verify()
RETURNS TABLE (station text, epoch text, events bigint, acked bigint, head text, broken_at bigint, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    WITH links AS (
        SELECT e.station, e.epoch, e.seq, e.hash,
            e.seq <> lag(e.seq, 1, 0::bigint) OVER w + 1 AS is_gap,
            sha256(lag(e.hash, 1, decode(repeat('00', 32), 'hex')) OVER w || coalesce(e.raw, convert_to(e.body, 'UTF8'))) <> e.hash AS is_broken
        FROM sync.event e WINDOW w AS (PARTITION BY e.station, e.epoch ORDER BY e.seq)
    ), chains AS (
        SELECT l.station, l.epoch, count(*) AS events, max(l.seq) AS last, min(l.seq) FILTER (WHERE l.is_gap OR l.is_broken) AS broken_at,
            bool_or(l.is_gap) AS has_gap
        FROM links l GROUP BY l.station, l.epoch
    ), receipts AS (
        SELECT r.station, r.epoch, min(r.seq) AS other_at
        FROM sync.receipt r LEFT JOIN sync.event e ON e.station = r.station AND e.epoch = r.epoch AND e.seq = r.seq
        WHERE e.hash IS DISTINCT FROM r.head GROUP BY r.station, r.epoch
    )
    SELECT c.station, c.epoch, coalesce(h.events, 0), c.acked, encode(c.head, 'hex'),
        coalesce(h.broken_at, CASE WHEN coalesce(h.last, 0) <> c.acked THEN least(coalesce(h.last, 0), c.acked) + 1 END, r.other_at,
            CASE WHEN e.hash IS DISTINCT FROM c.head AND c.acked > 0 THEN c.acked END),
        CASE
            WHEN h.broken_at IS NOT NULL AND h.has_gap THEN 'events are missing'
            WHEN h.broken_at IS NOT NULL THEN 'the hash does not fit'
            WHEN coalesce(h.last, 0) <> c.acked THEN 'the end is missing'
            WHEN r.other_at IS NOT NULL THEN 'a receipt names another hash'
            WHEN e.hash IS DISTINCT FROM c.head AND c.acked > 0 THEN 'the end has another hash'
            ELSE ''
        END
    FROM sync.chain c
    LEFT JOIN chains h ON h.station = c.station AND h.epoch = c.epoch
    LEFT JOIN receipts r ON r.station = c.station AND r.epoch = c.epoch
    LEFT JOIN sync.event e ON e.station = c.station AND e.epoch = c.epoch AND e.seq = c.acked
    ORDER BY c.station, c.epoch_no;
$$;

-- After a backup was put back: transaction numbers began anew, so every cursor is void; fences that were given out since the backup
-- must not be given out again.
CREATE FUNCTION sync.restored()
RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    named text := gen_random_uuid()::text;
BEGIN
    PERFORM pg_advisory_xact_lock(4104, 1);
    PERFORM sync.allocate();
    -- the second of now: orders and restores that this backup has never heard of had fences, too
    UPDATE sync.site SET server_epoch = named, purged_xid = '0',
        fence_floor = greatest(fence_floor + 1000, extract(epoch FROM clock_timestamp())::bigint), system_identifier = (SELECT c.system_identifier FROM pg_control_system() c);
    UPDATE sync.document SET changed_at = changed_at;
    UPDATE sync.stock SET changed_at = changed_at;
    UPDATE sync.lease SET changed_at = changed_at;
    UPDATE sync.tray SET at = at;
    UPDATE sync.order_book SET fence_floor = greatest(fence, fence_floor, sync.new_fence_floor());
    PERFORM sync.wake();
    RETURN named;
END $$;
