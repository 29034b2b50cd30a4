"""A scanner on a line of its own: docs/wire/serial-scanner.md."""
