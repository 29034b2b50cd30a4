-- The tables of a Modula WMS under their own names, for a connector that a plant has already: it writes IMP_ARTICOLI, IMP_ORDINI and
-- IMP_ORDINI_RIGHE, reads EXP_ORDINI, EXP_ORDINI_RIGHE and EXP_GIACENZE, and needs `search_path = host` and nothing else. What it
-- writes goes into the exchange tables when its transaction commits; what was taken is deleted, what was refused keeps its reason.

CREATE TABLE host.imp_articoli (
    bl_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    art_operazione text,
    art_articolo text NOT NULL,
    art_des text,
    art_umi text,
    art_crea_umi text,
    art_pmu numeric,
    art_sottosco numeric,
    art_stockmax numeric,
    art_areeabi text,
    art_tipogestart text,
    art_fifop text,
    art_fifov text,
    art_clamov text,
    art_gestseriale text,
    art_creasco_dimx numeric,
    art_creasco_dimy numeric,
    art_creasco_dimz numeric,
    art_note text,
    art_errore text,
    bl_taken_as bigint  -- the row of host.item_in that it became
);

CREATE TABLE host.imp_ordini (
    bl_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ord_operazione text,
    ord_ordine text NOT NULL,
    ord_des text,
    ord_tipoop text,
    ord_priohost text,
    ord_cliente text,
    ord_spedizione text,
    ord_gest_pkl text,
    ord_p text,  -- P while the host still writes
    ord_errore text,
    bl_taken_as bigint  -- the row of host.order_in that it became
);
CREATE INDEX imp_ordini_ordine ON host.imp_ordini (ord_ordine);

CREATE TABLE host.imp_ordini_righe (
    bl_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rig_ordine text NOT NULL,
    rig_articolo text,
    rig_sub1 text,
    rig_sub2 text,
    rig_stamate text,
    rig_tipoconf text,
    rig_hostinf text,
    rig_qtar numeric,
    rig_prio text,
    rig_dscad text,
    rig_req_note text,
    rig_attr1 text,
    rig_errore text
);
CREATE INDEX imp_ordini_righe_ordine ON host.imp_ordini_righe (rig_ordine);

-- What became of a row is said by the owner's functions alone.
CREATE FUNCTION host.guard_modula()
RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user <> 'baylight_owner' THEN
        NEW.bl_taken_as := CASE WHEN TG_OP = 'UPDATE' THEN OLD.bl_taken_as END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER imp_articoli_guard BEFORE INSERT OR UPDATE ON host.imp_articoli FOR EACH ROW EXECUTE FUNCTION host.guard_modula();
CREATE TRIGGER imp_ordini_guard BEFORE INSERT OR UPDATE ON host.imp_ordini FOR EACH ROW EXECUTE FUNCTION host.guard_modula();

CREATE FUNCTION host.take_modula_item()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a host.imp_articoli;
    made bigint;
BEGIN
    SELECT i.* INTO a FROM host.imp_articoli i WHERE i.bl_number = NEW.bl_number AND i.bl_taken_as IS NULL AND coalesce(i.art_errore, '') = ''
        FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF a.art_operazione = 'D' THEN  -- an article is not deleted
        UPDATE host.imp_articoli i SET art_errore = 'not_supported' WHERE i.bl_number = a.bl_number;
        RETURN NULL;
    END IF;
    INSERT INTO host.item_in (item, name, unit, weight_g, serial_tracked, note)
    VALUES (a.art_articolo, a.art_des, a.art_umi, ceil(a.art_pmu)::integer,
        CASE upper(a.art_gestseriale) WHEN '1' THEN true WHEN 'S' THEN true WHEN '0' THEN false WHEN 'N' THEN false END, a.art_note)
    RETURNING number INTO made;
    UPDATE host.imp_articoli i SET bl_taken_as = made WHERE i.bl_number = a.bl_number;
    RETURN NULL;
END $$;

-- The header with the lines that are there now; why not, of the first line that cannot be told here.
CREATE FUNCTION host.take_modula_order()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o host.imp_ordini;
    made bigint;
    why text;
