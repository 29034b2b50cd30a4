"""The words of the site for everybody above the store: `ui` imports them from here, never from `db`."""

from __future__ import annotations

from db.rows.audit import AuditReport as AuditReport
from db.rows.bays import BayMemory as BayMemory
from db.rows.bays import Elsewhere as Elsewhere
from db.rows.bays import OpenMotion as OpenMotion
from db.rows.bays import Outage as Outage
from db.rows.emergency import EmergencyFacts as EmergencyFacts
from db.rows.events import ChainReport as ChainReport
from db.rows.events import EventRow as EventRow
from db.rows.items import Item as Item
from db.rows.items import Pack as Pack
from db.rows.items import ProofRule as ProofRule
from db.rows.items import RoundRule as RoundRule
from db.rows.leases import HeldLease as HeldLease
from db.rows.orders import LineState as LineState
from db.rows.orders import Order as Order
from db.rows.orders import OrderKind as OrderKind
from db.rows.orders import OrderLine as OrderLine
from db.rows.orders import OrderState as OrderState
from db.rows.people import Credential as Credential
from db.rows.people import Person as Person
from db.rows.people import Role as Role
from db.rows.people import StationTries as StationTries
from db.rows.sequences import Gap as Gap
from db.rows.stock import CountAsked as CountAsked
from db.rows.stock import PieceWeight as PieceWeight
from db.rows.stock import Stock as Stock
from db.rows.stock import StockKey as StockKey
from db.rows.stock import StockStatus as StockStatus
from db.rows.stock import ZeroCheck as ZeroCheck
from db.rows.totes import BoundTote as BoundTote
from db.rows.trays import Compartment as Compartment
from db.rows.trays import Place as Place
from db.rows.trays import Tray as Tray
from db.rows.wear import MachineWear as MachineWear
from db.rows.wear import ServiceBooked as ServiceBooked
from db.rows.wear import TrayWear as TrayWear
from db.sync.status import Problem as Problem
from db.sync.status import SyncException as SyncException
from db.sync.status import SyncState as SyncState
from db.sync.status import SyncStatus as SyncStatus
