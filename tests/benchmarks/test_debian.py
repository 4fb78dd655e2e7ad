"""A made-up archive of a few stanzas: what the reading makes of each notation, and what a departure loses."""

from __future__ import annotations

import gzip
import lzma
import random
from pathlib import Path

import pytest

from stackmap.analysis.gates.network import word_of
from stackmap.analysis.gates.solve import Solver
from tests.benchmarks.debian import Archive, is_person, read_archive

_SOURCES = """\
Package: mail
Version: 2.0-1
Maintainer: Mail Team <team+mail@tracker.debian.org>
Uploaders: Ada Example <ada@example.org>, "Borg, Bo" <BO@example.org>,
 Cy Example <cy@example.org>

Package: base
Version: 1:1.0-1
Maintainer: Ada Example <ada@example.org>
Files:
 0123 10 base.dsc

Package: base
Version: 0.9-1
Maintainer: Cy Example <cy@example.org>
Extra-Source-Only: yes

Package: orphan
Version: 1
Maintainer: Debian QA Group <packages@qa.debian.org>

Package: tools
Version: 3~rc1-1
Maintainer: Bo Borg <bo@example.org>
"""


def _package(name: str, version: str, source: str, **fields: str) -> str:
    shown = "".join(f"{field.replace('_', '-')}: {text}\n" for field, text in fields.items())
    return f"Package: {name}\nVersion: {version}\nSource: {source}\nArchitecture: amd64\n{shown}\n"


_PACKAGES = [
    _package("libbase", "1:1.0-1", "base"),
    _package("exim", "2.0-1", "mail", Provides="mta", Depends="libbase (>= 1:0.9)"),
    _package("postfix", "2.0-1+b1", "mail (2.0-1)", Provides="mta, postfix-abi (= 3)", Pre_Depends="tool:any"),
    _package("tool", "3~rc1-1", "tools", Multi_Arch="allowed"),
    _package("lonely", "1", "orphan", Depends="exim | missing"),
]


def _archive(folder: Path, *more: str) -> Archive:
    (folder / "Packages").write_text("".join([*_PACKAGES, *more]), encoding="utf-8")
    (folder / "Sources").write_text(_SOURCES, encoding="utf-8")
    return read_archive(folder / "Packages", folder / "Sources")


def _lost(archive: Archive, *people: str) -> set[str]:
    gone = Solver(archive.network).leaving(people)
    return {name for name in archive.packages if archive.network.index.get(name) in gone}


def _needing(folder: Path, depends: str, *people: str) -> bool:
    """Whether a package of nobody's with these dependencies is lost when these people leave."""
    return "probe" in _lost(_archive(folder, _package("probe", "1", "orphan", Depends=depends)), *people)


ADA, BO, CY = "ada@example.org", "bo@example.org", "cy@example.org"


def test_a_package_is_lost_with_the_last_person_who_maintains_it_and_what_needs_it_with_it(tmp_path: Path) -> None:
    archive = _archive(tmp_path)
    assert archive.people == (ADA, BO, CY)
    assert _lost(archive, CY) == set()
    assert _lost(archive, ADA) == {"libbase", "exim", "lonely"}
    assert _lost(archive, BO) == {"tool", "postfix"}
    assert _lost(archive, ADA, BO, CY) == set(archive.packages)


def test_the_newest_source_names_the_people_and_teams_are_none(tmp_path: Path) -> None:
    archive = _archive(tmp_path)
    assert archive.told["sources"] == 4
    assert archive.told["packages that name no person"] == 1
    assert "lonely" not in _lost(archive, BO, CY)


def test_of_a_choice_any_alternative_will_do(tmp_path: Path) -> None:
    assert not _needing(tmp_path, "exim | tool", ADA)
    assert not _needing(tmp_path, "exim | tool", BO)
    assert _needing(tmp_path, "exim | tool", ADA, BO)


def test_every_clause_is_needed_on_its_own(tmp_path: Path) -> None:
    assert _needing(tmp_path, "exim | tool, libbase", ADA)
    assert not _needing(tmp_path, "exim | tool, libbase", BO)


def test_a_virtual_package_is_there_as_long_as_anybody_provides_it(tmp_path: Path) -> None:
    assert not _needing(tmp_path, "mta", ADA)
    assert _needing(tmp_path, "mta", ADA, BO)


def test_a_version_is_only_met_by_a_package_or_a_provision_that_states_one(tmp_path: Path) -> None:
    assert not _needing(tmp_path, "postfix-abi (>= 2)", ADA)
    assert _needing(tmp_path, "postfix-abi (>= 2)", BO)
    assert _needing(tmp_path, "exim | postfix-abi (>= 4)", ADA), "the provision is too old to be an alternative"
    assert not _needing(tmp_path, "exim | tool (>= 3~rc1-1)", ADA)
    assert _needing(tmp_path, "exim | tool (>= 3)", ADA), "3~rc1 comes before 3"
    assert _needing(tmp_path, "exim | mta (>= 1)", ADA), "a provision without a version meets none"


