"""What reading commands need from the outside: secrets, the clock, and somebody to tell of progress."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from stackmap.cli.output import note

if TYPE_CHECKING:
    from stackmap.app.reading import Readings
    from stackmap.collect import Progress

__all__ = ["called_as", "readings"]


def called_as(folder: Path | None = None) -> str:
    """How to call stackmap from a folder (None: from anywhere): by its name, as a module, or by where it lies."""
    if shutil.which("stackmap"):
        return "stackmap"
    if Path(sys.argv[0]).name == "__main__.py":
        return f"{sys.executable} -m stackmap"
    return os.path.relpath(sys.argv[0], folder) if folder else str(Path(sys.argv[0]).absolute())


def readings(*, quiet: bool) -> Readings:
    """The real world: this machine's environment, keyring, files, commands, connectors and clock."""
    from stackmap.app.reading import Readings
    from stackmap.collect import find_connectors, utc_now
    from stackmap.declared import SecretResolver, read_private_file, run_command

    resolver = SecretResolver(os.environ, _keyring, read_private_file, run_command)
    progress = _silent if quiet else _Lines()
    return Readings(find_connectors(), resolver, utc_now, progress, note)


def _keyring(service: str, user: str) -> str | None:
    from stackmap.errors import ConfigError

    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise ConfigError('keyring: is not installed; run: pip install "stackmap[keyring]"') from None
    try:
        return keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        # Its text is the backend's own; the kind says enough, and nothing of the entry is repeated.
        raise ConfigError(f"the keyring cannot be asked ({type(error).__name__}): unlock or install one") from None


def _silent(_source: str, _progress: Progress) -> None:
    return None


class _Lines:
    """One line per list when it is done; on a terminal also how far the current ones are."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live = sys.stderr.isatty()

    def __call__(self, source: str, progress: Progress) -> None:
        with self._lock:
            if progress.state is None:
                if self._live:
                    sys.stderr.write(f"\r{source:<14} {progress.inventory:<22} {progress.records} records\x1b[K")
                    sys.stderr.flush()
                return
            end = "\r\x1b[K" if self._live else ""
            note(f"{end}{source:<14} {progress.inventory:<22} {progress.state.value:<9} {progress.records} records")
