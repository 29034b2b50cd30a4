"""The rules of one bay: flows, custody of the tray, sign-on, quantities. No Qt, no serial, no SQL text."""
