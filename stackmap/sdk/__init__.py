"""What a connector's author imports. The conformance suite is `stackmap.sdk.testing`, for tests only."""

from stackmap.sdk.access import Access, PersonalData, Tier
from stackmap.sdk.asks import (
    Answer,
    Ask,
    Authenticator,
    Get,
    NotUnderstoodError,
    Pages,
    Paging,
    Probe,
    ReadError,
    ReadPost,
    Record,
    Trouble,
)
from stackmap.sdk.auth import api_key, basic, bearer, client_credentials, with_header
from stackmap.sdk.connector import (
    Connector,
    Departure,
    Departures,
    Inventory,
    Joins,
    Mapper,
    Per,
    Review,
    Scope,
    Setting,
    Settings,
)
from stackmap.sdk.exports import Cell, Column, Export, Row, RowMapper
from stackmap.sdk.files import from_files
from stackmap.sdk.hosts import is_loopback
from stackmap.sdk.http import Client, Transport
from stackmap.sdk.pace import Limits, Pace
from stackmap.sdk.paging import cursor, link, link_header, offset, page_number, single
from stackmap.sdk.records import MISSING, USED_WINDOWS, lookup, maps, parse_time, text, used_within
from stackmap.sdk.redaction import Redaction
from stackmap.sdk.sandbox import Reply, Request, StandIn, faulty, serve, transport
from stackmap.sdk.settings import COMMON, ResolvedSettings, resolve_settings
from stackmap.sdk.signing import client_assertion, jwt_bearer

__all__ = [
    "COMMON",
    "MISSING",
    "USED_WINDOWS",
    "Access",
    "Answer",
    "Ask",
    "Authenticator",
    "Cell",
    "Client",
    "Column",
    "Connector",
    "Departure",
    "Departures",
    "Export",
    "Get",
    "Inventory",
    "Joins",
    "Limits",
    "Mapper",
    "NotUnderstoodError",
    "Pace",
    "Pages",
    "Paging",
    "Per",
    "PersonalData",
    "Probe",
    "ReadError",
    "ReadPost",
    "Record",
    "Redaction",
    "Reply",
    "Request",
    "ResolvedSettings",
    "Review",
    "Row",
    "RowMapper",
    "Scope",
    "Setting",
    "Settings",
    "StandIn",
    "Tier",
    "Transport",
    "Trouble",
    "api_key",
    "basic",
    "bearer",
    "client_assertion",
    "client_credentials",
    "cursor",
    "faulty",
    "from_files",
    "is_loopback",
    "jwt_bearer",
    "link",
    "link_header",
    "lookup",
    "maps",
    "offset",
    "page_number",
    "parse_time",
    "resolve_settings",
    "serve",
    "single",
    "text",
    "transport",
    "used_within",
    "with_header",
]
