"""From places on a tray to where a pointer must aim: geometry alone, no bytes, no files."""
