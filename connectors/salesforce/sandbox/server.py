"""A strict stand-in of a Salesforce org's REST and Tooling APIs, as far as a reader of lists uses them, over a compact
made-up org.

The org is one mapping: `objects` and `tooling`, each object name -> rows of published columns, and `limits`, name ->
[most, remaining]. A row is flat: relationships are followed through Ids. A column that a row leaves out is empty, a
checkbox unticked. Which columns exist, what can be asked of them, and who sees what, is data with its sources: the
files under `published/` and the table in `access`.

What no source words is from general use of the platform, and its place says so.
"""

from __future__ import annotations

import base64
import binascii
import re
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from connectors.salesforce.sandbox.access import Access, check_names
from connectors.salesforce.sandbox.answers import Answers
from connectors.salesforce.sandbox.org import Org
from connectors.salesforce.sandbox.schema import Api, Catalogue
from connectors.salesforce.sandbox.soql.query import SoqlError
from stackmap.sdk import Reply, Request

__all__ = ["Server", "standin"]

_NEWEST = 68
_OLDEST = 31
_LONGEST_ADDRESS = 16_384
_USUAL_LIMITS: Mapping[str, tuple[int, int]] = {"DailyApiRequests": (5000, 4983)}
_NO_ORG = "00D000000000000AAA"
_VERSIONED = re.compile(r"/services/data/v(\d{1,3}\.0)(/.*)?")
_SEASONS = ("Spring", "Summer", "Winter")
_LOOPBACK = re.compile(r"(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?")


def standin(
    data: Mapping[str, Any],
    *,
    client_id: str = "",
    client_secret: str = "",
    run_as: str = "",
    access_token: str = "",
    version: str = f"{_NEWEST}.0",
    deny: Collection[str] = frozenset(),
    lacks: Collection[str] = (),
    clock: Callable[[], datetime] | None = None,
    scheme: str = "",
) -> Server:
    """The APIs as a function.

    `run_as` is the Id of the user that the client signs in as, or that `access_token` belongs to; `deny` takes
    permissions away from it ("ManageUsers"), `lacks` objects and columns from the org ("BotDefinition",
    "User.ManagerId"). `version` is the newest version the org answers to. `scheme` is what the org's own address begins
    with; left out, what the header X-Forwarded-Proto says, else http for a loopback host and https for any other.
    Raises ConfigError for rows that cannot be, and for names that nobody published.
    """
    check_names(deny, lacks)
    tell = clock or (lambda: datetime.now(UTC))
    org = Org(data, tell())
    access = Access(org, run_as, frozenset(deny))
    return Server(
        org,
        access,
        client=(client_id, client_secret),
        access_token=access_token,
        newest=float(version),
        lacks=frozenset(lacks),
        clock=tell,
        scheme=scheme,
    )


