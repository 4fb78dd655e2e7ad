"""The staff list: who is here, who has left, who works with whom. Future leavers are never kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from stackmap.declared.tables.staff_sift import ID, MANAGER_EMAIL, MANAGER_ID, full_name, sift
from stackmap.declared.tables.staff_status import EITHER, HERE, STATUS
from stackmap.model import Edge, EdgeKind, Fact, Node, NodeKind, fold_name
from stackmap.sdk import NotUnderstoodError
from stackmap.sdk.exports import Cell, Column, Export, Row
from stackmap.sdk.scope import Scope

__all__ = ["STAFF_LIST"]


def _person(row: Row, at: Scope) -> Iterator[Fact]:
    """One row of the list. Its manager and its end date were judged before (`sift`)."""
    name = full_name(row)
    if not name:
        raise NotUnderstoodError("this row has no name")
    if not (row.get(ID) or row.get("email")):
        raise NotUnderstoodError("this row has neither an e-mail address nor an employee number")
    if row.get("status") == EITHER:
        raise NotUnderstoodError(
            "the status may mean somebody who has left or somebody on leave: write left or on leave, or add the last "
            "day"
        )
    person = _id(row.get(ID), row.get("email"), at)
    seen = at.evidence(person.partition("/")[2])
    yield Node(NodeKind.PERSON, person, name, seen, _properties(row))
    if row.get(MANAGER_ID) or row.get(MANAGER_EMAIL):
        manager = _id(row.get(MANAGER_ID), row.get(MANAGER_EMAIL), at)
        yield Edge(EdgeKind.REPORTS_TO, person, manager, seen)
    if team := row.get("team") or row.get("department"):
        team_id = f"team/{quote(fold_name(team), safe='')}"
        yield Node(NodeKind.TEAM, team_id, team, seen)
        yield Edge(EdgeKind.MEMBER_OF, person, team_id, seen)


def _id(number: str | None, email: str | None, at: Scope) -> str:
    """A person's id: the employee number as it is, an address only as a hash."""
    if number and "@" not in number:
        return f"staff/{quote(number, safe='-_.~')}"
    return f"staff/{at.hashed(number or email or '')}"


def _properties(row: Row) -> dict[str, Any]:
    known: dict[str, Any] = {name: row[name] for name in ("email", "title", "department") if name in row}
    if row.get("aliases"):
        known["aliases"] = list(row["aliases"])
    if "left_on" in row:
        known["left_on"] = row["left_on"].isoformat()
    if row.get("status") is not None:
        known["active"] = row["status"] == HERE
    return known


