"""Any lift or carousel whose PLC has registers, described by one file: docs/wire/register-map.md."""