class Server:
    """The stand-in. `silent` counts what was asked of columns although no source says whether that is allowed."""

    def __init__(
        self,
        org: Org,
        access: Access,
        *,
        client: tuple[str, str],
        access_token: str,
        newest: float,
        lacks: frozenset[str],
        clock: Callable[[], datetime],
        scheme: str,
    ) -> None:
        self._org = org
        self._access = access
        self._client = client
        self._newest = newest
        self._lacks = lacks
        self._clock = clock
        self._scheme = scheme
        self._lock = threading.Lock()
        self._calls = 0
        self._answers: dict[tuple[Api, float], tuple[Answers, Catalogue]] = {}
        self._org_id = next((str(row["Id"]) for row in org.rows("rest", "Organization") if row.get("Id")), _NO_ORG)
        self._token = access_token or f"{self._org_id[:15]}!made.up.for.the.stand-in"

    def __call__(self, request: Request) -> Reply:
        """One reply."""
        path = request.path.rstrip("/")
        # https://help.salesforce.com/s/articleView?id=000386264&type=1; the code's name is from general use.
        if len(quote(request.path)) + sum(len(quote(value)) for value in request.query.values()) > _LONGEST_ADDRESS:
            return _error(414, "URI_TOO_LONG", "The length of the URI exceeds the 16,384-byte limit")
        if path == "/services/oauth2/token":
            return self._sign_in(request)
        if path == "/services/oauth2/userinfo":
            return self._user_info(request)
        if path == "/services/data":
            return Reply(200, [_version(number) for number in range(_OLDEST, int(self._newest) + 1)])
        match = _VERSIONED.fullmatch(path)
        return self._versioned(request, float(match[1]), match[2] or "") if match else _not_found()

    @property
    def silent(self) -> Counter[str]:
        """What no source speaks of, and how often it was asked: "Object.Field use"."""
        with self._lock:
            catalogues = [catalogue for _, catalogue in self._answers.values()]
        return sum((catalogue.silent for catalogue in catalogues), Counter[str]())

    def _sign_in(self, request: Request) -> Reply:
        """Client credentials, as HTTP Basic or in the form."""
        if request.method != "POST":
            return _refused("unsupported_method", "must be HTTP POST")  # general use
        form = request.form()
        if form.get("grant_type") != "client_credentials":
            return _refused("unsupported_grant_type", "grant type not supported")  # general use
        client_id, client_secret = _client(request, form)
        if not client_id or client_id != self._client[0]:
            # Wording: https://github.com/omniphx/forrest/issues/184.
            return _refused("invalid_client_id", "client identifier invalid")
        if client_secret != self._client[1]:
            # Wording: https://github.com/restforce/restforce/issues/338.
            return _refused("invalid_client", "invalid client credentials")
        if not self._access.active():
            # Wording: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm.
            return _refused("invalid_grant", "inactive user")
        issued = self._clock()
        answer = {
            "access_token": self._token,
            "signature": base64.b64encode(b"made up for the stand-in").decode(),
            "token_format": "opaque",
            "instance_url": self._address(request),
            "id": self._identity(),
            "token_type": "Bearer",
            "issued_at": str(int(issued.timestamp() * 1000)),
        }
        return Reply(200, answer)

    def _user_info(self, request: Request) -> Reply:
        """The standard claims, as far as the org's rows know them."""
        if not self._signed(request):
            return Reply(403, b"Bad_OAuth_Token", {"content-type": "text/html"})  # general use
        user = self._access.user()
        answer = {
            "sub": self._identity(),
            "user_id": user.get("Id"),
            "organization_id": self._org_id,
            "preferred_username": user.get("Username"),
            "name": user.get("Name"),
            "email": user.get("Email"),
            "user_type": "STANDARD",
            "active": bool(user.get("IsActive")),
        }
        return Reply(200, answer)

    def _versioned(self, request: Request, version: float, below: str) -> Reply:
        if version > self._newest:
            return _not_found()
        if version < _OLDEST:
            # Status: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/api_rest_eol.htm.
            return _error(410, "UNSUPPORTED_API_VERSION", "This API version is retired")
        if not self._signed(request):
            return _error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        used, most = self._count()
        if used > most:
            reply = _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        elif not self._access.has("ApiEnabled"):
            # Wording: https://github.com/restforce/restforce/issues/219.
            reply = _error(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization.")
        else:
            reply = self._resource(request, version, below)
        return Reply(reply.status, reply.body, {**reply.headers, "Sforce-Limit-Info": f"api-usage={used}/{most}"})

    def _resource(self, request: Request, version: float, below: str) -> Reply:
        root = f"/services/data/v{version:.1f}"
        simple: Mapping[str, Callable[[], Any]] = {
            "": lambda: {name: f"{root}/{name}" for name in ("limits", "query", "sobjects", "tooling")},
            "/limits": self._limits,
        }
        api: Api = "tooling" if below.startswith("/tooling/") else "rest"
        parts = below.removeprefix("/tooling").strip("/").split("/")
        listed = parts[0] == "query" and len(parts) <= 2
        described = len(parts) == 3 and parts[0] == "sobjects" and parts[2] == "describe"
        if below not in simple and not listed and not described:
            return _not_found()
        if request.method != "GET":
            message = f"HTTP Method '{request.method}' not allowed. Allowed are GET"  # general use
            return _error(405, "METHOD_NOT_ALLOWED", message)
        if below in simple:
            return Reply(200, simple[below]())
        if api == "tooling" and not self._access.has("ViewSetup"):
            return _error(403, "INSUFFICIENT_ACCESS", "insufficient access rights on object")  # assumed
        answers = self._api(api, version)
        return _describe(answers, parts[1]) if described else _query(answers, request, parts[1:])

    def _api(self, api: Api, version: float) -> Answers:
        with self._lock:
            if (api, version) not in self._answers:
                catalogue = Catalogue(api, version, self._lacks)
                self._answers[api, version] = Answers(self._org, self._access, catalogue, self._clock), catalogue
            return self._answers[api, version][0]

    def _limits(self) -> dict[str, Any]:
        limits = {name: {"Max": pair[0], "Remaining": pair[1]} for name, pair in self._all_limits().items()}
        limits["DailyApiRequests"]["Remaining"] -= self._calls
        return limits

    def _all_limits(self) -> dict[str, Any]:
        return {**_USUAL_LIMITS, **self._org.limits}

    def _count(self) -> tuple[int, int]:
        most, remaining = self._all_limits()["DailyApiRequests"]
        with self._lock:
            self._calls += 1
            return most - remaining + self._calls, most

    def _signed(self, request: Request) -> bool:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind.lower() in {"bearer", "oauth"} and token.strip() == self._token

    def _identity(self) -> str:
        return f"https://login.salesforce.com/id/{self._org_id}/{self._access.user().get('Id')}"

    def _address(self, request: Request) -> str:
        host = request.headers.get("host", "localhost")
        told = self._scheme or request.headers.get("x-forwarded-proto")
        return f"{told or ('http' if _LOOPBACK.fullmatch(host) else 'https')}://{host}"


def _query(answers: Answers, request: Request, rest: list[str]) -> Reply:
    try:
        if rest:
            return Reply(200, answers.more(rest[0]))
        if not request.query.get("q"):
            return _error(400, "MALFORMED_QUERY", "SOQL query string must be specified")  # general use
        return Reply(200, answers.query(request.query["q"], request.headers.get("sforce-query-options", "")))
    except SoqlError as error:
        return _error(400, error.code, error.message)


def _describe(answers: Answers, name: str) -> Reply:
    found = answers.describe(name)
    return _not_found() if found is None else Reply(200, found)


def _client(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return "", ""
    client_id, _, client_secret = text.partition(":")
    return unquote(client_id), unquote(client_secret)


def _version(number: int) -> dict[str, str]:
    """Three releases a year: 66 was Spring '26, and each Winter carries the year that follows."""
    season = (number - 66) % 3
    year = 26 + (number - 66) // 3 + (season == 2)
    return {
        "label": f"{_SEASONS[season]} '{year}",
        "url": f"/services/data/v{number}.0",
        "version": f"{number}.0",
    }


def _refused(error: str, description: str) -> Reply:
    return Reply(400, {"error": error, "error_description": description})


def _not_found() -> Reply:
    return _error(404, "NOT_FOUND", "The requested resource does not exist")  # general use


def _error(status: int, code: str, message: str) -> Reply:
    return Reply(status, [{"message": message, "errorCode": code}])
