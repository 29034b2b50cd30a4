-- Goods that may not leave for an order, at any bay: what a person has blocked, and lots that a defect holds. The events of all stations
-- come to one document for each block. It says which stations the word has reached, by their own events.

ALTER TABLE sync.document DROP CONSTRAINT document_kind_check;
ALTER TABLE sync.document ADD CONSTRAINT document_kind_check
    CHECK (kind IN ('item', 'tray', 'order', 'person', 'picture', 'block'));

-- The block as it stands now; where it is not known yet, as this event tells it.
CREATE FUNCTION sync.put_block(a_block text, a_station text, an_at text, d jsonb, is_lifted boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    known jsonb := (SELECT body FROM sync.document WHERE kind = 'block' AND key = a_block);
    told jsonb;
BEGIN
    IF known IS NOT NULL AND (NOT is_lifted OR known ->> 'lifted_at' IS NOT NULL) THEN
        RETURN;  -- said before; what was lifted does not begin again
    END IF;
    SELECT jsonb_object_agg(s.station, CASE s.station WHEN a_station THEN an_at ELSE '' END) INTO told FROM sync.station s;
    PERFORM sync.keep_document('block', a_block, coalesce(known, jsonb_build_object('block', a_block, 'item', d ->> 'item',
        'lot', coalesce(d ->> 'lot', ''), 'owner', coalesce(d ->> 'owner', ''), 'supplier', coalesce(d ->> 'supplier', ''),
        'reason', coalesce(d ->> 'reason', ''), 'since', an_at, 'station', a_station))
        || jsonb_build_object('lifted_at', CASE WHEN is_lifted THEN an_at END, 'stations', told), a_station);
END $$;

CREATE FUNCTION sync.reach_block(a_block text, a_station text, an_at text, is_end boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    known jsonb := (SELECT body FROM sync.document WHERE kind = 'block' AND key = a_block);
BEGIN
    IF known IS NULL OR is_end <> (known ->> 'lifted_at' IS NOT NULL) OR known -> 'stations' ->> a_station <> '' THEN
        RETURN;  -- of a block that was lifted meanwhile the end alone counts
    END IF;
    PERFORM sync.keep_document('block', a_block, jsonb_set(known, ARRAY['stations', a_station], to_jsonb(an_at)), a_station);
END $$;

CREATE FUNCTION sync.fold_blocks(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    e record;
    held record;
BEGIN
    FOR e IN
        SELECT o.block, b.kind, b.at, b.data FROM (
            SELECT v.seq AS n, v.epoch || '-' || v.seq AS block, v.body FROM sync.event v
            WHERE v.station = c.station AND v.epoch = c.epoch AND v.seq BETWEEN first AND last AND v.body IS NOT NULL
              AND v.kind IN ('stock_blocked', 'block_lifted', 'block_reached', 'lot_held', 'lot_released')
            UNION ALL
            SELECT v.seq, r.epoch || '-' || r.seq, sync.retold_body(v.body::json -> 'data') FROM sync.retold r
            JOIN sync.event v ON v.station = r.station AND v.epoch = r.told_epoch AND v.seq = r.told_seq
            WHERE r.station = c.station AND r.told_epoch = c.epoch AND r.told_seq BETWEEN first AND last
        ) o CROSS JOIN LATERAL jsonb_to_record(o.body::jsonb) AS b(kind text, at text, data jsonb)
        WHERE b.kind IN ('stock_blocked', 'block_lifted', 'block_reached', 'lot_held', 'lot_released') ORDER BY o.n
    LOOP
        IF e.kind = 'stock_blocked' OR (e.kind = 'lot_held' AND e.data ->> 'lot' <> '') THEN
            PERFORM sync.put_block(e.block, c.station, e.at, e.data, false);
        ELSIF e.kind = 'block_lifted' THEN
            PERFORM sync.put_block(e.data ->> 'block', c.station, e.at, e.data, true);
        ELSIF e.kind = 'block_reached' THEN
            PERFORM sync.reach_block(e.data ->> 'block', c.station, e.at, (e.data ->> 'is_lifted')::boolean);
        ELSIF e.kind = 'lot_released' THEN
            FOR held IN SELECT d.key FROM sync.document d WHERE d.kind = 'block' AND d.body ->> 'station' = c.station
                AND d.body ->> 'item' = e.data ->> 'item' AND d.body ->> 'lot' = e.data ->> 'lot' AND d.body ->> 'owner' = e.data ->> 'owner'
            LOOP
                PERFORM sync.put_block(held.key, c.station, e.at, e.data, true);
            END LOOP;
        END IF;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION sync.fold_events(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    facts sync.fact[];
    works sync.fact[];
BEGIN
    PERFORM sync.note_retold(c, first, last);
    PERFORM sync.fold_blocks(c, first, last);
    facts := sync.facts_of(c, first, last);
    IF facts IS NULL THEN
        RETURN;
    END IF;
    PERFORM sync.fold_custody(c, facts);
    works := ARRAY(SELECT f FROM unnest(facts) f WHERE f.works);
    IF works <> '{}' THEN
        PERFORM sync.fold_orders(c, works);
    END IF;
    IF EXISTS (SELECT FROM unnest(facts) f WHERE f.moves) THEN
        PERFORM sync.fold_stock(c, facts);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION sync.checksums(lo xid8)
RETURNS TABLE (kind text, rows bigint, sum bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
BEGIN
    RETURN QUERY
    SELECT k.kind, count(m.key), coalesce(sum(sync.mark(m.key, m.version)), 0)::bigint
    FROM unnest(ARRAY['item', 'tray', 'order', 'person', 'picture', 'block', 'stock', 'lease', 'custody']) AS k(kind)
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

-- Who may still take of it because the word has not come there.
CREATE VIEW site.block AS
SELECT d.key AS block, d.body ->> 'item' AS item, d.body ->> 'lot' AS lot, d.body ->> 'owner' AS owner, d.body ->> 'supplier' AS supplier,
    d.body ->> 'reason' AS reason, d.body ->> 'since' AS since, d.body ->> 'station' AS station, d.body ->> 'lifted_at' AS lifted_at,
    ARRAY(SELECT s.key FROM jsonb_each_text(d.body -> 'stations') s WHERE s.value = '' ORDER BY s.key COLLATE "C") AS not_reached
FROM sync.document d WHERE d.kind = 'block' AND d.body IS NOT NULL;