_COLUMNS = (
    Column(
        ID,
        "the employee number, the same every time; it is better than an address, which changes",
        ("Employee ID", "Worker ID", "Employee Number", "Employee #", "Employee No", "Personnel Number", "EEID",
         "Personalnummer", "Personal-Nr.", "Mitarbeiternummer", "Matricule", "Número de empleado"),
        example="4711",
    ),
    Column("record_id", "the number that the HR system itself gives a row", ("ID",)),
    Column("full_name", "the name as people use it", ("Name", "Full Name", "Display Name", "Worker", "Employee",
           "Employee Name", "Preferred Name", "Legal Name", "Last Name, First Name", "Last, First",
           "Nachname, Vorname", "Name, Vorname", "Nom, Prénom", "Apellidos, Nombre", "Vollständiger Name",
           "Nom complet", "Nombre completo"),
           example="Dana Okafor"),
    Column("first_name", "the first name, where the name is in two columns", ("First Name", "Given Name",
           "Preferred First Name", "Legal First Name", "Vorname", "Prénom", "Nombre")),
    Column("last_name", "the family name, where the name is in two columns", ("Last Name", "Family Name", "Surname",
           "Preferred Last Name", "Legal Last Name", "Nachname", "Familienname", "Nom", "Nom de famille", "Apellido",
           "Apellidos")),
    Column(
        "email",
        "the work address; not a private one",
        ("Work Email", "Email - Primary Work", "Primary Work Email", "Business Email", "Company Email", "Email Address",
         "Email", "Mail", "E-Mail-Adresse", "Mailadresse", "Dienstliche E-Mail", "Adresse e-mail", "Courriel", "Correo",
         "Correo electrónico", "Dirección de correo electrónico"),
        Cell.EMAIL,
        example="dana@example.com",
    ),
    Column("aliases", "other addresses of the same person, with ; between them", ("Other Emails", "Email Aliases"),
           Cell.LIST, example="dana.okafor@example.com"),
    Column(MANAGER_EMAIL, "the manager's work address", ("Manager's Email", "Manager - Email", "Supervisor Email",
           "Manager Work Email", "Reports To Email", "E-Mail des Vorgesetzten", "E-Mail Vorgesetzter"), Cell.EMAIL,
           example="kim@example.com"),
    Column(MANAGER_ID, "the manager's employee number", ("Manager Employee ID", "Manager - Employee ID",
           "Manager Worker ID", "Supervisor ID", "Supervisor Employee ID", "Manager Employee Number",
           "Personalnummer des Vorgesetzten", "Personalnummer Vorgesetzter")),
    Column("manager_record_id", "the manager's number in the HR system itself", ("supervisorEId",)),
    Column("manager_name", "the manager's name: it counts where one person of the list has it", ("Manager",
           "Supervisor", "Worker's Manager", "Reports To", "Line Manager", "Manager Name", "Vorgesetzter",
           "Vorgesetzte", "Vorgesetzte/r", "Führungskraft", "Responsable", "Jefe")),
    Column("department", "the department", ("Division", "Supervisory Organization", "Cost Center",
           "Abteilung", "Bereich", "Département", "Departamento"),
           example="Marketing"),
    Column("team", "the team within the department", ("Team Name", "Équipe", "Equipo"), example="Marketing Operations"),
    Column("title", "what the person does", ("Job Title", "Business Title", "Position", "Position Title",
           "Stelle", "Stellenbezeichnung", "Funktion", "Poste", "Fonction", "Puesto", "Cargo"),
           example="Marketing Operations Lead"),
    Column("status", "active, on leave, or left", ("Active Status", "Worker Status", "Employment Status",
           "Employee Status", "Beschäftigungsstatus", "Mitarbeiterstatus", "Statut", "Estado laboral",
           "Estado del empleado"), example="active", words=STATUS),
    Column("terminated", "yes for somebody who has left", ("Is Terminated",), Cell.YES_NO),
    Column("start_date", "the first day", ("Hire Date", "Original Hire Date", "Start", "Joined", "Date of Joining",
           "Eintrittsdatum", "Eintritt", "Date d'entrée", "Date d'embauche", "Fecha de ingreso", "Fecha de alta"),
           Cell.DAY, example="2021-03-01"),
    Column("end_date", "the last day of somebody who has left; days in the future are not kept", ("Termination Date",
           "Last Day of Work", "Last Day", "End", "Leaving Date", "Austrittsdatum", "Austritt", "Date de sortie",
           "Date de départ", "Fecha de salida", "Fecha de baja"), Cell.DAY),
)  # fmt: skip

STAFF_LIST = Export(
    name="staff-list",
    title="Staff list",
    says="who works here, who has left, and in which team",
    obtain=(
        "ask whoever runs your HR system for a list of all staff: names, work addresses or employee numbers, and at "
        "least two of the template's other columns, best status and manager; those who left in the last year "
        "included. No pay, no birthdays, no home addresses"
    ),
    columns=_COLUMNS,
    facts=_person,
    emits=frozenset({NodeKind.PERSON, NodeKind.TEAM, EdgeKind.REPORTS_TO, EdgeKind.MEMBER_OF}),
    # BambooHR's fields: https://documentation.bamboohr.com/docs/list-of-field-names; that its supervisorId is an
    # employee number and its supervisorEId the number of its own stands in clients that copied the list's descriptions
    # (smeggingsmegger/PyBambooHR, PyBambooHR/PyBambooHR.py). Workato's pages on BambooHR have the two the other way
    # round, so a "Supervisor ID" counts only where both numberings agree (staff_sift). Headings of other systems are
    # chosen by each company: those named here are common ones, assumed; so are "Employee ID" and "EEID", and all that
    # are German, French or Spanish.
    source="https://documentation.bamboohr.com/docs/list-of-field-names (other systems' headings: assumed)",
    lists=frozenset({NodeKind.PERSON}),
    inventory="people",
    sift=sift,
)
