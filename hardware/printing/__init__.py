"""Label printers: raw TCP with ZPL, and the print spooler of the system. Blocking; each is used on a thread of its own."""
