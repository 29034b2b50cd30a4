-- Layouts are events: the few of a tray are found among very many others.

CREATE INDEX ix_event_layout ON event (machine, tray, n) WHERE kind = 'tray_changed';
