"""Addresses that may be called, how much of one may be shown, and which certificates are trusted there."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx

from stackmap.errors import ConfigError
from stackmap.sdk.hosts import is_loopback

__all__ = ["checked", "origin", "shown", "trusted"]


def checked(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        raise ConfigError("the base URL cannot be read: write https://host") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigError(f"the base URL must begin with https://, got {shown(url)}")
    if url.userinfo or url.query or url.fragment:
        raise ConfigError(f"the base URL may hold no login, query or fragment: write {shown(url)}")
    if url.scheme == "http" and not is_loopback(url.host):
        raise ConfigError(f"plain http would send secrets in clear to {url.host}: use https")
    return url


def trusted(ca_file: str, base: httpx.URL) -> ssl.SSLContext:
    """Whom the HTTP library trusts by itself, and the authorities of a file."""
    if base.scheme != "https":
        raise ConfigError("ca_file is for https only, and the base URL is plain http: leave it out")
    context = httpx.create_ssl_context()
    try:
        context.load_verify_locations(cafile=Path(ca_file).expanduser())
    except (OSError, RuntimeError, ValueError) as error:
        kind = type(error).__name__
        raise ConfigError(f"ca_file: no certificate in PEM form can be read there ({kind})") from error
    return context


def origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)


def shown(url: httpx.URL) -> str:
    """Scheme, host and port: all of an address that may be repeated."""
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}"
