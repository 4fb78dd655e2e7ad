"""A made-up company, to see what stackmap answers before any real system is connected.

It comes in three parts, as a real one would: systems that connectors read (stand-ins, filled with each connector's
share of the company), what administrators copied by hand because no API lists it (a fact file), and the ops lead's
notes.
"""

from stackmap.demo.company import FACT_FILES, LEAVER, PAIR, company_files, config_lines
from stackmap.demo.stand_ins import DemoStandIn, demo_stand_ins

__all__ = ["FACT_FILES", "LEAVER", "PAIR", "DemoStandIn", "company_files", "config_lines", "demo_stand_ins"]