def test_an_epoch_outweighs_the_version_behind_it(tmp_path: Path) -> None:
    assert not _needing(tmp_path, "exim | tool (<< 1:0)", ADA)
    assert _needing(tmp_path, "tool | libbase (<< 2)", BO)


def test_a_package_of_another_architecture_is_no_alternative(tmp_path: Path) -> None:
    assert not _needing(tmp_path, "exim | tool:any", ADA)
    assert not _needing(tmp_path, "exim | tool:amd64", ADA)
    assert _needing(tmp_path, "exim | tool:i386", ADA)


def test_a_clause_that_nothing_meets_is_passed_over_and_counted(tmp_path: Path) -> None:
    archive = _archive(tmp_path, _package("probe", "1", "orphan", Depends="missing (>= 2), tool"))
    assert archive.told["clauses that nothing meets"] == 1
    assert "probe" not in _lost(archive, ADA)
    assert "probe" in _lost(archive, BO)


def test_a_package_that_brings_along_what_it_needs_does_not_hang_on_others_for_it(tmp_path: Path) -> None:
    more = _package("probe", "1", "orphan", Provides="editor", Depends="editor | tool")
    archive = _archive(tmp_path, more)
    assert "probe" not in _lost(archive, BO)
    assert archive.told["clauses with a choice"] == 0


def test_packages_that_need_each_other_stand_and_fall_together(tmp_path: Path) -> None:
    more = (
        _package("left", "1", "orphan", Depends="right"),
        _package("right", "1", "orphan", Depends="left, tool"),
    )
    archive = _archive(tmp_path, *more)
    assert not {"left", "right"} & _lost(archive, ADA)
    assert {"left", "right"} <= _lost(archive, BO)


def test_of_several_versions_the_newest_counts(tmp_path: Path) -> None:
    archive = _archive(tmp_path, _package("tool", "2-9", "base", Depends="exim"))
    assert archive.told["older versions passed over"] == 1
    assert "tool" not in _lost(archive, ADA)


def test_a_package_whose_source_is_not_listed_hangs_on_nobody(tmp_path: Path) -> None:
    archive = _archive(tmp_path, _package("probe", "1", "unheard-of"))
    assert archive.told["packages without their source"] == 1
    assert "probe" not in _lost(archive, ADA, BO, CY)


def test_the_order_of_the_stanzas_changes_nothing(tmp_path: Path) -> None:
    first = _archive(tmp_path)
    shuffled = random.Random(3).sample(_PACKAGES, len(_PACKAGES))
    (tmp_path / "Packages").write_text("".join(shuffled), encoding="utf-8")
    again = read_archive(tmp_path / "Packages", tmp_path / "Sources")
    assert (again.network.gates, again.people, again.told) == (first.network.gates, first.people, first.told)


def test_the_alternatives_of_a_choice_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    choice = "tool | postfix | libbase | lonely | exim"
    twice = [_package(name, "1", "orphan", Depends=choice) for name in ("probe", "prober")]
    archive = _archive(tmp_path, *twice)
    assert (archive.told["clauses with a choice"], archive.told["different choices"]) == (2, 1)
    choices = [gate.members for gate in archive.network.gates if word_of(gate.node)[0] == "choice"]
    assert [[member.node for member in members] for members in choices] == [
        ["exim", "libbase", "lonely", "postfix", "tool"]
    ]


def test_compressed_indices_read_the_same(tmp_path: Path) -> None:
    plain = _archive(tmp_path)
    packages, sources = tmp_path / "Packages.xz", tmp_path / "Sources.gz"
    packages.write_bytes(lzma.compress("".join(_PACKAGES).encode()))
    sources.write_bytes(gzip.compress(_SOURCES.encode()))
    assert read_archive(packages, sources).network.gates == plain.network.gates


@pytest.mark.parametrize(
    "address",
    [
        "pkg-perl-maintainers@lists.alioth.debian.org",
        "team+python@tracker.debian.org",
        "r-pkg-team@alioth-lists.debian.net",
        "packages@qa.debian.org",
        "ejabberd@packages.debian.org",
        "team@neuro.debian.net",
        "lintian-maint@debian.org",
        "pcp@groups.io",
    ],
)
def test_the_address_of_a_team_or_a_list_is_no_person(address: str) -> None:
    assert not is_person(address)


@pytest.mark.parametrize("address", ["ada@debian.org", "steam@example.org", "ada+team@example.org", "ada@listserv.org"])
def test_an_address_that_only_sounds_like_one_is_a_person(address: str) -> None:
    assert is_person(address)


def test_a_stanza_without_a_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without a version"):
        _archive(tmp_path, "Package: nameless\n")
