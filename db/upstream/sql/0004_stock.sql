-- The book of stock: movements in the order of custody. Runs after the push and apart from it (0005_fold.sql).

CREATE FUNCTION sync.arrival(a_machine text, a_tray integer, a_visit bigint, a_station text, an_epoch text, a_seq bigint, received timestamptz)
RETURNS timestamptz LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    first timestamptz;
BEGIN
    SELECT arrived_at INTO first FROM sync.visit
    WHERE machine = a_machine AND tray = a_tray AND visit = a_visit AND station = a_station;
    IF FOUND THEN
        RETURN first;
    END IF;
    INSERT INTO sync.visit (machine, tray, visit, station, arrived_at) VALUES (a_machine, a_tray, a_visit, a_station, received);
    IF EXISTS (SELECT FROM sync.visit v WHERE v.machine = a_machine AND v.tray = a_tray AND v.visit = a_visit AND v.station <> a_station)
    THEN
        PERFORM sync.complain('order_assumed', a_machine || '/' || a_tray || '/' || a_visit, a_station, an_epoch, a_seq,
            (SELECT jsonb_object_agg(station, arrived_at) FROM sync.visit v
             WHERE v.machine = a_machine AND v.tray = a_tray AND v.visit = a_visit));
    END IF;
    RETURN received;
END $$;

CREATE FUNCTION sync.stock_about(s sync.stock) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT concat_ws('|', s.machine, s.tray, s.compartment, s.item, s.lot, s.serial, s.owner, s.status);
$$;

-- The book after one more movement: as at the bay, where a row that comes to zero is gone and begins anew.
CREATE FUNCTION sync.next_book(INOUT m sync.movement, was bigint, was_since text, was_counted text)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    m.quantity := CASE WHEN m.delta IS NULL THEN m.counted ELSE was + m.delta END;
    IF m.quantity = 0 THEN
        m.since := '';
        m.counted_at := NULL;
    ELSE
        m.since := CASE WHEN was <> 0 THEN was_since ELSE m.at END;
        m.counted_at := CASE WHEN m.delta IS NULL THEN m.at WHEN was <> 0 THEN was_counted END;
    END IF;
END $$;

-- A movement that is not the newest of its stock: it goes in its place, and what is behind it is reckoned again, as far as it changes.
CREATE FUNCTION sync.fold_late(s sync.stock, m sync.movement)
RETURNS sync.stock LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.movement;
    later sync.movement;
    again sync.movement;
    is_settled boolean := false;
BEGIN
    SELECT * INTO book FROM sync.movement o
    WHERE o.stock_id = s.stock_id
      AND (o.visit, o.arrived_at, o.station, o.epoch_no, o.seq) < (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq)
    ORDER BY o.visit DESC, o.arrived_at DESC, o.station DESC, o.epoch_no DESC, o.seq DESC LIMIT 1;
    book := sync.next_book(m, coalesce(book.quantity, 0), coalesce(book.since, ''), book.counted_at);
    INSERT INTO sync.movement SELECT book.*;
    FOR later IN
        SELECT * FROM sync.movement o
        WHERE o.stock_id = s.stock_id
          AND (o.visit, o.arrived_at, o.station, o.epoch_no, o.seq) > (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq)
        ORDER BY o.visit, o.arrived_at, o.station, o.epoch_no, o.seq
    LOOP
        again := sync.next_book(later, book.quantity, book.since, book.counted_at);
        IF again IS NOT DISTINCT FROM later THEN
            is_settled := true;
            EXIT;
        END IF;
        UPDATE sync.movement o SET quantity = again.quantity, since = again.since, counted_at = again.counted_at
        WHERE o.stock_id = s.stock_id AND o.visit = later.visit AND o.arrived_at = later.arrived_at
          AND o.station = later.station AND o.epoch_no = later.epoch_no AND o.seq = later.seq;
        book := again;
    END LOOP;
    IF NOT is_settled THEN
        s.quantity := book.quantity;
        s.since := book.since;
        s.counted_at := book.counted_at;
    END IF;
    RETURN s;
END $$;

