"""Products that are known from files only."""

from __future__ import annotations

from stackmap.errors import ConfigError
from stackmap.model import Act
from stackmap.sdk.asks import Authenticator
from stackmap.sdk.connector import Connector
from stackmap.sdk.exports import Export
from stackmap.sdk.scope import Departures, Settings

__all__ = ["from_files"]


def from_files(
    name: str,
    product: str,
    title: str,
    exports: tuple[Export, ...],
    *,
    usual_act: Act,
    departures: tuple[Departures, ...] = (),
    blind_spots: tuple[str, ...] = (),
    docs: str = "",
    also_called: tuple[str, ...] = (),
) -> Connector:
    """A connector for a product that is known from files only: no list to ask for, no login."""

    def nothing(_settings: Settings) -> str:
        raise ConfigError(f"{name} is read from files: stackmap import FILE")

    def nobody(_settings: Settings) -> Authenticator:
        raise ConfigError(f"{name} is read from files: stackmap import FILE")

    return Connector(
        name,
        product,
        title,
        (),
        nothing,
        nothing,
        nobody,
        (),
        departures,
        usual_act,
        blind_spots=blind_spots,
        docs=docs,
        exports=exports,
        also_called=also_called,
    )
