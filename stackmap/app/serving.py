"""The made-up company's systems, served on this machine: to point connectors, or any other client, at them."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from stackmap.app.workspace import write_private
from stackmap.demo import DemoStandIn, config_lines, demo_stand_ins
from stackmap.errors import ConfigError, UsageError
from stackmap.render.serving import Served
from stackmap.sdk import Connector, serve

__all__ = ["FIRST_PORT", "ServingTLS", "made_certificate", "ports_of", "serve_company"]

_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
FIRST_PORT = 8701
_HOST = "127.0.0.1"
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class ServingTLS:
    """A server's certificate for this machine, and the file of the authority that vouches for it.

    The authority's key is kept nowhere: nothing else can ever be vouched for by it.
    """

    server: ssl.SSLContext
    ca_file: Path


@contextmanager
def serve_company(
    connectors: Mapping[str, Connector],
    only: Sequence[str] = (),
    port: int | None = None,
    tls: ServingTLS | None = None,
) -> Iterator[Sequence[Served]]:
    """Serve each connector's share of the company, or of those in `only`, as long as this lasts.

    Ports follow one another in the order of names. Without `port` each connector keeps its own whichever others are
    served; with it, the first of those served gets it (0: each any free one). Raises UsageError for a name without a
    share and for a port that cannot be had, ConnectorError for a share that cannot be used.
    """
    stands = list(demo_stand_ins(connectors.values()))
    wanted = _wanted(stands, only)
    names = [stand.connector.name for stand in stands]
    ports = ports_of(names, [stand.connector.name for stand in wanted], port)
    with ExitStack() as running:
        yield [_served(stand, running, ports[stand.connector.name], tls) for stand in wanted]


def _wanted(stands: Sequence[DemoStandIn], only: Sequence[str]) -> list[DemoStandIn]:
    names = [stand.connector.name for stand in stands]
    for name in only:
        if name not in names:
            raise UsageError(f"no connector {name} has a share in the made-up company; there are {', '.join(names)}")
    return [stand for stand in stands if not only or stand.connector.name in only]


def ports_of(names: Sequence[str], wanted: Sequence[str], first: int | None) -> Mapping[str, int]:
    """The port of each one wanted, as `serve_company` says it."""
    if first == 0:
        return dict.fromkeys(wanted, 0)
    begin, numbered = (FIRST_PORT, names) if first is None else (first, wanted)
    ports = {name: begin + numbered.index(name) for name in wanted}
    if max(ports.values(), default=0) > _LAST_PORT:
        raise UsageError(f"there is no port {max(ports.values())}: choose a lower first one with --port")
    return ports


def _served(stand: DemoStandIn, running: ExitStack, port: int, tls: ServingTLS | None) -> Served:
    try:
        address = running.enter_context(serve(stand.standin, _HOST, port, tls=tls.server if tls else None))
    except ConfigError as error:
        raise UsageError(f"{stand.connector.name}: {error}, the first of all with --port") from error
    trust = {"ca_file": str(tls.ca_file)} if tls else {}
    name = stand.connector.name
    lines = "".join(config_lines({name: {**stand.entry(address), **trust}})).splitlines()
    return Served(name, stand.connector.title, address, tuple(lines), stand.secrets)


@contextmanager
def made_certificate(ca_file: Path | None = None) -> Iterator[ServingTLS]:
    """A certificate made on the spot.

    Its authority's file lies in a temporary folder until the end, or is written to `ca_file` and stays.
    Raises UsageError where the library that makes certificates is not installed, the file cannot be written, or
    holds something else than a certificate.
    """
    if ca_file is not None and ca_file.is_file() and not ca_file.read_bytes().startswith(_CERTIFICATE):
        raise UsageError(f"{ca_file} holds something else than a certificate: name another file")
    try:
        import trustme  # noqa: PLC0415 - only who serves over TLS needs it
    except ImportError:
        raise UsageError('certificates are made with trustme; run: pip install "stackmap[tls]"') from None
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(_HOST, "localhost").configure_cert(server)
    with tempfile.TemporaryDirectory(prefix="stackmap-") as folder:
        path = (ca_file or Path(folder) / "ca.pem").absolute()
        write_private(path, authority.cert_pem.bytes().decode("ascii"))
        yield ServingTLS(server, path)
