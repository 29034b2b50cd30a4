"""Simulated machines and devices that speak the real wires. Nothing outside this package asks whether a device is one of them."""
