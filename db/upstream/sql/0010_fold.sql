-- What the events come to: which bay has which tray, how far orders are, and the book of stock. One folds at a time. One bad event is
-- set aside with an exception; it stops nobody.

-- Whether a fetch of this station in that visit says who has the tray from now on.
CREATE FUNCTION sync.takes_over(t sync.tray, a_station text, a_visit bigint)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT a_station <> '' AND (t.held_visit < a_visit OR (t.held_visit = a_visit AND t.station IN ('', a_station)));
$$;

-- The visits that a range told of its trays: this station's own order goes on from there, and so does every bay's count of visits.
-- Which bay has the tray, or had it last, is said by the highest visit that a fetch or a person named: a movement that somebody told
-- under a higher one (after a restore, say) brought no tray to any bay. Of one visit the last fetch counts, then the next store.
CREATE FUNCTION sync.fold_custody(c sync.chain, facts sync.fact[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    INSERT INTO sync.station_visit (station, machine, tray, visit)
    SELECT c.station, f.machine, f.tray, max(f.told_visit) FROM unnest(facts) f WHERE f.moves OR f.fetches GROUP BY f.machine, f.tray
    ON CONFLICT (station, machine, tray) DO UPDATE SET visit = excluded.visit WHERE station_visit.visit < excluded.visit;
    UPDATE sync.tray t SET is_out = false, at = s.at
    FROM (SELECT DISTINCT ON (f.machine, f.opening) f.* FROM unnest(facts) f WHERE f.stores ORDER BY f.machine, f.opening, f.seq) s
    WHERE t.machine = s.machine AND t.station = c.station AND t.opening = s.opening AND t.is_out;
    WITH motions AS (
        SELECT f.*, count(*) FILTER (WHERE f.stores) OVER (PARTITION BY f.machine, f.opening ORDER BY f.seq DESC) AS stores_after
        FROM unnest(facts) f WHERE f.fetches OR f.stores
    ), pairs AS (
        SELECT m.*, first_value(m.at) OVER (PARTITION BY m.machine, m.opening, m.stores_after ORDER BY m.seq DESC) AS stored_at FROM motions m
    ), held AS (
        SELECT DISTINCT ON (p.machine, p.tray) p.* FROM pairs p WHERE p.fetches ORDER BY p.machine, p.tray, p.told_visit DESC, p.seq DESC
    ), known AS (
        SELECT f.machine, f.tray, max(f.told_visit) AS visit FROM unnest(facts) f WHERE f.moves OR f.fetches GROUP BY f.machine, f.tray
    )
    INSERT INTO sync.tray AS t (machine, tray, visit, held_visit, station, opening, is_out, at)
    SELECT k.machine, k.tray, k.visit, coalesce(h.told_visit, 0), CASE WHEN h.seq IS NULL THEN '' ELSE c.station END, coalesce(h.opening, ''),
        coalesce(h.stores_after = 0, false), coalesce(CASE WHEN h.stores_after > 0 THEN h.stored_at ELSE h.at END, '')
    FROM known k LEFT JOIN held h ON h.machine = k.machine AND h.tray = k.tray
    ON CONFLICT (machine, tray) DO UPDATE SET (visit, held_visit, station, opening, is_out, at) = (
        SELECT greatest(t.visit, excluded.visit), CASE WHEN w.wins THEN excluded.held_visit ELSE t.held_visit END,
            CASE WHEN w.wins THEN excluded.station ELSE t.station END, CASE WHEN w.wins THEN excluded.opening ELSE t.opening END,
            CASE WHEN w.wins THEN excluded.is_out ELSE t.is_out END, CASE WHEN w.wins THEN excluded.at ELSE t.at END
        FROM (SELECT sync.takes_over(t, excluded.station, excluded.held_visit) AS wins) w)
    WHERE t.visit < excluded.visit OR sync.takes_over(t, excluded.station, excluded.held_visit);
END $$;

CREATE FUNCTION sync.fold_events(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    facts sync.fact[];
    works sync.fact[];
BEGIN
    PERFORM sync.note_retold(c, first, last);
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

-- All in one subtransaction; when that fails, each half in its own, down to the one event that cannot be folded.
CREATE FUNCTION sync.fold_range(c sync.chain, first bigint, last bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    middle bigint := (first + last) / 2;
    state text;
    words text;
BEGIN
    BEGIN
        PERFORM sync.fold_events(c, first, last);
        RETURN;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, words = MESSAGE_TEXT;
        IF left(state, 2) IN ('40', '53', '54', '55', '57', '58', 'XX') THEN
            RAISE;  -- not the event's fault: the whole fold is tried again
        END IF;
    END;
    IF first = last THEN
        PERFORM sync.complain('unreadable', c.station || '/' || c.epoch || '/' || first, c.station, c.epoch, first,
            jsonb_build_object('sqlstate', state, 'message', words));
        RETURN;
    END IF;
    PERFORM sync.fold_range(c, first, middle);
    PERFORM sync.fold_range(c, middle + 1, last);
END $$;

-- Folds up to so many events of all stations; says how many, -1 while somebody else folds or allocates.
CREATE FUNCTION sync.fold(most integer DEFAULT 2000)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    c sync.chain;
    done bigint;
    until bigint;
    folded integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(4104, 1) THEN
        RETURN -1;
    END IF;
    FOR c IN
        SELECT h.* FROM sync.chain h LEFT JOIN sync.folded f ON f.station = h.station AND f.epoch = h.epoch
        WHERE h.acked > coalesce(f.seq, 0) ORDER BY h.station, h.epoch_no
    LOOP
        EXIT WHEN folded >= most;
        IF folded = 0 AND NOT pg_try_advisory_xact_lock(4104, 2) THEN
            RETURN -1;  -- a host's long transaction holds it: the fold comes later, and nobody's pull waits for it
        END IF;
        done := coalesce((SELECT seq FROM sync.folded WHERE station = c.station AND epoch = c.epoch), 0);
        until := least(c.acked, done + most - folded);
        PERFORM sync.fold_range(c, done + 1, until);
        INSERT INTO sync.folded (station, epoch, seq) VALUES (c.station, c.epoch, until)
        ON CONFLICT (station, epoch) DO UPDATE SET seq = excluded.seq;
        folded := folded + (until - done)::integer;
    END LOOP;
    IF folded > 0 THEN
        PERFORM sync.wake();
    END IF;
    RETURN folded;
END $$;
