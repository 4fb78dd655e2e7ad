"""Stand-ins of the vendors' APIs, each filled with its connector's share of the made-up company.

A connector's share is a file in its own package, named by `Connector.demo`: one JSON object of `data` and `options`,
handed to the stand-in's factory as they are, and `settings`, with which the connector reads it. No vendor is known
here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module, resources
from typing import Any, cast

from stackmap.errors import ConnectorError
from stackmap.sdk import Connector, StandIn

__all__ = ["DemoStandIn", "demo_stand_ins"]


@dataclass(frozen=True, slots=True)
class DemoStandIn:
    """One stand-in, ready to be served.

    `settings` are as stackmap.yaml has them, without `base_url`; each secret among them refers to an environment
    variable, and `secrets` are those variables with their (made-up) values.
    """

    connector: Connector
    standin: StandIn = field(repr=False)
    settings: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)

    def entry(self, base_url: str) -> Mapping[str, str]:
        """The settings that lead to it where it is served."""
        return {"base_url": base_url, **self.settings}


def demo_stand_ins(connectors: Iterable[Connector]) -> Iterator[DemoStandIn]:
    """The stand-ins of those connectors that have a share in the company, in the given order.

    Raises ConnectorError when a connector's share cannot be used.
    """
    for connector in connectors:
        if connector.demo and connector.sandbox:
            yield _stand_in(connector)


def _stand_in(connector: Connector) -> DemoStandIn:
    module, _, factory = connector.sandbox.partition(":")
    try:
        share = json.loads(_share_of(module, connector.demo))
        make = cast(Callable[..., StandIn], getattr(import_module(module), factory))
        standin = make(share["data"], **share.get("options", {}))
        settings, secrets = _split(connector, share.get("settings", {}))
    except (ImportError, AttributeError, OSError, ValueError, LookupError, TypeError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise ConnectorError(f"{connector.name}: its share of the demo cannot be used ({problem})") from error
    return DemoStandIn(connector, standin, settings, secrets)


def _share_of(module: str, name: str) -> str:
    return resources.files(module.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")


def _split(connector: Connector, given: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Settings with secrets replaced by references, and what the references lead to."""
    secret = {setting.name for setting in connector.settings if setting.secret}
    settings, secrets = dict[str, str](), dict[str, str]()
    for name, value in given.items():
        variable = f"{connector.name}_{name}".upper().replace("-", "_")
        if name in secret:
            secrets[variable] = value
        settings[name] = f"env:{variable}" if name in secret else value
    return settings, secrets
