"""A staff list as a whole: who is in it twice, whose manager is in it, and who is gone by the day of the import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stackmap.declared.tables.lines import listed, listed_lines
from stackmap.declared.tables.staff_status import HERE, LEFT
from stackmap.model import fold_name, normalise_email
from stackmap.sdk.exports import NumberedRow, Row, Sifted

__all__ = ["ID", "MANAGER_EMAIL", "MANAGER_ID", "full_name", "sift"]

ID = "person_id"
MANAGER_ID = "manager_id"
MANAGER_EMAIL = "manager_email"

_RECORD = "manager_record_id"
_NAME = "manager_name"
_MANAGER = (MANAGER_ID, MANAGER_EMAIL, _RECORD, _NAME)

_BEHIND_A_NAME = frozenset({"phd", "md", "jr", "sr", "mba", "cpa", "ii", "iii", "esq"})


def full_name(row: Row) -> str:
    """The name, first name first: "Okafor, Dana" is Dana Okafor. "" where the row has none."""
    name = str(row.get("full_name") or "")
    return first_name_first(name) or " ".join(str(row[part]) for part in ("first_name", "last_name") if part in row)


def first_name_first(name: str) -> str:
    """A name that may be written with the family name first and a comma."""
    last, comma, first = name.partition(",")
    titled = first.strip().rstrip(".").replace(".", "").casefold() in _BEHIND_A_NAME
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first and not titled else name


def sift(rows: Sequence[NumberedRow], today: date) -> Sifted:
    """Judge what needs the whole list. Of an end date in the future nothing is left but the number of them."""
    rows = _with_first_names(rows)
    ahead = [line for line, row in rows if row.get("end_date") is not None and row["end_date"] >= today]
    coming = frozenset(ahead)
    staff = _Staff({line: _here_or_gone(row, leaving=line in coming) for line, row in rows})
    staff.settle_hired_again()
    staff.refuse_shared_numbers()
    staff.join_managers()
    if undecided := [line for line, row in rows if line not in coming and _is_undecided(row)]:
        staff.remarks.append(
            f"{listed_lines(undecided)}: the status says that they are here, the last day that they have left, so "
            "nobody can tell: mend one of the two in the list"
        )
    if ahead:
        were = "dates in the future were" if len(ahead) > 1 else "date in the future was"
        staff.remarks.append(f"{len(ahead)} end {were} not stored")
    return Sifted(tuple(staff.rows.items()), staff.refused, tuple(staff.remarks))


def _with_first_names(rows: Sequence[NumberedRow]) -> Sequence[NumberedRow]:
    """The rows with whole names. "Name" beside a column of first names heads the family names, as in "Name, Vorname":
    so it does where no column of family names is there, and hardly any name holds the first one.
    """
    both = [row for _, row in rows if "full_name" in row and "first_name" in row]
    if any("last_name" in row for _, row in rows) or 2 * sum(map(_holds_first, both)) >= len(both):
        return rows
    return [(line, _family_name_moved(row)) for line, row in rows]


def _holds_first(row: Row) -> bool:
    return set(row["first_name"].casefold().split()) <= set(row["full_name"].replace(",", " ").casefold().split())


def _family_name_moved(row: Row) -> Row:
    if "full_name" not in row or "first_name" not in row:
        return row
    return {name: value for name, value in row.items() if name != "full_name"} | {"last_name": row["full_name"]}


def _here_or_gone(row: Row, *, leaving: bool) -> dict[str, Any]:
    """The row with one status, and `left_on` where the last day is past.

    Whose last day lies ahead is still here, and looks like everybody else: no word more, no word less.
    """
    kept = {name: value for name, value in row.items() if name not in {"end_date", "terminated"}}
    if ID not in kept and "record_id" in kept:
        kept[ID] = kept["record_id"]
    if leaving:
        return kept | ({"status": HERE} if "status" in kept else {})
    if "end_date" not in row:
        return kept | ({"status": LEFT} if row.get("terminated") else {})
    if _started_again(row):
        return kept | {"status": kept.get("status", HERE)}
    if _is_undecided(row):
        return {name: value for name, value in kept.items() if name != "status"}
    return kept | {"status": LEFT, "left_on": row["end_date"]}


def _started_again(row: Row) -> bool:
    """Whether the first day comes after the last one, which is then that of an earlier time here."""
    start, end = row.get("start_date"), row.get("end_date")
    return start is not None and end is not None and start > end and not row.get("terminated")


def _is_undecided(row: Row) -> bool:
    """Whether a row says that somebody is here and, by a last day that is past, that they are gone."""
    says_both = row.get("end_date") is not None and row.get("status") == HERE and not row.get("terminated")
    return says_both and not _started_again(row)


@dataclass(slots=True)
class _Staff:
    """The rows that still count, by line; why others do not; and the line that stands for one that was dropped."""

    rows: dict[int, dict[str, Any]]
    refused: dict[int, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    stands_for: dict[int, int] = field(default_factory=dict)
    _every: dict[int, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self._every = dict(self.rows)

    def settle_hired_again(self) -> None:
        """One address twice is somebody hired again where the starts tell which row is the later."""
        for lines in self._alike(lambda row: normalise_email(row.get("email"))):
            starts = [self.rows[line].get("start_date") for line in lines]
            known = sorted(start for start in starts if start is not None)
            if len(known) < len(lines) or known[-1] == known[-2]:
                self._refuse(lines, "e-mail address")
                continue
            latest = lines[starts.index(known[-1])]
            for line in lines:
                if line != latest:
                    del self.rows[line]
                    self.stands_for[line] = latest
            self.remarks.append(f"lines {listed(lines)} are one person, hired again: line {latest} counts")

    def refuse_shared_numbers(self) -> None:
        """One employee number for two addresses is a mistake that nobody can settle here."""
        for lines in self._alike(lambda row: str(row.get(ID) or "")):
            self._refuse(lines, "employee number")

    def join_managers(self) -> None:
        """Turn every manager that is in the list into that row's own number or address; tell of the others."""
        places = _Places.of(self._every, self.stands_for)
        named: list[int] = []
        twofold: list[int] = []
        absent = 0
        for line, row in self.rows.items():
            given = {name: row.pop(name) for name in _MANAGER if name in row}
            found = places.manager(given)
            manager = self.rows.get(found)
            if manager is not None and found != line:
                row.update({MANAGER_ID: manager[ID]} if ID in manager else {MANAGER_EMAIL: manager.get("email")})
            elif places.names_two(given):
                twofold.append(line)
            elif given.keys() - {_NAME} or "@" in str(given.get(_NAME, "")):
                absent += found != line
            elif given:
                named.append(line)
        self._tell_of_managers(absent, twofold, named)

    def _tell_of_managers(self, absent: int, twofold: Sequence[int], named: Sequence[int]) -> None:
        """The managers of whom no reporting line was made, and what to ask for."""
        if absent:
            who = f"{absent} managers are" if absent > 1 else "1 manager is"
            self.remarks.append(f"{who} not in the list: who reports to them was left out")
        if twofold:
            self.remarks.append(
                f"the manager's number is one person's employee number and another one's number in the HR system "
                f"({listed_lines(twofold)}): no reporting line was made of it; ask for the manager's address too"
            )
        if named:
            self.remarks.append(
                f"the manager is given by a name that nobody or more than one person of the list has "
                f"({listed_lines(named)}): no reporting line was made of it; ask for the manager's address or employee "
                "number too"
            )

    def _alike(self, key: Callable[[Row], str]) -> list[list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for line, row in self.rows.items():
            groups[key(row)].append(line)
        return [lines for word, lines in groups.items() if word and len(lines) > 1]

    def _refuse(self, lines: Sequence[int], what: str) -> None:
        for line in lines:
            others = [other for other in lines if other != line]
            self.refused[line] = f"the same {what} as {listed_lines(others)}: one of them is wrong"
            del self.rows[line]


@dataclass(frozen=True, slots=True)
class _Places:
    """On which line who stands, by everything by which a manager may be named for certain."""

    numbers: Mapping[str, int]
    records: Mapping[str, int]
    addresses: Mapping[str, int]
    names: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, rows: Mapping[int, Row], stands_for: Mapping[int, int]) -> _Places:
        numbers: dict[str, int] = {}
        records: dict[str, int] = {}
        addresses: dict[str, int] = {}
        names: dict[str, frozenset[int]] = {}
        for line, row in rows.items():
            counts = stands_for.get(line, line)
            name = fold_name(full_name(row))
            names[name] = names.get(name, frozenset()) | {counts}
            numbers[str(row.get(ID, ""))] = counts
            records[str(row.get("record_id", ""))] = counts
            for address in (row.get("email"), *row.get("aliases", ())):
                addresses.setdefault(normalise_email(address), counts)
        return cls(numbers, records, addresses, names)

    def names_two(self, given: Mapping[str, str]) -> bool:
        """Whether a manager's number stands for one row by the employee numbers and for another by the HR system's."""
        number = given.get(MANAGER_ID, "")
        return len({places[number] for places in (self.numbers, self.records) if number and number in places}) > 1

    def manager(self, given: Mapping[str, str]) -> int:
        """The line of a row's manager, 0 where the list does not tell it for certain."""
        if MANAGER_ID in given and not self.names_two(given):
            return self.numbers.get(given[MANAGER_ID], 0)
        if _RECORD in given:
            return self.records.get(given[_RECORD], 0)
        address = normalise_email(given.get(MANAGER_EMAIL) or given.get(_NAME))
        return self.addresses.get(address, 0) if address else self._called(given)

    def _called(self, given: Mapping[str, str]) -> int:
        """The line of the one person with the manager's name, where nothing but a name is given."""
        found = self.names.get(fold_name(first_name_first(given.get(_NAME, ""))), frozenset())
        return next(iter(found)) if len(found) == 1 and given.keys() == {_NAME} else 0
