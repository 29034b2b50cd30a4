-- The book of stock: movements in the order of custody. Runs after the push and apart from it (0010_fold.sql).

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

-- Every stock that moved has a row. What names an item or a compartment that nobody knows is shown.
CREATE FUNCTION sync.make_stock(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        WITH moved AS (
            SELECT f.machine, f.tray, f.compartment, f.item, f.lot, f.serial, f.owner, f.status, min(f.seq) AS seq
            FROM unnest(facts) f WHERE f.moves GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ), fresh AS MATERIALIZED (
            SELECT m.* FROM moved m WHERE NOT EXISTS (
                SELECT FROM sync.stock s WHERE s.machine = m.machine AND s.tray = m.tray AND s.compartment = m.compartment
                    AND s.item = m.item AND s.lot = m.lot AND s.serial = m.serial AND s.owner = m.owner AND s.status = m.status)
        ), made AS (
            INSERT INTO sync.stock (machine, tray, compartment, item, lot, serial, owner, status)
            SELECT n.machine, n.tray, n.compartment, n.item, n.lot, n.serial, n.owner, n.status FROM fresh n ORDER BY n.seq
        )
        SELECT n.*, NOT EXISTS (SELECT FROM sync.document d WHERE d.kind = 'item' AND d.key = n.item AND d.body IS NOT NULL) AS no_item,
            NOT EXISTS (SELECT FROM sync.compartment k WHERE k.machine = n.machine AND k.tray = n.tray AND k.label = n.compartment) AS no_place
        FROM fresh n ORDER BY n.seq
    LOOP
        IF r.no_item THEN
            PERFORM sync.complain('unknown_item', r.item, c.station, c.epoch, r.seq, jsonb_build_object('item', r.item));
        END IF;
        IF r.no_place THEN
            PERFORM sync.complain('unknown_compartment', concat_ws('/', r.machine, r.tray, r.compartment), c.station, c.epoch, r.seq,
                jsonb_build_object('machine', r.machine, 'tray', r.tray, 'compartment', r.compartment));
        END IF;
    END LOOP;
END $$;

-- When this bay came to have the tray in a visit: as of its first event there. Two bays in one visit: the order is an assumption.
CREATE FUNCTION sync.keep_arrivals(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        WITH stays AS (
            SELECT f.machine, f.tray, f.visit, min(f.arrived_at) AS arrived_at, min(f.seq) AS seq
            FROM unnest(facts) f WHERE f.moves GROUP BY f.machine, f.tray, f.visit
        ), fresh AS MATERIALIZED (
            SELECT t.* FROM stays t WHERE NOT EXISTS (
                SELECT FROM sync.visit v WHERE v.machine = t.machine AND v.tray = t.tray AND v.visit = t.visit AND v.station = c.station)
        ), made AS (
            INSERT INTO sync.visit (machine, tray, visit, station, arrived_at)
            SELECT n.machine, n.tray, n.visit, c.station, n.arrived_at FROM fresh n
        )
        SELECT n.* FROM fresh n
        WHERE EXISTS (SELECT FROM sync.visit v WHERE v.machine = n.machine AND v.tray = n.tray AND v.visit = n.visit AND v.station <> c.station)
    LOOP
        PERFORM sync.complain('order_assumed', r.machine || '/' || r.tray || '/' || r.visit, c.station, c.epoch, r.seq,
            (SELECT jsonb_object_agg(v.station, v.arrived_at) FROM sync.visit v
             WHERE v.machine = r.machine AND v.tray = r.tray AND v.visit = r.visit));
    END LOOP;
END $$;

-- The movements of a range with their stock and their place in the order, not yet reckoned.
CREATE FUNCTION sync.movements_of(c sync.chain, facts sync.fact[])
RETURNS sync.movement[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    RETURN (
    SELECT array_agg(ROW(s.stock_id, f.visit, v.arrived_at, c.station, c.epoch_no, f.seq, c.epoch, f.kind, f.told_visit, f.delta, f.counted,
        f.at, f.operator, f.order_key, coalesce(f.line, ''), coalesce(f.reason, ''), f.is_again, 0, '', NULL)::sync.movement)
    FROM unnest(facts) f
    JOIN sync.stock s ON s.machine = f.machine AND s.tray = f.tray AND s.compartment = f.compartment AND s.item = f.item AND s.lot = f.lot
        AND s.serial = f.serial AND s.owner = f.owner AND s.status = f.status
    JOIN sync.visit v ON v.machine = f.machine AND v.tray = f.tray AND v.visit = f.visit AND v.station = c.station
    WHERE f.moves
    );
END $$;

CREATE FUNCTION sync.judge_book(s sync.stock, was bigint, an_epoch text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    IF s.quantity < 0 THEN
        PERFORM sync.complain('negative_book', sync.stock_about(s), s.station, an_epoch, s.seq, jsonb_build_object('book', s.quantity));
    ELSIF was < 0 THEN
        PERFORM sync.settle('negative_book', sync.stock_about(s));
    END IF;
END $$;

-- The usual case, in one statement: all movements of a stock come after what it has. What next_book says row by row is here said of
-- all: since the last reset the deltas add up; `run` counts how often the book rose from nothing, and began anew.
CREATE FUNCTION sync.fold_newest(c sync.chain, moved sync.movement[], late bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN
        WITH resets AS (
            SELECT m AS m, m.stock_id, m.visit, m.seq, m.at, m.delta, m.counted, t.quantity AS base, t.since AS base_since,
                t.counted_at AS base_counted, count(*) FILTER (WHERE m.delta IS NULL) OVER (PARTITION BY m.stock_id ORDER BY m.visit, m.seq) AS part
            FROM unnest(moved) m JOIN sync.stock t ON t.stock_id = m.stock_id WHERE NOT m.stock_id = ANY (late)
        ), sums AS (
            SELECT e.*, (sum(coalesce(e.delta, e.counted)) OVER (PARTITION BY e.stock_id, e.part ORDER BY e.visit, e.seq)
                + CASE e.part WHEN 0 THEN e.base ELSE 0 END)::bigint AS book
            FROM resets e
        ), steps AS (
            SELECT u.*, lag(u.book, 1, u.base) OVER (PARTITION BY u.stock_id ORDER BY u.visit, u.seq) AS before FROM sums u
        ), runs AS (
            SELECT p.*, count(*) FILTER (WHERE p.book <> 0 AND p.before = 0) OVER (PARTITION BY p.stock_id ORDER BY p.visit, p.seq) AS run,
                lead(p.seq) OVER (PARTITION BY p.stock_id ORDER BY p.visit, p.seq) IS NULL AS is_last
            FROM steps p
        ), marks AS (
            SELECT n.*, first_value(n.at) OVER (PARTITION BY n.stock_id, n.run ORDER BY n.visit, n.seq) AS run_at,
                first_value(n.at) OVER of_part AS reset_at, first_value(n.run) OVER of_part AS reset_run
            FROM runs n WINDOW of_part AS (PARTITION BY n.stock_id, n.part ORDER BY n.visit, n.seq)
        ), reckoned AS MATERIALIZED (
            SELECT k.*, CASE WHEN k.book = 0 THEN '' WHEN k.run = 0 THEN k.base_since ELSE k.run_at END AS since,
                CASE WHEN k.book = 0 THEN NULL WHEN k.part > 0 AND k.reset_run = k.run THEN k.reset_at
                    WHEN k.part = 0 AND k.run = 0 THEN k.base_counted END AS counted_at
            FROM marks k
        ), kept AS (
            INSERT INTO sync.movement
            SELECT (k.m).stock_id, (k.m).visit, (k.m).arrived_at, (k.m).station, (k.m).epoch_no, (k.m).seq, (k.m).epoch, (k.m).kind,
                (k.m).told_visit, (k.m).delta, (k.m).counted, (k.m).at, (k.m).operator, (k.m).order_key, (k.m).line, (k.m).reason,
                (k.m).is_retold, k.book, k.since, k.counted_at
            FROM reckoned k
        ), booked AS (
            UPDATE sync.stock t SET quantity = k.book, since = k.since, counted_at = k.counted_at, visit = k.visit,
                arrived_at = (k.m).arrived_at, station = c.station, epoch_no = c.epoch_no, seq = k.seq, changed_at = now()
            FROM reckoned k WHERE k.is_last AND t.stock_id = k.stock_id RETURNING t AS it, k.base
        )
        SELECT b.it, b.base FROM booked b WHERE ((b.it).quantity < 0) <> (b.base < 0)  -- one that stays below is listed already
    LOOP
        PERFORM sync.judge_book(r.it, r.base, c.epoch);
    END LOOP;
END $$;

-- Movements of one stock of which some come late: one after the other.
CREATE FUNCTION sync.fold_one_stock(c sync.chain, moved sync.movement[], a_stock bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    s sync.stock;
    m sync.movement;
    was bigint;
BEGIN
    SELECT * INTO s FROM sync.stock WHERE stock_id = a_stock;
    was := s.quantity;
    FOR m IN SELECT * FROM unnest(moved) u WHERE u.stock_id = a_stock ORDER BY u.visit, u.seq LOOP
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
    UPDATE sync.stock t SET quantity = s.quantity, since = s.since, counted_at = s.counted_at, visit = s.visit,
        arrived_at = s.arrived_at, station = s.station, epoch_no = s.epoch_no, seq = s.seq, changed_at = now()
    WHERE t.stock_id = s.stock_id;
    PERFORM sync.judge_book(s, was, c.epoch);
END $$;

CREATE FUNCTION sync.fold_stock(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    moved sync.movement[];
    late bigint[];
    a_stock bigint;
BEGIN
    PERFORM sync.make_stock(c, facts);
    PERFORM sync.keep_arrivals(c, facts);
    moved := sync.movements_of(c, facts);
    SELECT coalesce(array_agg(m.stock_id), '{}') INTO late
    FROM (SELECT DISTINCT ON (u.stock_id) u.* FROM unnest(moved) u ORDER BY u.stock_id, u.visit, u.seq) m
    JOIN sync.stock s ON s.stock_id = m.stock_id
    WHERE (m.visit, m.arrived_at, m.station, m.epoch_no, m.seq) <= (s.visit, s.arrived_at, s.station, s.epoch_no, s.seq);
    PERFORM sync.fold_newest(c, moved, late);
    FOREACH a_stock IN ARRAY late LOOP
        PERFORM sync.fold_one_stock(c, moved, a_stock);
    END LOOP;
END $$;
