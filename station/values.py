"""The words of the site for everybody above the store: `ui` imports them from here, never from `db`."""

from __future__ import annotations

from db.rows import BayMemory as BayMemory
from db.rows import ChainReport as ChainReport
from db.rows import Compartment as Compartment
from db.rows import Credential as Credential
from db.rows import EventRow as EventRow
from db.rows import Item as Item
from db.rows import LineState as LineState
from db.rows import MachineWear as MachineWear
from db.rows import OpenMotion as OpenMotion
from db.rows import Order as Order
from db.rows import OrderKind as OrderKind
from db.rows import OrderLine as OrderLine
from db.rows import OrderState as OrderState
from db.rows import Outage as Outage
from db.rows import Pack as Pack
from db.rows import Person as Person
from db.rows import PieceWeight as PieceWeight
from db.rows import Place as Place
from db.rows import ProofRule as ProofRule
from db.rows import Role as Role
from db.rows import RoundRule as RoundRule
from db.rows import ServiceBooked as ServiceBooked
from db.rows import Stock as Stock
from db.rows import StockKey as StockKey
from db.rows import StockStatus as StockStatus
from db.rows import Tray as Tray
from db.rows import TrayWear as TrayWear
from db.rows import ZeroCheck as ZeroCheck
