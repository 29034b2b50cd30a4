-- Documents: what the host and the bays say of items, trays, orders and people.

CREATE FUNCTION sync.unfold_order(a_key text, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    INSERT INTO sync.order_book (order_key, kind, priority, need_by)
    VALUES (a_key, doc ->> 'kind', coalesce((doc ->> 'priority')::integer, 5), doc ->> 'need_by')
    ON CONFLICT (order_key) DO UPDATE SET kind = excluded.kind, priority = excluded.priority, need_by = excluded.need_by;
    DELETE FROM sync.order_line WHERE order_key = a_key;
    INSERT INTO sync.order_line (order_key, line, position, item, quantity, lot, owner, machine, tray, compartment)
    SELECT a_key, l ->> 'line', n, l ->> 'item', (l ->> 'quantity')::bigint, coalesce(l ->> 'lot', ''), coalesce(l ->> 'owner', 'own'),
        coalesce(l ->> 'machine', l -> 'place' ->> 'machine'), coalesce(l ->> 'tray', l -> 'place' ->> 'tray')::integer,
        coalesce(l ->> 'compartment', l -> 'place' ->> 'compartment')
    FROM jsonb_array_elements(doc -> 'lines') WITH ORDINALITY AS each(l, n);
END $$;

CREATE FUNCTION sync.unfold_tray(a_key text, doc jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    a_machine text := regexp_replace(a_key, '/[^/]*$', '');
    a_tray integer := substring(a_key FROM '/([0-9]+)$')::integer;
BEGIN
    DELETE FROM sync.compartment WHERE machine = a_machine AND tray = a_tray;
    INSERT INTO sync.compartment (machine, tray, label)
    SELECT DISTINCT a_machine, a_tray, c ->> 'label' FROM jsonb_array_elements(doc -> 'compartments') AS c;
    UPDATE sync.exception e SET resolved_at = now(), resolved_by = 'fold' FROM sync.compartment c
    WHERE e.kind = 'unknown_compartment' AND e.resolved_at IS NULL AND c.machine = a_machine AND c.tray = a_tray
      AND e.about = a_key || '/' || c.label;
END $$;

CREATE FUNCTION sync.keep_document(a_kind text, a_key text, doc jsonb, who text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    kept bigint;
BEGIN
    INSERT INTO sync.document (kind, key, body, deleted_at, changed_by)
    VALUES (a_kind, a_key, doc, CASE WHEN doc IS NULL THEN now() END, who)
    ON CONFLICT (kind, key) DO UPDATE
        SET body = excluded.body, deleted_at = excluded.deleted_at, changed_by = excluded.changed_by, changed_at = now()
    RETURNING version INTO kept;
    IF a_kind = 'order' AND doc IS NULL THEN
        PERFORM sync.end_lease(a_key);
        UPDATE sync.order_book SET is_released = false WHERE order_key = a_key;
    ELSIF a_kind = 'order' THEN
        PERFORM sync.unfold_order(a_key, doc);
    ELSIF a_kind = 'tray' THEN
        PERFORM sync.unfold_tray(a_key, coalesce(doc, '{"compartments": []}'));
    ELSIF a_kind = 'item' AND doc IS NOT NULL THEN
        PERFORM sync.settle('unknown_item', a_key);
    END IF;
    RETURN kept;
END $$;

-- Why a station's change is refused; empty when it is taken. A change made on an older version would undo somebody's. What is not
-- here at all nobody has changed: a restore lost it. An order that somebody else has, or did, is not this station's, changed or not.
CREATE FUNCTION sync.refusal(me text, a_kind text, a_key text, base bigint, is_same boolean)
RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.order_book;
    now_at bigint := (SELECT version FROM sync.document WHERE kind = a_kind AND key = a_key);
BEGIN
    IF NOT is_same AND now_at <> base THEN
        RETURN 'changed_elsewhere';
    ELSIF a_kind <> 'order' THEN
        RETURN '';
    END IF;
    SELECT * INTO book FROM sync.order_book WHERE order_key = a_key FOR UPDATE;
    RETURN CASE
        WHEN NOT FOUND THEN ''
        WHEN book.station IS NOT NULL AND book.station <> me THEN 'held_elsewhere'
        WHEN book.state IN ('closed', 'cancelled') AND NOT EXISTS (
            SELECT FROM sync.order_part p WHERE p.order_key = a_key AND p.station = me AND p.state IN ('closed', 'cancelled')) THEN 'worked_on'
        WHEN book.is_touched AND NOT is_same AND now_at IS NOT NULL THEN 'worked_on'
        ELSE ''
    END;
END $$;

-- An open order is whose it comes from: also one that was begun, and one that was said before, for a restore may have lost the lease.
CREATE FUNCTION sync.lease_goes_with(an_order text, me text, is_same boolean)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    book sync.order_book;
BEGIN
    SELECT * INTO book FROM sync.order_book WHERE order_key = an_order;
    IF book.state NOT IN ('released', 'started') THEN
        RETURN;
    ELSIF book.station IS DISTINCT FROM me THEN
        PERFORM sync.give_lease(an_order, me);
    ELSIF NOT is_same THEN  -- the fence stays: work may have begun under it
        PERFORM sync.free_stock(an_order, NULL);
        PERFORM sync.reserve(an_order, me);
    END IF;
END $$;

-- told: [{kind, key, version, body}]
CREATE FUNCTION sync.publish(told jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    me text := sync.me();
    each record;
    why text;
    is_same boolean;
    kept bigint;
    versions jsonb := '[]';
    refused jsonb := '[]';
BEGIN
    PERFORM sync.allocate();
    FOR each IN
        SELECT kind, key, coalesce(version, 0) AS base, nullif(body, 'null') AS doc
        FROM jsonb_to_recordset(told) AS t(kind text, key text, version bigint, body jsonb) ORDER BY kind, key COLLATE "C"
    LOOP
        SELECT d.version, d.body IS NOT DISTINCT FROM each.doc INTO kept, is_same
        FROM sync.document d WHERE d.kind = each.kind AND d.key = each.key;
        is_same := FOUND AND is_same;  -- said before, and the answer was lost
        why := sync.refusal(me, each.kind, each.key, each.base, is_same);
        IF why <> '' THEN
            refused := refused || jsonb_build_array(jsonb_build_array(each.kind, each.key, why));
            CONTINUE;
        END IF;
        IF NOT is_same THEN
            kept := sync.keep_document(each.kind, each.key, each.doc, me);
        END IF;
        IF each.kind = 'order' AND each.doc IS NOT NULL THEN
            PERFORM sync.lease_goes_with(each.key, me, is_same);
        END IF;
        versions := versions || jsonb_build_array(jsonb_build_array(each.kind, each.key, kept));
    END LOOP;
    PERFORM sync.wake();
    RETURN jsonb_build_object('versions', versions, 'refused', refused);
END $$;

-- What an item is made of, as its document says; nothing for what is no kit.
CREATE FUNCTION sync.components(an_item text)
RETURNS TABLE (n bigint, item text, quantity bigint) LANGUAGE sql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
    SELECT c.n, c.part ->> 'item', (c.part ->> 'quantity')::bigint
    FROM sync.document d CROSS JOIN LATERAL jsonb_array_elements(d.body -> 'components') WITH ORDINALITY AS c(part, n)
    WHERE d.kind = 'item' AND d.key = an_item AND jsonb_typeof(d.body -> 'components') = 'array';
$$;

-- What one kit holds of each item that is no kit itself; an item that comes in twice stands once, with the sum. As db/kit_parts.py.
CREATE FUNCTION sync.kit_parts(a_kit text)
RETURNS TABLE (item text, quantity bigint, place bigint) LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    deepest integer := 5;
    part record;
    found jsonb := '[]';
BEGIN
    FOR part IN
        WITH RECURSIVE parts AS (
            SELECT c.item, c.quantity, ARRAY[a_kit, c.item] AS way, ARRAY[c.n] AS places FROM sync.components(a_kit) c
            UNION ALL
            SELECT c.item, p.quantity * c.quantity, p.way || c.item, p.places || c.n
            FROM parts p CROSS JOIN LATERAL sync.components(p.item) c
            WHERE cardinality(p.way) <= deepest AND NOT p.item = ANY (p.way[:cardinality(p.way) - 1])
        )
        SELECT p.*, p.item = ANY (p.way[:cardinality(p.way) - 1]) AS is_circle,
            EXISTS (SELECT FROM sync.components(p.item)) AS is_kit FROM parts p ORDER BY p.places
    LOOP
        IF part.is_circle OR (part.is_kit AND cardinality(part.way) > deepest) THEN
            RAISE EXCEPTION '% holds itself, or kits more than % deep: %', a_kit, deepest, array_to_string(part.way, ' > ')
                USING ERRCODE = 'BL305';
        ELSIF NOT part.is_kit THEN
            found := found || jsonb_build_array(jsonb_build_array(part.item, part.quantity));
        END IF;
    END LOOP;
    RETURN QUERY
    SELECT f.part ->> 0, sum((f.part ->> 1)::bigint)::bigint, row_number() OVER (ORDER BY min(f.n))
    FROM jsonb_array_elements(found) WITH ORDINALITY AS f(part, n) GROUP BY f.part ->> 0;
END $$;

-- An order as the bays work it: a pick line that asks for a kit becomes a line for each component, 10.1, 10.2, ... of line 10.
CREATE FUNCTION sync.taken_apart(doc jsonb)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    IF doc ->> 'kind' <> 'pick' OR NOT EXISTS (
        SELECT FROM jsonb_array_elements(doc -> 'lines') AS l JOIN sync.document d ON d.kind = 'item' AND d.key = l ->> 'item'
        WHERE jsonb_typeof(d.body -> 'components') = 'array' AND l -> 'kit' IS NULL)
    THEN
        RETURN doc;
    END IF;
    RETURN doc || jsonb_build_object('lines', (
        SELECT jsonb_agg(CASE WHEN p.item IS NULL THEN l.line ELSE l.line || jsonb_build_object(
            'line', (l.line ->> 'line') || '.' || p.place, 'item', p.item, 'quantity', p.quantity * (l.line ->> 'quantity')::bigint,
            'kit', jsonb_build_object('kit', l.line ->> 'item', 'line', l.line ->> 'line', 'asked', (l.line ->> 'quantity')::bigint,
                'each', p.quantity)) END ORDER BY l.n, p.place)
        FROM jsonb_array_elements(doc -> 'lines') WITH ORDINALITY AS l(line, n)
        LEFT JOIN LATERAL sync.kit_parts(l.line ->> 'item') p ON l.line -> 'kit' IS NULL));
END $$;

-- The host's own way: what it says is so. Orders are on offer at once, or with is_released = false when it releases them.
CREATE FUNCTION sync.put_documents(told jsonb, is_released boolean DEFAULT true)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
DECLARE
    each record;
    counted integer := 0;
    is_offer boolean := false;
BEGIN
    PERFORM sync.allocate();
    FOR each IN
        SELECT kind, key, nullif(body, 'null') AS doc
        FROM jsonb_to_recordset(told) AS t(kind text, key text, body jsonb) ORDER BY kind, key COLLATE "C"
    LOOP
        IF each.kind = 'order' AND EXISTS (SELECT FROM sync.order_book b WHERE b.order_key = each.key AND b.is_touched) THEN
            RAISE EXCEPTION 'order % is being worked on', each.key USING ERRCODE = 'BL305';
        END IF;
        PERFORM sync.keep_document(each.kind, each.key,
            CASE WHEN each.kind = 'order' THEN sync.taken_apart(each.doc) ELSE each.doc END, session_user::text);
        IF each.kind = 'order' AND NOT is_released THEN
            UPDATE sync.order_book b SET is_released = false WHERE b.order_key = each.key;
        END IF;
        counted := counted + 1;
        is_offer := is_offer OR (is_released AND each.kind = 'order');
    END LOOP;
    PERFORM sync.wake(CASE WHEN is_offer THEN 'offer' ELSE '' END);
    RETURN counted;
END $$;

CREATE FUNCTION sync.release_order(an_order text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, sync, pg_temp AS $$
BEGIN
    PERFORM sync.allocate();
    UPDATE sync.order_book SET is_released = true, since = now() WHERE order_key = an_order;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no order %', an_order USING ERRCODE = 'BL305';
    END IF;
    PERFORM sync.wake('offer');
END $$;
