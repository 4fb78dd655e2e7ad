"""Tables: CSV files that people get out of screens or fill in, whatever they were saved as."""

from stackmap.declared.tables.days import DayOrder, day_in
from stackmap.declared.tables.facts import Taken, take_facts
from stackmap.declared.tables.headers import Header, UnknownTableError
from stackmap.declared.tables.kinds import UNKNOWN_TENANT, Kind, find_kind, gather_kinds, is_filled_in
from stackmap.declared.tables.ours import OUR_KINDS
from stackmap.declared.tables.own import (
    IMPORTS_FILE,
    TARGETS,
    OwnTable,
    load_own_tables,
    own_kind,
    parse_own_tables,
    stub,
    written,
)
from stackmap.declared.tables.reading import EXAMPLE, Table, headings_of, is_fact_file, kind_of, read_table, refused

__all__ = [
    "EXAMPLE",
    "IMPORTS_FILE",
    "OUR_KINDS",
    "TARGETS",
    "UNKNOWN_TENANT",
    "DayOrder",
    "Header",
    "Kind",
    "OwnTable",
    "Table",
    "Taken",
    "UnknownTableError",
    "day_in",
    "find_kind",
    "gather_kinds",
    "headings_of",
    "is_fact_file",
    "is_filled_in",
    "kind_of",
    "load_own_tables",
    "own_kind",
    "parse_own_tables",
    "read_table",
    "refused",
    "stub",
    "take_facts",
    "written",
]
