"""A moving-head pointer behind an Enttec DMX USB Pro, of docs/wire/dmx.md."""
