-- What a station says. The role of the session says which station it is; no argument does.

CREATE FUNCTION sync.me() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    mine text;
BEGIN
    SELECT station INTO mine FROM sync.station WHERE role = session_user;
    IF mine IS NULL THEN
        RAISE EXCEPTION 'role % is no enrolled station', session_user USING ERRCODE = 'BL202';
    END IF;
    RETURN mine;
END $$;

CREATE FUNCTION sync.complain(a_kind text, an_about text, a_station text, an_epoch text, a_seq bigint, a_detail jsonb)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, sync, pg_temp AS $$
    INSERT INTO sync.exception (kind, about, station, epoch, seq, detail)
    VALUES (a_kind, an_about, a_station, an_epoch, a_seq, a_detail)
    ON CONFLICT (kind, about) DO UPDATE
        SET station = excluded.station, epoch = excluded.epoch, seq = excluded.seq, detail = excluded.detail,
            opened_at = now(), resolved_at = NULL, resolved_by = ''
        WHERE exception.resolved_by = 'fold';  -- what a person settled stays settled
$$;

CREATE FUNCTION sync.settle(a_kind text, an_about text)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, sync, pg_temp AS $$
    UPDATE sync.exception SET resolved_at = now(), resolved_by = 'fold'
    WHERE kind = a_kind AND about = an_about AND resolved_at IS NULL;
$$;

CREATE FUNCTION sync.open_chain(a_station text, an_epoch text)
RETURNS sync.chain LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    it sync.chain;
BEGIN
    SELECT * INTO it FROM sync.chain WHERE station = a_station AND epoch = an_epoch FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM FROM sync.station WHERE station = a_station FOR UPDATE;  -- two first pushes of a station are one after the other
        INSERT INTO sync.chain (station, epoch, epoch_no, acked, head, received_at)
        SELECT a_station, an_epoch, count(*) + 1, 0, decode(repeat('00', 32), 'hex'), now()
        FROM sync.chain WHERE station = a_station
        ON CONFLICT DO NOTHING;
        SELECT * INTO it FROM sync.chain WHERE station = a_station AND epoch = an_epoch FOR UPDATE;
    END IF;
    RETURN it;
END $$;

CREATE FUNCTION sync.receive(it sync.chain, a_status text, a_want bigint)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT jsonb_build_object('status', a_status, 'epoch', it.epoch, 'acked', it.acked, 'want', a_want,
        'head', CASE WHEN it.acked > 0 THEN encode(it.head, 'hex') ELSE '' END,
        'received_at', it.received_at, 'server_epoch', (SELECT server_epoch FROM sync.site));
$$;

-- The first of the given events up to `acked` that is not, byte for byte, the one that is here.
CREATE FUNCTION sync.first_other(it sync.chain, given jsonb)
RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT min(g.seq)
    FROM jsonb_to_recordset(given) AS g(seq bigint, id text, body text, hash text)
    LEFT JOIN sync.event e ON e.station = it.station AND e.epoch = it.epoch AND e.seq = g.seq
    WHERE g.seq <= it.acked
      AND (e.hash IS DISTINCT FROM decode(g.hash, 'hex') OR coalesce(e.raw, convert_to(e.body, 'UTF8')) <> convert_to(g.body, 'UTF8'));
$$;

CREATE FUNCTION sync.advance(it sync.chain, a_seq bigint, a_hash bytea)
RETURNS sync.chain LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    UPDATE sync.chain SET acked = a_seq, head = a_hash, received_at = now()
    WHERE station = it.station AND epoch = it.epoch RETURNING * INTO it;
    INSERT INTO sync.receipt (station, epoch, seq, head, received_at, server_epoch)
    SELECT it.station, it.epoch, it.acked, it.head, it.received_at, server_epoch FROM sync.site;
    RETURN it;
END $$;

