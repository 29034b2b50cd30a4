"""Which protocols can be simulated. A new one is one line in MAKERS (or LINK_LAYERS) and its module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hardware.devices.register_map.map_file import load_map, presets
from hardware.devices.register_map.register_map import RegisterMap
from hardware.sim.alpha import SimulatedAlpha
from hardware.sim.device import SimulatedDevice
from hardware.sim.display import SimulatedDisplay
from hardware.sim.dmx import SimulatedDmx
from hardware.sim.faults import FaultPlan
from hardware.sim.layout import Carousel, Layout, Pod, default_carousel, default_layout, read_layout
from hardware.sim.line import Device
from hardware.sim.link_3964r.device import Link3964R, end_settings
from hardware.sim.machine import Machine
from hardware.sim.options import OptionError, SimulatorOptions
from hardware.sim.register_lamps import SimulatedLamps
from hardware.sim.scale import SimulatedScale
from hardware.sim.scanner import SimulatedScanner
from hardware.sim.ssi import SimulatedSsiScanner
from hardware.sim.wires.carousel2 import Carousel2Wire, read_bit2
from hardware.sim.wires.hostcom import HOSTCOM_OPENINGS, make_hostcom_wire
from hardware.sim.wires.hostcom_text import read_controller
from hardware.sim.wires.jmif import JmifWire, read_jmif_options
from hardware.sim.wires.modbus import ModbusWire
from hardware.sim.wires.modula_link import ModulaWire
from hardware.sim.wled import SimulatedWled


@dataclass(frozen=True, slots=True)
class Setup:
    """What a maker has to build from. `clock` is monotonic; `saved` is to be called after what must survive a kill."""

    options: SimulatorOptions
    plan: FaultPlan
    clock: Callable[[], float]
    saved: Callable[[], None]

    @property
    def is_tcp(self) -> bool:
        """Whether the line is a network and not a serial one; for dialects that frame differently there."""
        return self.options.listen.startswith("tcp:")

    def machine(self, *, openings: tuple[str, ...] = ()) -> Machine:
        """The machine of `--machine`, or the default one, whose two openings may be named."""
        file = self.options.machine_file
        layout = read_layout(file) if file else default_layout()
        if openings and not file:
            layout = replace(layout, openings=dict(zip(openings, layout.openings.values(), strict=True)))
        return self.machine_of(layout)

    def machine_of(self, layout: Layout) -> Machine:
        return Machine(layout, speed=self.options.speed, now_s=self.clock())

    def carousel(self) -> tuple[Machine, Carousel]:
        """The same for a protocol that speaks for one carousel. Raises OptionError."""
        file = self.options.machine_file
        layout = read_layout(file) if file else default_carousel()
        if layout.pod is None or len(layout.pod.carousels) != 1:
            raise OptionError("--machine", str(file), f"one carousel; {self.options.protocol} speaks for no other machine")
        return self.machine_of(layout), layout.pod.carousels[0]


def _modbus(setup: Setup) -> SimulatedDevice:
    """A PLC with the registers of --map. Raises MapError."""
    found = load_map(str(setup.options.map))
    machine = (
        setup.machine() if setup.options.machine_file else Machine(_layout(found), speed=setup.options.speed, now_s=setup.clock())
    )
    return ModbusWire(machine, setup.plan, found=found, is_network=setup.is_tcp, clock=setup.clock, saved=setup.saved)


def _layout(found: RegisterMap) -> Layout:
    """The default machine of a map: for a carousel one that has exactly its bins."""
    if found.map.machine == "lift":
        return default_layout()
    first, last = found.map.trays
    opening = next(iter(found.openings), "SH1-1")
    return Layout(pod=Pod(carousels=(Carousel(name="C1", bins=tuple(range(first, last + 1)), opening=opening),)))


MAKERS: dict[str, Callable[[Setup], SimulatedDevice]] = {
    "jmif": lambda setup: JmifWire(
        setup.machine(),
        setup.plan,
        clock=setup.clock,
        saved=setup.saved,
        options=read_jmif_options(setup.options.machine_file),
    ),
    "modula-link": lambda setup: ModulaWire(setup.machine(), setup.plan, clock=setup.clock, saved=setup.saved),
    "modbus": _modbus,
    "carousel2": lambda setup: Carousel2Wire(
        *setup.carousel(), setup.plan, clock=setup.clock, saved=setup.saved, bit2=read_bit2(setup.options.machine_file)
    ),
    "hostcom": lambda setup: make_hostcom_wire(
        setup.machine(openings=HOSTCOM_OPENINGS),
        setup.plan,
        clock=setup.clock,
        saved=setup.saved,
        controller=read_controller(setup.options.machine_file),
    ),
    "cd5220": lambda setup: SimulatedDisplay(setup.plan),
    "mt-sics": lambda setup: SimulatedScale(setup.plan, clock=setup.clock),
    "alpha": lambda setup: SimulatedAlpha(setup.plan, clock=setup.clock),
    "dmx": lambda setup: SimulatedDmx(clock=setup.clock),
    "register-lamps": lambda setup: SimulatedLamps(is_network=setup.is_tcp, clock=setup.clock),
    "wled": lambda setup: SimulatedWled(clock=setup.clock),
    "scanner": lambda setup: SimulatedScanner(setup.plan),
    "ssi": lambda setup: SimulatedSsiScanner(setup.plan),
}
WITH_MAP: frozenset[str] = frozenset(("modbus",))  # protocols that read --map


def _link_3964r(device: Device, setup: Setup) -> Device:
    return Link3964R(device, settings=end_settings(setup.options), plan=setup.plan)


# A link layer is a device around a device: it takes the line's bytes and hands its inner device the texts they carry.
LINK_LAYERS: dict[str, Callable[[Device, Setup], Device]] = {"3964r": _link_3964r, "3964": _link_3964r}
LINK_FAULTS = frozenset(("wrong_checksum", "lost_dle", "conflict", "nak_first"))


def check_protocol(options: SimulatorOptions) -> None:
    """Raises OptionError for what cannot be simulated."""
    if options.protocol not in MAKERS:
        raise OptionError("--protocol", options.protocol, f"one of {', '.join(MAKERS)}")
    if options.map is not None and options.protocol not in WITH_MAP:
        raise OptionError("--map", options.map, f"has no meaning for {options.protocol}")
    if options.protocol in WITH_MAP:
        if options.map is None:
            raise OptionError("--map", "", f"needed for {options.protocol}: a file, or one of {', '.join(presets())}")
        load_map(options.map)
    if options.link_layer and options.link_layer not in LINK_LAYERS:
        raise OptionError("--link-layer", options.link_layer, f"one of {', '.join(LINK_LAYERS) or 'none'}")
