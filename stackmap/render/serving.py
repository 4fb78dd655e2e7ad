"""Where the made-up company's systems are served, and what to write where to read them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Served", "serving_text"]


@dataclass(frozen=True, slots=True)
class Served:
    """One system where it is served. `lines` are its settings as they stand below `connectors:` of stackmap.yaml.

    `secrets` are the made-up ones that the settings refer to, by environment variable.
    """

    name: str
    title: str
    address: str
    lines: Sequence[str]
    secrets: Mapping[str, str] = field(repr=False)


def serving_text(served: Sequence[Served], leaver: str, ca_file: Path | None = None, command: str = "stackmap") -> str:
    """Three steps to a first answer, each to be copied as it stands. `command`: how stackmap is called."""
    lines = ["Larkfield, a made-up company, is served on this machine until you press Ctrl-C:", ""]
    lines += [f"  {one.name:<14} {one.address:<26} {one.title}" for one in served]
    if ca_file is not None:
        lines += ["", f"Its certificate is vouched for by {ca_file}", "For other programs than stackmap:", ""]
        lines += [f"export SSL_CERT_FILE={shlex.quote(str(ca_file))}"]
    lines += ["", "1. In another terminal, in an empty folder:", "", f"{command} init --yes"]
    lines += [f"export {name}={shlex.quote(value)}" for one in served for name, value in one.secrets.items()]
    lines += ["", "2. Add this to the end of stackmap.yaml there:", "", "connectors:"]
    for one in served:
        lines += [f"  # {one.title}", *one.lines]
    lines += [
        "",
        "3. Read it, and ask:",
        "",
        *(f"{command} {rest}" for rest in ("doctor", "collect", f'leave "{leaver}"')),
    ]
    return "\n".join(lines) + "\n"
