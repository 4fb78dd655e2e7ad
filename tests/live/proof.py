"""Predict, remove, compare: one fresh copy of the same company for every departure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.live import departures, observe
from tests.live.admin import Server
from tests.live.company import Company, build
from tests.live.departures import Departure
from tests.live.predict import Prediction, PredictionError, Workspace, collect, predict
from tests.live.server import Say, copy_state, free_port, serve
from tests.live.verdict import Trial

Predict = Callable[[Departure], Prediction]


@dataclass(frozen=True, slots=True)
class Bench:
    """What every trial shares: program, scratch folder, and the port and door that the workflows name."""

    program: Path
    folder: Path
    port: int
    door: str

    @classmethod
    def at(cls, program: Path, folder: Path, door: str) -> Bench:
        """A bench on a free port; workflows name that port, so every copy has to be served there."""
        return cls(program, folder, free_port(), door)


def prepare(bench: Bench, say: Say, *, with_prediction: bool) -> tuple[Company, dict[str, bool], Predict | None]:
    """Build the company, see what works, let stackmap read it; its state stays in the folder `original`."""
    with serve(bench.program, bench.folder / "original", bench.port) as running:
        server = Server(running.url)
        company = build(server, bench.door)
        before = observe.works(server, company)
        say(f"{len(company.user_ids)} people, {len(company.flow_ids)} workflows, {sum(before.values())} work")
        if not with_prediction:
            return company, before, None
        workspace = Workspace(bench.folder / "workspace", company.logins["olga"].key)
        collect(workspace, running.url)
    by_id = {vendor_id: key for key, vendor_id in company.flow_ids.items()}

    def ask(departure: Departure) -> Prediction:
        said = predict(workspace, departure.emails, departure.how)
        if strangers := set(said.outcomes) - set(by_id):
            raise PredictionError(f"it speaks of workflows that are not there: {', '.join(sorted(strangers))}")
        outcomes = {by_id[thing]: outcome for thing, outcome in said.outcomes.items()}
        return replace(said, outcomes=outcomes)

    return company, before, ask


def trials(
    bench: Bench,
    company: Company,
    before: Mapping[str, bool],
    ask: Predict | None,
    cases: Iterable[Departure],
) -> Iterator[Trial]:
    """Every departure on its own copy of the company; all are predicted before the first happens."""
    asked = [(departure, ask(departure) if ask else None) for departure in cases]
    for departure, predicted in asked:
        home = bench.folder / "trial"
        copy_state(bench.folder / "original", home)
        departures.prepare(home, company, departure)
        with serve(bench.program, home, bench.port) as running:
            server = Server(running.url)
            done = departures.carry_out(server, company, departure)
            yield Trial(departure, predicted, before, observe.works(server, company), refused=not done)
