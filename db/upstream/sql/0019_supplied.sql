-- What the stations of the site have received from a supplier, for a block of all that came from him.

CREATE INDEX event_received ON sync.event (station) WHERE kind = 'received' AND body IS NOT NULL;

CREATE FUNCTION sync.supplied(a_supplier text)
RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(r.item, r.lot) ORDER BY r.item, r.lot), '[]') FROM (
        SELECT DISTINCT coalesce(d ->> 'item', '') AS item, coalesce(d ->> 'lot', '') AS lot
        FROM sync.event e CROSS JOIN LATERAL (SELECT e.body::jsonb -> 'data' AS d) AS told
        WHERE e.kind = 'received' AND e.body IS NOT NULL AND lower(d ->> 'supplier') = lower(a_supplier)
    ) r WHERE r.item <> ''
$$;