BEGIN
    SELECT i.* INTO o FROM host.imp_ordini i WHERE i.bl_number = NEW.bl_number AND i.bl_taken_as IS NULL AND coalesce(i.ord_errore, '') = ''
        AND coalesce(i.ord_p, '') = '' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE host.imp_ordini_righe l SET rig_errore = CASE
        WHEN coalesce(l.rig_hostinf, '') = '' OR coalesce(l.rig_articolo, '') = '' THEN 'missing'
        WHEN coalesce(l.rig_sub2, '') <> '' OR coalesce(l.rig_stamate, '') <> '' THEN 'not_supported'  -- they tell stock apart
        WHEN count_of.twice > 1 THEN 'twice'
        ELSE '' END
    FROM (SELECT r.rig_hostinf AS of_line, count(*) AS twice FROM host.imp_ordini_righe r WHERE r.rig_ordine = o.ord_ordine
        GROUP BY r.rig_hostinf) AS count_of
    WHERE l.rig_ordine = o.ord_ordine AND count_of.of_line IS NOT DISTINCT FROM l.rig_hostinf;
    why := CASE
        WHEN coalesce(o.ord_operazione, '') NOT IN ('', 'I', 'A', 'D') THEN 'not_allowed'
        WHEN coalesce(o.ord_tipoop, '') NOT IN ('P', 'V', 'I') AND o.ord_operazione IS DISTINCT FROM 'D' THEN 'not_allowed'
        WHEN coalesce(o.ord_priohost, '') !~ '^([0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-9]{0,6})?$' THEN 'not_allowed'
        ELSE (SELECT 'line ' || coalesce(l.rig_hostinf, '') || ': ' || l.rig_errore FROM host.imp_ordini_righe l
            WHERE l.rig_ordine = o.ord_ordine AND l.rig_errore <> '' ORDER BY l.bl_number LIMIT 1)
    END;
    IF why IS NOT NULL THEN
        UPDATE host.imp_ordini i SET ord_errore = why WHERE i.bl_number = o.bl_number;
        RETURN NULL;
    END IF;
    INSERT INTO host.order_in ("order", action, kind, priority, need_by, destination)
    VALUES (o.ord_ordine, CASE o.ord_operazione WHEN 'A' THEN 'add' WHEN 'D' THEN 'cancel' ELSE 'change' END,
        CASE o.ord_tipoop WHEN 'P' THEN 'pick' WHEN 'V' THEN 'put' ELSE 'count' END,
        coalesce((regexp_match(o.ord_priohost, '^[0-9]{10}0*([1-9])$'))[1]::integer, 5),
        to_timestamp(nullif(left(o.ord_priohost, 10), ''), 'YYYYMMDDHH24'), coalesce(o.ord_cliente, ''))
    RETURNING number INTO made;
    INSERT INTO host.order_line_in (number, line, item, quantity, lot, host_key, note)
    SELECT made, l.rig_hostinf, l.rig_articolo, CASE o.ord_tipoop WHEN 'I' THEN 0 ELSE coalesce(l.rig_qtar, 0) END, coalesce(l.rig_sub1, ''),
        l.rig_hostinf, coalesce(l.rig_req_note, '')
    FROM host.imp_ordini_righe l WHERE l.rig_ordine = o.ord_ordine ORDER BY l.bl_number;
    UPDATE host.imp_ordini i SET bl_taken_as = made WHERE i.bl_number = o.bl_number;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER imp_articoli_take AFTER INSERT OR UPDATE ON host.imp_articoli DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.bl_taken_as IS NULL AND coalesce(NEW.art_errore, '') = '') EXECUTE FUNCTION host.take_modula_item();
CREATE CONSTRAINT TRIGGER imp_ordini_take AFTER INSERT OR UPDATE ON host.imp_ordini DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.bl_taken_as IS NULL AND coalesce(NEW.ord_errore, '') = '' AND coalesce(NEW.ord_p, '') = '')
    EXECUTE FUNCTION host.take_modula_order();

-- What the exchange tables made of it: gone when it was taken, else with its reason; cleared, it is tried again.
CREATE FUNCTION host.tell_modula_item()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.state = 'taken' THEN
        DELETE FROM host.imp_articoli i WHERE i.bl_taken_as = NEW.number;
    ELSE
        UPDATE host.imp_articoli i SET art_errore = NEW.error, bl_taken_as = NULL WHERE i.bl_taken_as = NEW.number;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION host.tell_modula_order()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.state = 'taken' THEN
        DELETE FROM host.imp_ordini_righe l USING host.imp_ordini i WHERE i.bl_taken_as = NEW.number AND l.rig_ordine = i.ord_ordine;
        DELETE FROM host.imp_ordini i WHERE i.bl_taken_as = NEW.number;
        RETURN NULL;
    END IF;
    UPDATE host.imp_ordini_righe l SET rig_errore = d.error FROM host.imp_ordini i, host.order_line_in d
    WHERE i.bl_taken_as = NEW.number AND l.rig_ordine = i.ord_ordine AND d.number = NEW.number AND d.line = l.rig_hostinf;
    UPDATE host.imp_ordini i SET ord_errore = NEW.error, bl_taken_as = NULL WHERE i.bl_taken_as = NEW.number;
    RETURN NULL;
