"""What the tests of the SDK share: a client on a function, without waits."""

from collections.abc import Generator

from stackmap.sdk import Answer, Ask, Client, Limits, Redaction, StandIn, Trouble, transport
from stackmap.sdk.asks import Authenticator, ReadError

BASE = "https://api.example.test/v1"


def unsigned(ask: Ask) -> Generator[Ask, Answer, None]:
    yield ask


class Waits:
    """Stands in for time.sleep, and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def client(
    standin: StandIn,
    *,
    base_url: str = BASE,
    sign: Authenticator = unsigned,
    limits: Limits | None = None,
    redaction: Redaction | None = None,
    origins: tuple[str, ...] = (),
) -> Client:
    return Client(
        base_url,
        sign,
        transport=transport(standin),
        per_second=100_000,
        limits=limits or Limits(pause=Waits()),
        redaction=redaction,
        origins=origins,
    )


def trouble_of(client: Client, ask: Ask) -> Trouble:
    """The trouble that sending ends in."""
    try:
        answer = client.send(ask)
    except ReadError as error:
        return error.trouble
    raise AssertionError(f"an answer came: {answer.status}")
