"""A Modbus client of our own: CRC, messages, and the layers for serial lines (RTU) and networks (TCP). docs/wire/modbus.md."""