CREATE FUNCTION sync.find_stock(a_station text, an_epoch text, m record)
RETURNS sync.stock LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    s sync.stock;
BEGIN
    SELECT * INTO s FROM sync.stock WHERE machine = m.machine AND tray = m.tray AND compartment = m.compartment AND item = m.item
        AND lot = m.lot AND serial = m.serial AND owner = m.owner AND status = m.status;
    IF FOUND THEN
        RETURN s;
    END IF;
    INSERT INTO sync.stock (machine, tray, compartment, item, lot, serial, owner, status)
    VALUES (m.machine, m.tray, m.compartment, m.item, m.lot, m.serial, m.owner, m.status) RETURNING * INTO s;
    IF NOT EXISTS (SELECT FROM sync.document WHERE kind = 'item' AND key = m.item AND body IS NOT NULL) THEN
        PERFORM sync.complain('unknown_item', m.item, a_station, an_epoch, m.seq, jsonb_build_object('item', m.item));
    END IF;
    IF NOT EXISTS (SELECT FROM sync.compartment WHERE machine = m.machine AND tray = m.tray AND label = m.compartment) THEN
        PERFORM sync.complain('unknown_compartment', concat_ws('/', m.machine, m.tray, m.compartment), a_station, an_epoch, m.seq,
            jsonb_build_object('machine', m.machine, 'tray', m.tray, 'compartment', m.compartment));
    END IF;
    RETURN s;
END $$;