END $$;

CREATE TRIGGER item_in_told AFTER UPDATE OF state ON host.item_in
    FOR EACH ROW WHEN (NEW.state IN ('taken', 'refused')) EXECUTE FUNCTION host.tell_modula_item();
CREATE TRIGGER order_in_told AFTER UPDATE OF state ON host.order_in
    FOR EACH ROW WHEN (NEW.state IN ('taken', 'refused')) EXECUTE FUNCTION host.tell_modula_order();

-- Finished lines that nobody has taken yet. The host deletes what it has read, as it does at a Modula.
CREATE VIEW host.exp_ordini_righe AS
SELECT r."order" AS rig_ordine, r.item AS rig_articolo, r.lot AS rig_sub1, ''::text AS rig_sub2, ''::text AS rig_stamate, ''::text AS rig_tipoconf,
    coalesce(nullif(r.host_key, ''), r.line) AS rig_hostinf, r.asked AS rig_qtar, r.quantity AS rig_qtae, ''::text AS rig_stariord,
    ''::text AS rig_req_note, ''::text AS rig_note_stampa, r.reason AS rig_hostcaus, ''::text AS rig_hostrif, r.number AS bl_number
FROM host.result_out r WHERE r.state = 'new' AND r.kind IN ('confirmed', 'short', 'cancelled') AND r."order" <> '';

CREATE VIEW host.exp_ordini AS
SELECT l.rig_ordine AS ord_ordine, ''::text AS ord_des,
    coalesce(max(CASE d.body ->> 'kind' WHEN 'pick' THEN 'P' WHEN 'put' THEN 'V' WHEN 'count' THEN 'I' END), '') AS ord_tipoop, ''::text AS ord_stato
FROM host.exp_ordini_righe l LEFT JOIN sync.document d ON d.kind = 'order' AND d.key = l.rig_ordine GROUP BY l.rig_ordine;

CREATE FUNCTION host.modula_result_read()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE host.result_out r SET state = 'taken' WHERE r.number = OLD.bl_number;
    RETURN OLD;
END $$;
-- A header is there as long as one of its lines is: to delete it alone does nothing.
CREATE FUNCTION host.modula_head_read()
RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN OLD;
END $$;
CREATE TRIGGER exp_ordini_righe_read INSTEAD OF DELETE ON host.exp_ordini_righe FOR EACH ROW EXECUTE FUNCTION host.modula_result_read();
CREATE TRIGGER exp_ordini_read INSTEAD OF DELETE ON host.exp_ordini FOR EACH ROW EXECUTE FUNCTION host.modula_head_read();

-- The stock of each article, whatever its lot and owner, with what open orders still take out and put in.
CREATE VIEW host.exp_giacenze AS
SELECT d.key AS gia_articolo, coalesce(s.units, 0) AS gia_giac,
    (coalesce(w.coming, 0) / power(10::numeric, coalesce((d.body ->> 'decimals')::integer, 0)))::numeric(20, 3) AS gia_ver,
    (coalesce(w.going, 0) / power(10::numeric, coalesce((d.body ->> 'decimals')::integer, 0)))::numeric(20, 3) AS gia_pre,
    coalesce(d.body ->> 'name', '') AS gia_articolo_des, coalesce(d.body ->> 'note', '') AS gia_articolo_note
FROM sync.document d
LEFT JOIN (SELECT item, sum(quantity_in_units) AS units FROM site.stock GROUP BY item) s ON s.item = d.key
LEFT JOIN (
    SELECT p.item, sum(greatest(p.asked - p.done, 0)) FILTER (WHERE o.body ->> 'kind' = 'put') AS coming,
        sum(greatest(p.asked - p.done, 0)) FILTER (WHERE o.body ->> 'kind' = 'pick') AS going
    FROM site.line_progress p JOIN sync.document o ON o.kind = 'order' AND o.key = p."order" AND o.body IS NOT NULL
    WHERE p.state IN ('open', 'skipped') GROUP BY p.item) w ON w.item = d.key
WHERE d.kind = 'item' AND d.body IS NOT NULL AND (s.units IS NOT NULL OR w.item IS NOT NULL);
