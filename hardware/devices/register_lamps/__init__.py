"""Tote lamps that are switched by a Modbus register, of docs/wire/register-lamps.md."""
