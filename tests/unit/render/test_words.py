"""How what hangs on an edge says so: never the wrong way round."""

from datetime import UTC, datetime

import pytest

from stackmap.app.leaving import departure_report
from stackmap.model import EDGE_KINDS, Edge, EdgeKind, End, Evidence, Link
from stackmap.render.departure_text import departure_text
from stackmap.render.words import LOSES, loses
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
RUNS = "host:Automation -RUNS_AS-> a:Account {outcome=stops certainty=certain}\n dana:Person -HAS_ACCOUNT-> a\n"


@pytest.mark.parametrize("kind", sorted(LOSES))
def test_only_an_edge_of_which_either_end_hangs_on_the_other_reads_in_two_ways(kind: EdgeKind) -> None:
    link = Link(kind, "from", "to", "", "", (Edge(kind, "from", "to", (Evidence("s", "facts"),)),))
    assert (loses(link, "from") != loses(link, "to")) is (EDGE_KINDS[kind].dependent is End.BOTH)


def test_every_edge_on_which_something_hangs_has_its_words() -> None:
    assert LOSES.keys() >= {kind for kind, meaning in EDGE_KINDS.items() if meaning.dependent is not End.NONE}


def told(picture: str) -> str:
    """What `leave` says of Dana, in one line."""
    names = {"dana": "Dana", "w": "Writer", "place": "Target", "host": "Host"}
    report = departure_report(case_of(RUNS + picture, names=names).analysis, ("dana",), "deactivated", 7, TAKEN)
    return " ".join(departure_text(report).split())


@pytest.mark.parametrize("kind", ["System", "Dataset"])
def test_what_writes_to_a_place_that_is_lost_is_not_written_by_it(kind: str) -> None:
    said = told(f"w:Automation -WRITES_TO-> place:{kind}\n place -DEPENDS_ON-> host {{outcome=stops}}")
    assert "writes to Target, which depends on Host, which runs as Dana's login" in said
    assert "is written by" not in said


def test_what_loses_its_only_writer_is_written_by_it() -> None:
    said = told("host -WRITES_TO-> place:Dataset\n r:Automation -READS_FROM-> place")
    assert "reads from Target, which is written by Host" in said
    assert "writes to" not in said


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("w:Automation -NOTIFIES-> x:Account", "could not be read; alarms of Writer go to it (which login: --all)"),
        ("w:Automation -RUNS_AS-> x:Account", "could not be read; on it runs Writer (which login: --all)"),
        ("w:Automation -NOTIFIES-> x:Account\n w -RUNS_AS-> x", "could not be read; on it runs Writer (which login"),
        (
            "w:Automation -NOTIFIES-> x:Account\n place:Automation -RUNS_AS-> x",
            "could not be read; on it runs Target, and alarms of Writer go to it (which login: --all)",
        ),
    ],
)
def test_what_only_alarms_a_login_that_could_be_anybodys_does_not_run_on_it(picture: str, words: str) -> None:
    assert words in told(picture)
