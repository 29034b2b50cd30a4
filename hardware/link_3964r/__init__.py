"""Siemens 3964R, the station's end of it: a link protocol below a lift's telegrams. docs/wire/3964r.md says what it is."""
