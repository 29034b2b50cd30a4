"""The simulated side of each lift dialect: one module a dialect, each a `MachineWire`."""