-- The book of one stock after all of a range. `was` is what it held before.
CREATE FUNCTION sync.keep_stock(s sync.stock, was bigint, an_epoch text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    UPDATE sync.stock t SET quantity = s.quantity, since = s.since, counted_at = s.counted_at, visit = s.visit,
        arrived_at = s.arrived_at, station = s.station, epoch_no = s.epoch_no, seq = s.seq, changed_at = now()
    WHERE t.stock_id = s.stock_id;
    IF s.quantity < 0 THEN
        PERFORM sync.complain('negative_book', sync.stock_about(s), s.station, an_epoch, s.seq, jsonb_build_object('book', s.quantity));
    ELSIF was < 0 THEN
        PERFORM sync.settle('negative_book', sync.stock_about(s));
    END IF;
END $$;

CREATE FUNCTION sync.retold_body(d jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT CASE jsonb_typeof(d -> 'body') WHEN 'string' THEN (d ->> 'body')::jsonb ELSE d -> 'body' END;
$$;

-- The movements of a range, and the visits that other events told of their trays, as rows. `visit` is no lower than what this
-- station knew of the tray before: an import, which is no visit, stands where its station's log has it.
CREATE FUNCTION sync.movements_of(c sync.chain, first bigint, last bigint)
RETURNS TABLE (seq bigint, is_again boolean, kind text, at text, operator text, machine text, tray integer, compartment text, item text,
    lot text, serial text, owner text, status text, order_key text, line text, reason text, told_visit bigint, delta bigint,
    counted bigint, visit bigint, arrived_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    WITH docs AS (
        SELECT e.seq, e.received_at, false AS is_again, e.body::jsonb AS doc FROM sync.event e
        WHERE e.station = c.station AND e.epoch = c.epoch AND e.seq BETWEEN first AND last AND e.body IS NOT NULL
          AND e.kind IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded', 'motion_ended', 'tray_told')
        UNION ALL
        SELECT e.seq, e.received_at, true, sync.retold_body(e.body::jsonb -> 'data') FROM sync.retold r
        JOIN sync.event e ON e.station = r.station AND e.epoch = r.told_epoch AND e.seq = r.told_seq
        WHERE r.station = c.station AND r.told_epoch = c.epoch AND r.told_seq BETWEEN first AND last
    ), facts AS MATERIALIZED (
        SELECT o.seq, o.received_at, o.is_again, o.doc ->> 'kind' AS kind, o.doc ->> 'at' AS at,
            coalesce(o.doc ->> 'operator', '') AS operator, d.machine, d.tray, d.compartment, d.item, d.lot, d.serial, d.owner,
            d.status, coalesce(d."order", '') AS order_key, coalesce(d.line, '') AS line, coalesce(d.reason, '') AS reason,
            d.visit AS told_visit, d.counted,
            CASE o.doc ->> 'kind' WHEN 'picked' THEN -d.quantity WHEN 'put' THEN d.quantity WHEN 'corrected' THEN d.delta END AS delta
        FROM docs o CROSS JOIN LATERAL jsonb_to_record(o.doc -> 'data') AS d(machine text, tray integer, compartment text, item text,
            lot text, serial text, owner text, status text, "order" text, line text, reason text, visit bigint, quantity bigint,
            delta bigint, counted bigint, verb text, outcome text)
        WHERE o.doc ->> 'kind' IN ('picked', 'put', 'corrected', 'counted', 'stock_loaded')
           OR (o.doc ->> 'kind' = 'motion_ended' AND d.outcome = 'done' AND d.verb = 'fetch')
           OR (o.doc ->> 'kind' = 'tray_told' AND d.tray IS NOT NULL)
    ), placed AS (
        SELECT f.*, greatest(v.visit, max(f.told_visit) OVER (PARTITION BY f.machine, f.tray ORDER BY f.seq)) AS visit
        FROM facts f LEFT JOIN sync.station_visit v ON v.station = c.station AND v.machine = f.machine AND v.tray = f.tray
    )
    SELECT p.seq, p.is_again, p.kind, p.at, p.operator, p.machine, p.tray, p.compartment, p.item, p.lot, p.serial, p.owner, p.status,
        p.order_key, p.line, p.reason, p.told_visit, p.delta, p.counted, p.visit,
        min(p.received_at) OVER (PARTITION BY p.machine, p.tray, p.visit)
    FROM placed p;
$$;

-- Stock by stock, so that each row of the book is written once, however many of its movements came at once.
CREATE FUNCTION sync.fold_movements(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
    s sync.stock;
    m sync.movement;
    was bigint;
    here text := '';  -- the stock, and the visit, that the row before was of
    there text := '';
    stay timestamptz;
BEGIN
    FOR r IN
        SELECT f.*, concat_ws('|', f.machine, f.tray, f.visit) AS its_visit,
            concat_ws('|', f.machine, f.tray, f.compartment, f.item, f.lot, f.serial, f.owner, f.status) AS its_key
        FROM sync.movements_of(c, first, last) f WHERE f.kind NOT IN ('motion_ended', 'tray_told') ORDER BY its_key, f.visit, f.seq
    LOOP
        IF r.its_key <> here THEN
            IF here <> '' THEN
                PERFORM sync.keep_stock(s, was, c.epoch);
            END IF;
            s := sync.find_stock(c.station, c.epoch, r);
            here := r.its_key;
            was := s.quantity;
        END IF;
        IF r.its_visit <> there THEN
            stay := sync.arrival(r.machine, r.tray, r.visit, c.station, c.epoch, r.seq, r.arrived_at);
            there := r.its_visit;
        END IF;
        m := ROW(s.stock_id, r.visit, stay, c.station, c.epoch_no, r.seq, c.epoch, r.kind, r.told_visit, r.delta, r.counted, r.at,
            r.operator, r.order_key, r.line, r.reason, r.is_again, 0, '', NULL);
        IF s.visit IS NULL OR (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq) > (s.visit, s.arrived_at, s.station, s.epoch_no, s.seq) THEN
            m := sync.next_book(m, s.quantity, s.since, s.counted_at);
            INSERT INTO sync.movement SELECT m.*;
            s.quantity := m.quantity;
            s.since := m.since;
            s.counted_at := m.counted_at;
            s.visit := m.visit;
            s.arrived_at := m.arrived_at;
            s.station := m.station;
            s.epoch_no := m.epoch_no;
            s.seq := m.seq;
        ELSE
            s := sync.fold_late(s, m);
        END IF;
    END LOOP;
    IF here <> '' THEN
        PERFORM sync.keep_stock(s, was, c.epoch);
    END IF;
END $$;

CREATE FUNCTION sync.keep_visits(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT f.machine, f.tray, max(f.told_visit) AS told FROM sync.movements_of(c, first, last) f GROUP BY f.machine, f.tray LOOP
        INSERT INTO sync.station_visit (station, machine, tray, visit) VALUES (c.station, r.machine, r.tray, r.told)
        ON CONFLICT (station, machine, tray) DO UPDATE SET visit = excluded.visit WHERE station_visit.visit < excluded.visit;
        INSERT INTO sync.tray (machine, tray, visit) VALUES (r.machine, r.tray, r.told)
        ON CONFLICT (machine, tray) DO UPDATE SET visit = excluded.visit WHERE tray.visit < excluded.visit;
    END LOOP;
END $$;

