"""Secrets are only ever referred to. Here a reference is recognised, and resolved through what the caller passes in."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stackmap.errors import ConfigError

__all__ = ["SecretRef", "SecretResolver", "parse_reference", "read_private_file", "run_command"]

_SCHEMES = ("env", "keyring", "file", "command")
_MAX_SECRET_BYTES = 1_000_000
_COMMAND_SECONDS = 60


@dataclass(frozen=True, slots=True)
class SecretRef:
    """Where a secret is found. `arguments` are one name, service and user, one path, or a command's words.

    `within` is where it stands in the JSON that a command prints; empty: all that it prints is the secret.
    """

    scheme: str
    arguments: tuple[str, ...]
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = "/".join(self.arguments) if self.scheme == "keyring" else self.arguments[0]
        return f"{self.scheme}:{shown}"


def parse_reference(text: str) -> SecretRef | None:
    """The reference that `text` is, or None when it is a literal.

    Raises ValueError when it starts like a reference and is not a whole one; the message repeats nothing of it.
    """
    scheme, colon, rest = text.partition(":")
    if not colon or scheme not in _SCHEMES:
        return None
    if scheme == "command":
        return SecretRef(scheme, *_words(rest))
    parts = tuple(rest.split("/", 1)) if scheme == "keyring" else (rest,)
    if not all(part.strip() for part in parts) or (scheme == "keyring" and len(parts) != 2):
        shape = {"env": "env:NAME", "keyring": "keyring:SERVICE/USER", "file": "file:PATH"}[scheme]
        raise ValueError(f"write it as {shape}")
    return SecretRef(scheme, parts)


def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A command's words, and the place in its answer that may follow them behind a #."""
    try:
        words, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        words, end = None, 0
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError('write it as command:["program", "argument"]; no shell reads it')
    mark, place = text[end : end + 1], text[end + 1 :]
    within = tuple(place.split(".")) if mark else ()
    if mark not in {"", "#"} or not all(within):
        raise ValueError('behind a command may only stand a place in the JSON it prints: command:["program"]#a.b')
    return tuple(words), within


@dataclass(frozen=True, slots=True)
class SecretResolver:
    """Looks references up. The four ways to secrets are passed in by the command line.

    `keyring` gives None for an unknown entry. The other two raise ConfigError (see `read_private_file`,
    `run_command`). No error names a secret's value.
    """

    environment: Mapping[str, str] = field(repr=False)
    keyring: Callable[[str, str], str | None]
    read_file: Callable[[Path], str]
    run: Callable[[Sequence[str]], str]

    def resolve(self, reference: SecretRef) -> str:
        """The secret, without white space around it. Raises ConfigError when there is none."""
        found = self._look_up(reference).strip()
        if not found:
            raise ConfigError(f"{reference} is empty; put the secret there")
        return found

    def _look_up(self, reference: SecretRef) -> str:
        match reference.scheme:
            case "env":
                found = self.environment.get(reference.arguments[0])
            case "keyring":
                found = self.keyring(*reference.arguments)
            case "file":
                found = self.read_file(_path(reference.arguments[0]))
            case _:
                found = _stands_at(self.run(reference.arguments), reference)
        if found is None:
            missing = "is not set in the environment" if reference.scheme == "env" else "has no entry"
            raise ConfigError(f"{reference} {missing}; set it, then try again")
        return found


def _stands_at(printed: str, reference: SecretRef) -> str:
    """What stands at the reference's place in what a command printed. Errors repeat nothing of that."""
    if not reference.within:
        return printed
    try:
        found = json.loads(printed)
    except (ValueError, RecursionError):
        raise ConfigError(f"{reference} printed no JSON, and what stands behind # is a place in JSON") from None
    for key in reference.within:
        if isinstance(found, list) and key.isdecimal():
            found = found[int(key)] if int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, str):
        place = ".".join(reference.within)
        raise ConfigError(f"{reference} printed JSON with no text at {place}; run it by hand and look for the place")
    return found


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ConfigError(f"file:{text} begins with the home of somebody this machine does not know") from None


def read_private_file(path: Path) -> str:
    """The text of a file that only its owner may read. Raises ConfigError for any other."""
    try:
        # Without waiting: a pipe that nobody writes to must not keep the command for ever.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise ConfigError(f"file:{path} is no ordinary file")
            if mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise ConfigError(f"file:{path} is open to others; run: chmod 600 {path}")
            return file.read(_MAX_SECRET_BYTES).decode()
    except OSError as error:
        raise ConfigError(f"file:{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise ConfigError(f"file:{path} is no text in UTF-8") from None
    except ValueError:
        raise ConfigError("file: names no path that can be") from None


def run_command(words: Sequence[str]) -> str:
    """What a command prints. No shell. Raises ConfigError, without the output, when it fails or takes a minute."""
    try:
        done = subprocess.run(
            list(words), stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ConfigError(f"command:{words[0]} took longer than {_COMMAND_SECONDS} s") from None
    except (OSError, ValueError) as error:
        raise ConfigError(f"command:{words[0]} cannot be run: {error}") from error
    if done.returncode != 0:
        raise ConfigError(f"command:{words[0]} ended with exit code {done.returncode}; run it by hand to see why")
    try:
        return done.stdout.decode()
    except UnicodeDecodeError:
        raise ConfigError(f"command:{words[0]} printed no text in UTF-8") from None
