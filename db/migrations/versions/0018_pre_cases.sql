-- The few events of the very many that a supervisor has to look at: what went otherwise than asked, and what was done about it.

CREATE INDEX ix_event_case ON event (n) WHERE (
    kind IN ('scan_refused', 'access_refused', 'load_missed', 'lot_held', 'received', 'booking_undone', 'case_answered')
    OR (kind = 'line_closed' AND body ->> '$.data.done_quantity' <> body ->> '$.data.asked')
    OR (kind = 'corrected' AND body ->> '$.data.delta' <> 0)
    OR (kind = 'counted' AND body ->> '$.data.counted' <> body ->> '$.data.book')
    OR (kind IN ('picked', 'put') AND (body ->> '$.data.reason' <> '' OR body ->> '$.data.order' = ''))
    OR (kind = 'imported' AND body ->> '$.data.rejected' > 0)
    OR (kind = 'unattended' AND tray IS NOT NULL)
);
