"""What Debian's own checker of archives says of a departure: dose-debcheck, from the package dose-distcheck.

Someone leaves: the packages that they alone maintain are deleted, and dose, which is a constraint solver, is asked what
cannot be installed any more. It knows Conflicts and Breaks, which our reading of an archive leaves out, so each answer
is held against its own answer for the whole archive. It is told to ignore that essential packages belong to every
installation: with that rule, losing one of them loses everything.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from stackmap.analysis.gates.network import aside
from stackmap.analysis.gates.solve import Solver
from tests.benchmarks.debian import Archive
from tests.benchmarks.debian_control import read_stanzas

__all__ = ["Checker", "Compared", "Dose", "broken_in", "compare", "maintained_alone"]

Checker: TypeAlias = Callable[[Collection[str]], frozenset[str]]
"""Which packages cannot be installed where these are deleted, by name; those deleted are not among them."""

_SECONDS = 900.0
_FIELDS = frozenset(
    {"package", "version", "architecture", "multi-arch", "depends", "pre-depends", "provides", "conflicts", "breaks"}
)
_BROKEN = re.compile(r"^  package: (\S+)$", re.MULTILINE)
_FINE, _SOME_BROKEN = 0, 1


@dataclass(frozen=True, slots=True)
class Dose:
    """The checker, set on one file. `command` is the program, `scratch` a folder for what it is given to read."""

    command: str
    packages: Path
    scratch: Path

    def __call__(self, deleted: Collection[str]) -> frozenset[str]:
        """Takes about a minute for a whole archive. Raises RuntimeError with what dose said when it fails."""
        left = self.scratch / "Packages"
        native = self._write(left, deleted)
        options = ["--failures", "--latest=1", "--deb-ignore-essential", f"--deb-native-arch={native}"]
        done = subprocess.run(
            [self.command, *options, str(left)], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        if done.returncode not in {_FINE, _SOME_BROKEN}:
            raise RuntimeError(f"dose ended with {done.returncode}: {done.stderr[-500:]}")
        return broken_in(done.stdout)

    def _write(self, left: Path, deleted: Collection[str]) -> str:
        """Write what is left of the archive, and return the architecture that it is for."""
        architectures = {"all"}
        with left.open("w", encoding="utf-8") as file:
            for stanza in read_stanzas(self.packages, _FIELDS):
                architectures.add(stanza["architecture"])
                if stanza["package"] not in deleted:
                    file.write("\n".join([*map(_field, stanza.items()), "", ""]))
        return max(architectures - {"all"}, default="amd64")


def _field(field: tuple[str, str]) -> str:
    """Its name as dose wants it, and the lines in which it goes on set in."""
    name, text = field
    return f"{name.title()}: " + text.replace("\n", "\n ")


def broken_in(report: str) -> frozenset[str]:
    """The packages that a report with `--failures` names."""
    return frozenset(_BROKEN.findall(report))


@dataclass(frozen=True, slots=True)
class Compared:
    """One departure as we and as the checker see it, without what was broken before. Packages by name."""

    person: str
    alone: int
    both: int
    only_ours: tuple[str, ...]
    only_theirs: tuple[str, ...]


def compare(archive: Archive, solver: Solver, person: str, check: Checker, before: Collection[str]) -> Compared:
    """Ask both what is lost when somebody leaves. `before`: what the checker says of the whole archive."""
    alone = maintained_alone(archive).get(person, frozenset())
    gone = solver.leaving([person])
    ours = {name for name in archive.packages if archive.network.index.get(name) in gone}.difference(before)
    theirs = (alone | check(alone)).difference(before)
    return Compared(person, len(alone), len(ours & theirs), tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours)))


def maintained_alone(archive: Archive) -> dict[str, frozenset[str]]:
    """Everybody who maintains packages that nobody else maintains, and those packages."""
    person_of = {aside("maintained", person): person for person in archive.people}
    found: dict[str, set[str]] = {}
    for gate in archive.network.gates:
        for member in gate.members:
            if member.node in person_of:
                found.setdefault(person_of[member.node], set()).add(gate.node)
    return {person: frozenset(packages) for person, packages in sorted(found.items())}
