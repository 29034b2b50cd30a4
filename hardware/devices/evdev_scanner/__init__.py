"""A scanner that types, read from Linux itself before any window: docs/wire/evdev-scanner.md."""