-- The first event of an epoch names the end of the one before. What it names wrongly is kept, and shown.
CREATE FUNCTION sync.check_opening(a_station text, an_epoch text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    doc jsonb;
    named jsonb;
    is_first boolean;
BEGIN
    SELECT body::jsonb INTO doc FROM sync.event WHERE station = a_station AND epoch = an_epoch AND seq = 1;
    named := doc -> 'data';
    SELECT epoch_no = 1 INTO is_first FROM sync.chain WHERE station = a_station AND epoch = an_epoch;
    IF doc ->> 'kind' IS DISTINCT FROM 'epoch_opened' THEN
        PERFORM sync.complain('epoch_not_opened', a_station || '/' || an_epoch, a_station, an_epoch, 1, '{}');
    ELSIF NOT is_first AND NOT EXISTS (
        SELECT FROM sync.event e WHERE e.station = a_station AND e.epoch = named ->> 'old_epoch'
            AND e.seq = (named ->> 'old_seq')::bigint AND encode(e.hash, 'hex') = named ->> 'old_head')
    THEN
        PERFORM sync.complain('epoch_old_end_unknown', a_station || '/' || an_epoch, a_station, an_epoch, 1, named);
    END IF;
END $$;

-- told: {epoch, events: [{seq, id, body, hash}]}, consecutive. One statement checks and keeps them.
CREATE FUNCTION sync.push(told jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    my_epoch text := told ->> 'epoch';
    given jsonb := told -> 'events';
    it sync.chain;
    newest integer;
    other bigint;
    was bigint;
    verdict record;
BEGIN
    it := sync.open_chain(me, my_epoch);
    was := it.acked;
    IF (given -> 0 ->> 'seq')::bigint <= it.acked THEN
        other := sync.first_other(it, given);
        IF other IS NOT NULL THEN
            RETURN sync.receive(it, 'fork', other);
        END IF;
    END IF;
    SELECT body_version INTO newest FROM sync.site;
    WITH linked AS MATERIALIZED (
        SELECT g.seq, g.id, g.body, h.hash, b.kind, b.v,
            g.seq <> lag(g.seq, 1, was) OVER w + 1 AS is_gap,
            sha256(lag(h.hash, 1, it.head) OVER w || convert_to(g.body, 'UTF8')) <> h.hash AS is_broken,
            b.station IS DISTINCT FROM me OR b.epoch IS DISTINCT FROM my_epoch OR b.seq IS DISTINCT FROM g.seq
                OR b.id IS DISTINCT FROM g.id AS is_elsewhere
        FROM jsonb_to_recordset(given) AS g(seq bigint, id text, body text, hash text)
        CROSS JOIN LATERAL json_to_record(g.body::json) AS b(v integer, station text, epoch text, seq bigint, id text, kind text)
        CROSS JOIN LATERAL (SELECT decode(g.hash, 'hex') AS hash) h
        WHERE g.seq > was WINDOW w AS (ORDER BY g.seq)
    ), judged AS MATERIALIZED (
        SELECT bool_or(is_gap) AS is_gap, min(seq) FILTER (WHERE is_broken) AS broken_at, min(seq) FILTER (WHERE v > newest) AS held_at,
            min(seq) FILTER (WHERE is_elsewhere OR v IS NULL) AS elsewhere_at, max(seq) AS last
        FROM linked
    ), kept AS (
        INSERT INTO sync.event (station, epoch, seq, id, kind, body, hash, received_at)
        SELECT me, my_epoch, l.seq, l.id, l.kind, l.body, l.hash, now()
        FROM linked l, judged j
        WHERE NOT j.is_gap AND j.broken_at IS NULL AND j.elsewhere_at IS NULL AND l.seq < coalesce(j.held_at, j.last + 1)
    )
    SELECT j.*, l.hash AS last_hash, coalesce(j.held_at - 1, j.last) AS kept_to INTO verdict
    FROM judged j LEFT JOIN linked l ON l.seq = coalesce(j.held_at - 1, j.last);
    IF verdict.is_gap THEN
        RETURN sync.receive(it, 'gap', was + 1);
    ELSIF verdict.broken_at = was + 1 AND was > 0 THEN
        RETURN sync.receive(it, 'fork', was);  -- it follows another event than the one here
    ELSIF verdict.broken_at IS NOT NULL THEN
        RAISE EXCEPTION 'the hash of event % does not fit its body and the event before', verdict.broken_at USING ERRCODE = 'BL302';
    ELSIF verdict.elsewhere_at IS NOT NULL THEN
        RAISE EXCEPTION 'the body of event % names another place', verdict.elsewhere_at USING ERRCODE = 'BL303';
    END IF;
    IF verdict.kept_to > was THEN
        it := sync.advance(it, verdict.kept_to, verdict.last_hash);
        IF was = 0 THEN
            PERFORM sync.check_opening(me, my_epoch);
        END IF;
    END IF;
    IF verdict.held_at IS NOT NULL THEN
        RETURN sync.receive(it, 'hold', verdict.held_at);
    END IF;
    RETURN sync.receive(it, 'ok', 0);
END $$;

-- One event that push could not take, as bytes. Its hash is believed; `baylight upstream verify` says whether it fits.
CREATE FUNCTION sync.push_unread(told jsonb, bytes bytea)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    a_seq bigint := (told ->> 'seq')::bigint;
    a_hash bytea := decode(told ->> 'hash', 'hex');
    it sync.chain;
BEGIN
    it := sync.open_chain(me, told ->> 'epoch');
    IF a_seq <= it.acked THEN
        PERFORM FROM sync.event e WHERE e.station = me AND e.epoch = it.epoch AND e.seq = a_seq AND e.hash = a_hash
            AND coalesce(e.raw, convert_to(e.body, 'UTF8')) = bytes;
        RETURN CASE WHEN FOUND THEN sync.receive(it, 'ok', 0) ELSE sync.receive(it, 'fork', a_seq) END;
    ELSIF a_seq <> it.acked + 1 THEN
        RETURN sync.receive(it, 'gap', it.acked + 1);
    END IF;
    INSERT INTO sync.event (station, epoch, seq, id, kind, raw, hash, received_at)
    VALUES (me, it.epoch, a_seq, told ->> 'id', '', bytes, a_hash, now());
    PERFORM sync.complain('unreadable', me || '/' || it.epoch || '/' || a_seq, me, it.epoch, a_seq,
        jsonb_build_object('hash_fits', sha256(it.head || bytes) = a_hash));
    RETURN sync.receive(sync.advance(it, a_seq, a_hash), 'ok', 0);
END $$;

CREATE FUNCTION sync.tail(an_epoch text, after_seq bigint, most integer)
RETURNS TABLE (seq bigint, id text, body text, raw bytea, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT e.seq, e.id, e.body, e.raw, e.hash FROM sync.event e
    WHERE e.station = sync.me() AND e.epoch = an_epoch AND e.seq > after_seq ORDER BY e.seq LIMIT most;
$$;

-- hello: {epoch, seq, hash, app, depth, oldest_at, machines, clock_state}
CREATE FUNCTION sync.hello(said jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
BEGIN
    IF (SELECT system_identifier FROM pg_control_system()) <> (SELECT system_identifier FROM sync.site) THEN
        RAISE EXCEPTION 'this is a copy in another cluster: run baylight upstream restored' USING ERRCODE = 'BL404';
    END IF;
    UPDATE sync.station SET heard_at = clock_timestamp(), app = said ->> 'app', depth = (said ->> 'depth')::bigint,
        oldest_at = (said ->> 'oldest_at')::timestamptz, clock_state = said ->> 'clock_state',
        machines = ARRAY(SELECT jsonb_array_elements_text(said -> 'machines')),
        told_epoch = said ->> 'epoch', told_seq = (said ->> 'seq')::bigint, told_hash = said ->> 'hash'
    WHERE station = me;
    PERFORM sync.renew_leases(me);
    PERFORM sync.look_at_waiting();
    RETURN jsonb_build_object(
        'station', me, 'now', clock_timestamp(),
        'server_epoch', (SELECT server_epoch FROM sync.site),
        'body_version', (SELECT body_version FROM sync.site),
        'schema', (SELECT max(number) FROM sync.migration),
        'chains', (SELECT coalesce(jsonb_agg(jsonb_build_array(epoch, acked, encode(head, 'hex')) ORDER BY epoch_no), '[]')
            FROM sync.chain WHERE station = me AND acked > 0),
        'durable', (SELECT coalesce(jsonb_agg(jsonb_build_array(epoch, seq)), '[]') FROM sync.durable WHERE station = me));
END $$;
