"""The indices of the suite that this machine itself is installed from, fetched with its own apt.

Nothing of the machine changes: apt keeps its state in a folder given, reads a list of sources made for the occasion,
and runs none of the commands that the machine has it run around an update. The sources are the machine's own, with
their keys, narrowed to one suite and widened by the source packages.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["fetch_archive", "with_sources"]

_SECONDS = 180.0
"""How long one call of apt may take. On a slow line the indices, some 20 MB, are not measured."""

_COMPONENT = "main"
_REPLACED = frozenset({"types", "suites", "components", "enabled"})
_LINE = re.compile(r"\s*deb\s+((?:\[[^\]]*\]\s+)?\S+)\s")
_INDICES = ("Packages", "Sources")
_FORMAT = {
    "index": "$(CREATED_BY)",
    "component": "$(COMPONENT)",
    "release": "$(RELEASE)",
    "codename": "$(CODENAME)",
    "entry": "$(SOURCESENTRY)",
    "filename": "$(FILENAME)",
}

_SETTINGS = """\
Dir::State "{folder}/state";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{sources}";
Dir::Etc::sourceparts "-";
Acquire::GzipIndexes "false";
Acquire::Languages "none";
Acquire::Retries "1";
APT::Update::Error-Mode "any";
// An account of its own for downloads could not write into a private folder.
APT::Sandbox::User "root";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""


class _NotMeasuredError(Exception):
    """Why the indices cannot be had."""


def fetch_archive(folder: Path) -> tuple[Path, Path] | str:
    """`Packages` and `Sources` of the machine's own suite, somewhere under the folder; or why they cannot be had.

    Takes a few seconds, at most some minutes. What an earlier call left in the folder is only brought up to date.
    """
    try:
        return _fetched(folder.resolve())
    except (_NotMeasuredError, OSError) as reason:
        return str(reason)


def _fetched(folder: Path) -> tuple[Path, Path]:
    if shutil.which("apt-get") is None:
        raise _NotMeasuredError("there is no apt-get on this machine")
    suite = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    entry, settings = _entry(suite), folder / "apt.conf"
    sources = folder / f"own{Path(entry.rpartition(':')[0]).suffix}"
    sources.write_text(with_sources(entry, suite), encoding="utf-8")
    settings.write_text(_SETTINGS.format(folder=folder, sources=sources), encoding="utf-8")
    _apt("update", f"--config-file={settings}")
    files: dict[str, Path] = {}
    for target in _targets(f"--config-file={settings}"):
        files.setdefault(target["index"], Path(target["filename"]))  # the machine's own architecture comes first
    missing = [name for name in _INDICES if name not in files or not files[name].is_file()]
    if missing:
        raise _NotMeasuredError(f"apt brought no {' and no '.join(missing)} of {suite}")
    packages, sources = (files[name] for name in _INDICES)
    return packages, sources


def _entry(suite: str) -> str:
    """Where the machine names the suite as a source: a file, a colon, the number of the entry in it."""
    for target in _targets():
        if target["component"] == _COMPONENT and suite in (target["release"], target["codename"]):
            return target["entry"]
    raise _NotMeasuredError(f"apt on this machine knows no index of {suite or 'a suite with a name'}, {_COMPONENT}")


def _targets(*options: str) -> Iterator[Mapping[str, str]]:
    """The indices that apt is set up for, in its own order, downloaded or not."""
    for line in _apt("indextargets", *options, "--format", "|".join(_FORMAT.values())).splitlines():
        target = dict(zip(_FORMAT, line.split("|"), strict=True))
        if target["index"] in _INDICES:
            yield target


def _apt(*command: str) -> str:
    try:
        done = subprocess.run(
            ["apt-get", *command],  # noqa: S607 - apt is wherever the machine keeps it
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise _NotMeasuredError(f"apt-get {command[0]} was not done within {_SECONDS:.0f} seconds") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise _NotMeasuredError(f"apt-get {command[0]} failed: {' '.join(said) or f'code {done.returncode}'}")
    return done.stdout


def with_sources(entry: str, suite: str) -> str:
    """One entry of a file of sources, in either of apt's two notations, for that suite and with its source packages.

    After sources.list(5): the number after the file's name counts paragraphs of a `.sources`, lines of another.
    """
    file, _, number = entry.rpartition(":")
    text = Path(file).read_text(encoding="utf-8")
    if file.endswith(".sources"):
        spoken = re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)
        entries = [_from_paragraph(part, suite) for part in re.split(r"\n\s*\n", spoken) if part.strip()]
    else:
        entries = [_from_line(line, suite) for line in text.splitlines()]
    found = entries[int(number) - 1 : int(number)]
    if not any(found):
        raise _NotMeasuredError(f"what apt names as {entry} could not be read")
    return found[0]


def _from_paragraph(paragraph: str, suite: str) -> str:
    fields = re.split(r"\n(?!\s)", paragraph.strip("\n"))  # a field may go on in lines that begin with a blank
    kept = [field for field in fields if field.partition(":")[0].lower() not in _REPLACED]
    return "\n".join([f"Types: deb deb-src\nSuites: {suite}\nComponents: {_COMPONENT}", *kept, ""])


def _from_line(line: str, suite: str) -> str:
    read = _LINE.match(line)
    return f"deb {read[1]} {suite} {_COMPONENT}\ndeb-src {read[1]} {suite} {_COMPONENT}\n" if read else ""
