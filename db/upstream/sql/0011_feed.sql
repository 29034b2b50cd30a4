-- What goes down. One statement, so one snapshot: the rows, the watermark and the folded positions are of one moment.

-- Everything visible that was changed at or after the cursor. The next cursor is the oldest transaction that is still open: what it
-- writes comes later, what was read already comes again, and the version says that it is known.
CREATE FUNCTION sync.pull(an_epoch text, lo xid8)
RETURNS TABLE (what text, told json)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    it sync.site := (SELECT s FROM sync.site s);
    hi xid8 := pg_snapshot_xmin(pg_current_snapshot());
    is_fresh boolean := lo = '0'::xid8;
BEGIN
    IF NOT is_fresh AND (an_epoch <> it.server_epoch OR hi < lo OR lo <= it.purged_xid) THEN
        RETURN QUERY SELECT 'refetch', json_build_object('server_epoch', it.server_epoch);
        RETURN;
    END IF;
    RETURN QUERY SELECT 'feed', json_build_object('server_epoch', it.server_epoch, 'watermark', hi::text, 'data_as_of', sync.as_of(hi),
        'included', (SELECT coalesce(json_agg(json_build_array(f.epoch, f.seq, encode(e.hash, 'hex')) ORDER BY h.epoch_no), '[]')
            FROM sync.folded f JOIN sync.chain h ON h.station = f.station AND h.epoch = f.epoch
            JOIN sync.event e ON e.station = f.station AND e.epoch = f.epoch AND e.seq = f.seq WHERE f.station = me));
    RETURN QUERY SELECT 'document', json_build_array(d.kind, d.key, d.version, d.body)
        FROM sync.document d WHERE d.kind <> 'order' AND d.last_xid >= lo AND NOT (is_fresh AND d.body IS NULL);
    RETURN QUERY SELECT 'document', json_build_array(d.kind, d.key, d.version, d.body)
        FROM sync.lease l JOIN sync.document d ON d.kind = 'order' AND d.key = l.order_key
        WHERE l.station = me AND l.state = 'held' AND (l.last_xid >= lo OR d.last_xid >= lo);
    RETURN QUERY SELECT 'stock', json_build_array(s.machine, s.tray, s.compartment, s.item, s.lot, s.serial, s.owner, s.status,
            s.quantity, s.version, s.since, s.counted_at, coalesce(t.visit, 0), coalesce(r.held, 0))
        FROM sync.stock s
        LEFT JOIN sync.tray t ON t.machine = s.machine AND t.tray = s.tray
        LEFT JOIN (SELECT v.stock_id, sum(v.quantity)::bigint AS held FROM sync.reservation v WHERE v.station <> me GROUP BY v.stock_id) r
            ON r.stock_id = s.stock_id
        WHERE s.last_xid >= lo;
    RETURN QUERY SELECT 'custody', json_build_array(t.machine, t.tray, t.opening, t.station, t.visit, t.is_out, t.version)
        FROM sync.tray t WHERE t.last_xid >= lo AND t.station <> '';
    RETURN QUERY SELECT 'lease', to_json(sync.lease_json(l)) FROM sync.lease l
        WHERE l.station = me AND l.last_xid >= lo AND NOT (is_fresh AND l.state = 'ended');
END $$;

-- The moment that the feed is certainly complete to: now, or the beginning of the oldest transaction that still writes. Null where
-- the owner was not given the right to see other people's transactions.
CREATE FUNCTION sync.as_of(hi xid8)
RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT CASE WHEN hi = pg_snapshot_xmax(pg_current_snapshot()) THEN clock_timestamp() ELSE least(
        (SELECT min(xact_start) FROM pg_stat_activity WHERE backend_xid IS NOT NULL), (SELECT min(prepared) FROM pg_prepared_xacts),
        CASE WHEN pg_has_role('pg_read_all_stats', 'usage') THEN clock_timestamp() END) END;
$$;

-- Of each kind of which nothing changed since the cursor, also where there is none of it: the others cannot be compared at this moment
-- and are left out.
CREATE FUNCTION sync.checksums(lo xid8)
RETURNS TABLE (kind text, rows bigint, sum bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
BEGIN
    RETURN QUERY
    SELECT k.kind, count(m.key), coalesce(sum(sync.mark(m.key, m.version)), 0)::bigint
    FROM unnest(ARRAY['item', 'tray', 'order', 'person', 'picture', 'stock', 'lease', 'custody']) AS k(kind)
    LEFT JOIN (
        SELECT d.kind, CASE WHEN d.body IS NOT NULL THEN d.key END AS key, d.version, d.last_xid
        FROM sync.document d WHERE d.kind <> 'order'
        UNION ALL  -- also of leases that have ended, for their end is a change of what the station should have
        SELECT 'order', CASE WHEN d.body IS NOT NULL AND l.state = 'held' THEN d.key END, d.version, greatest(d.last_xid, l.last_xid)
        FROM sync.lease l JOIN sync.document d ON d.kind = 'order' AND d.key = l.order_key WHERE l.station = me
        UNION ALL
        SELECT 'stock', CASE WHEN s.quantity <> 0 THEN sync.stock_about(s) END, s.version, s.last_xid FROM sync.stock s
        UNION ALL
        SELECT 'lease', CASE WHEN l.state = 'held' THEN l.order_key END, l.version, l.last_xid FROM sync.lease l WHERE l.station = me
        UNION ALL
        SELECT 'custody', CASE WHEN t.station <> '' THEN t.machine || '/' || t.tray END, t.version, t.last_xid FROM sync.tray t
    ) m ON m.kind = k.kind
    GROUP BY k.kind HAVING coalesce(max(m.last_xid), '0') < lo;
END $$;

CREATE FUNCTION sync.mark(key text, version bigint) RETURNS bigint LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT ('x' || left(md5(key || '|' || version), 8))::bit(32)::bigint;
$$;

-- The events received a minute and more before this moment are in a backup that began then and was verified.
CREATE FUNCTION sync.declare_durable(backup_began timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    told integer;
BEGIN
    INSERT INTO sync.durable (station, epoch, seq)
    SELECT c.station, c.epoch, r.seq FROM sync.chain c CROSS JOIN LATERAL (
        SELECT seq FROM sync.receipt r WHERE r.station = c.station AND r.epoch = c.epoch AND r.received_at <= backup_began - interval '1 minute'
        ORDER BY seq DESC LIMIT 1) r
    ON CONFLICT (station, epoch) DO UPDATE SET seq = excluded.seq, declared_at = now() WHERE durable.seq < excluded.seq;
    GET DIAGNOSTICS told = ROW_COUNT;
    PERFORM sync.wake();
    RETURN told;
END $$;

-- Deletions that every station had 90 days to read go; who has not is told to fetch everything again.
CREATE FUNCTION sync.purge(older_than interval DEFAULT interval '90 days')
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    gone integer;
    newest xid8;
BEGIN
    PERFORM sync.allocate();
    WITH documents AS (
        DELETE FROM sync.document WHERE body IS NULL AND deleted_at < now() - older_than RETURNING last_xid
    ), leases AS (
        DELETE FROM sync.lease WHERE state = 'ended' AND changed_at < now() - older_than RETURNING last_xid
    ), both_of AS (SELECT last_xid FROM documents UNION ALL SELECT last_xid FROM leases)
    SELECT count(*), max(last_xid) INTO gone, newest FROM both_of;
    UPDATE sync.site SET purged_xid = newest WHERE newest > purged_xid;
    RETURN gone;
END $$;
