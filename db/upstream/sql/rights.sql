-- Who may do what: functions for stations and hosts, views for reports, and nothing else for anybody.

REVOKE ALL ON ALL TABLES IN SCHEMA sync FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA sync FROM PUBLIC;
GRANT USAGE ON SCHEMA sync TO baylight_station, baylight_host;
GRANT EXECUTE ON FUNCTION sync.hello(jsonb), sync.push(jsonb), sync.push_unread(jsonb, bytea), sync.tail(text, bigint, integer),
    sync.publish(jsonb), sync.pull(text, xid8), sync.checksums(xid8), sync.claim(integer),
    sync.take_over(text, text), sync.fold(integer), sync.tell_results(jsonb),
    sync.supplied(text),
    sync.host_changes(), sync.answer_host_change(bigint, text) TO baylight_station;
GRANT EXECUTE ON FUNCTION sync.put_documents(jsonb, boolean), sync.release_order(text), sync.move_order(text, text, text),
    sync.declare_durable(timestamptz), sync.purge(interval), sync.resolve_exception(bigint, text), sync.fold(integer) TO baylight_host;
GRANT USAGE ON SCHEMA site TO baylight_report, baylight_host;
GRANT SELECT ON ALL TABLES IN SCHEMA site TO baylight_report, baylight_host;

REVOKE ALL ON ALL TABLES IN SCHEMA host FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA host FROM PUBLIC;
GRANT USAGE ON SCHEMA host TO baylight_host;
GRANT SELECT, INSERT, UPDATE, DELETE ON host.item_in, host.order_in, host.order_line_in, host.signal_in TO baylight_host;
GRANT SELECT ON host.signal TO baylight_host;
GRANT SELECT, DELETE, UPDATE (state, error) ON host.result_out TO baylight_host;
GRANT EXECUTE ON FUNCTION host.put_order(jsonb), host.put_signal(jsonb) TO baylight_host;
GRANT SELECT, INSERT, UPDATE, DELETE ON host.imp_articoli, host.imp_ordini, host.imp_ordini_righe TO baylight_host;
GRANT SELECT, DELETE ON host.exp_ordini, host.exp_ordini_righe TO baylight_host;
GRANT SELECT ON host.exp_giacenze TO baylight_host;
