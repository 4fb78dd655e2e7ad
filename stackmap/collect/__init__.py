"""Reading vendors: find the connectors, run them, and judge what comes back."""

from stackmap.collect.crew import Crew
from stackmap.collect.find import BrokenConnector, FoundConnectors, find_connectors
from stackmap.collect.run import Progress, run, utc_now

__all__ = ["BrokenConnector", "Crew", "FoundConnectors", "Progress", "find_connectors", "run", "utc_now"]
