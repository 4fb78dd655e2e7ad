"""A certificate for this machine, from an authority that nobody trusts yet."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certified:
    """A server's context, and the file of the authority that vouches for it."""

    server: ssl.SSLContext
    ca_file: Path


def certified(folder: Path) -> Certified:
    """For 127.0.0.1."""
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Certified(server, ca_file)
