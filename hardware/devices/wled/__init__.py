"""LED strips under WLED, of docs/wire/wled.md."""
