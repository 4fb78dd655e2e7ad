"""People's names are taken out of what is said about things."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from stackmap.app.names.forms import ORDINARY
from stackmap.app.names.unnamed import SOMEBODY, Unnamed
from stackmap.identity.login_names import read_name
from tests.support.stacks import case_of

NAMES = {"dana": "Dana Okafor", "mark": "Mark Stone", "bo": "Bo"}
PICTURE = """
    dana:Person {email=dana.okafor@larkfield.test}
    mark:Person
    bo:Person
    dana_sf:Account {email=dokafor@larkfield.test}
    dana -HAS_ACCOUNT-> dana_sf
"""


@pytest.fixture(name="say")
def _say() -> Unnamed:
    return Unnamed(case_of(PICTURE, names=NAMES).stack)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Phone of Dana Okafor", "Phone of a colleague"),
        ("DANA  OKAFOR (copy)", "a colleague (copy)"),
        ("Okafor, Dana: list", "a colleague: list"),
        ("Goldcast key of Dana", "Goldcast key of a colleague"),
        ("Dana's sheet", "a colleague's sheet"),
        ("Leads (Dana)", "Leads (a colleague)"),
        ("dana.okafor sync", "a colleague sync"),
        ("mail to dokafor@larkfield.test", "mail to a colleague"),
        ("Dana\u200b Okafor", "a colleague"),
        ("Bo test", "a colleague test"),
    ],
)
def test_a_name_is_taken_out(say: Unnamed, text: str, said: str) -> None:
    assert say(text) == said


COLLEAGUES = (
    "José Muñoz",
    "Strauß Müller",
    "李小龙",
    "Олег Петров",
    "Okafor, Dana",
    "Seán Ó Briain",
    "Anne-Marie O'Neil",
    "Jan de Vries",
    "Lee Wu",
    "Mark Price",
    "Bill Clay (Contractor)",
)


@pytest.fixture(name="say_all")
def _say_all() -> Unnamed:
    picture = "\n".join(f"p{number}:Person" for number in range(len(COLLEAGUES)))
    picture += """
        hubspot/1/account/3:Account {email=o.petrov@larkfield.test}
        p3 -HAS_ACCOUNT-> hubspot/1/account/3
        p10 -HAS_ACCOUNT-> clay/1/account/10:Account
    """
    names = {f"p{number}": name for number, name in enumerate(COLLEAGUES)}
    return Unnamed(case_of(picture, names=names).stack)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DanaOkaforSync", "a colleague's Sync"),
        ("danaokafor_job", "a colleague's job"),
        ("nightlydanaokaforjob", "nightly a colleague's job"),
        ("sync_danaokafor", "sync a colleague"),
        ("OKAFOR-feed", "a colleague's feed"),
        ("okafor2", "a colleague 2"),
        ("Okafors list", "a colleague list"),
        ("Okafor’s list", "a colleague's list"),
        ("Dana M. Okafor", "a colleague"),
        ("dokafor export", "a colleague export"),
        ("dana.o", "a colleague"),
        ("JoseMunoz sync", "a colleague sync"),
        ("Jose\u0301 Mun\u0303oz nightly", "a colleague nightly"),
        ("owned by JOSÉ", "owned by a colleague"),
        ("Strauss Mueller job", "a colleague job"),
        ("MUELLER", "a colleague"),
        ("O’Neil / ONeil", "a colleague / a colleague"),
        ("AnneMarie", "a colleague"),
        ("Sean O Briain", "a colleague"),
        ("obriain feed", "a colleague feed"),
        ("De Vries, Jan", "a colleague"),
        ("de Vries' list", "a colleague's list"),
        ("jan-de-vries", "a colleague"),
        ("jan.devries@elsewhere.test", "a colleague"),
        ("JAN'S SHEET", "a colleague's SHEET"),
        ("Sheet from jan", "Sheet from a colleague"),
        ("李小龙job", "a colleague's job"),
        ("小龙 job", "a colleague job"),
        ("Петров Олег", "a colleague"),
        ("petrov sync", "a colleague sync"),
        ("WuSync", "a colleague's Sync"),
        ("MarkPrice export", "a colleague export"),
        ("Price's list", "a colleague's list"),
        ("Leads of Mark", "Leads of a colleague"),
        ("Bill Clay: leads", "a colleague: leads"),
    ],
)
def test_a_name_is_taken_out_however_it_is_written(say_all: Unnamed, text: str, said: str) -> None:
    assert say_all(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Price book",
        "Clay",
        "Clay table",
        "leads for bill payment",
        "Mark the price",
        "Contractor list",
        "Salesforce",
        "Muzak",
        "de-dup",
        "Jan v2",
        "wu",
    ],
)
def test_words_and_products_stay_though_somebody_is_called_so(say_all: Unnamed, text: str) -> None:
    assert say_all(text) == text


_WORDS = st.text("abdefghiklmnoprstuvzáéñöüßçøłž", min_size=3, max_size=9).map(lambda word: word[0].upper() + word[1:])
_GIVEN_FORMS = ("{}'s sheet", "Sheet owned by {}", "{}", "key_of_{}", "List ({})")
_FAMILY_FORMS = ("{}-feed", "{} feed", "{}'s 2", "sync_{}_2", "{}2")
_WHOLE_FORMS = (
    "{0}{1}Sync",
    "{1}, {0}",
    "{1} {0} feed",
    "{0}-{1}",
    "{0}_{1}_job",
    "sync.{0}.{1}",
    "X{1}{0}",
    "{0} {1}’s",
)


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in split if not unicodedata.combining(char))


_WAYS = (str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text), _folded)


@example(first="Dana", last="Okafor", form=_WHOLE_FORMS[0], way=0)
@example(first="Strauß", last="Müller", form=_FAMILY_FORMS[0], way=1)
@given(
    first=_WORDS,
    last=_WORDS,
    form=st.sampled_from((*_GIVEN_FORMS, *_FAMILY_FORMS, *_WHOLE_FORMS)),
    way=st.integers(0, len(_WAYS) - 1),
)
def test_nothing_of_a_name_is_left(first: str, last: str, form: str, way: int) -> None:
    words = {_folded(word).casefold() for word in (first, last)}
    assume(words.isdisjoint(ORDINARY) and len(read_name(f"{first} {last}", ()).own) == len((first, last)))
    around = re.sub(r"[^a-z]", "", (SOMEBODY + form).casefold())
    assume(not any(word in around for word in words))
    first_and_last = (last, last) if form in _FAMILY_FORMS else (first, last)
    say = Unnamed(case_of("p:Person", names={"p": f"{first} {last}"}).stack)
    said = _folded(say(form.format(*map(_WAYS[way], first_and_last)))).casefold()
    assert SOMEBODY in said
    assert not any(word in said for word in words)


@pytest.mark.parametrize("text", ["Mark as MQL", "Milestone", "Bookings", "Danavox", "Stone sizes"])
def test_words_that_only_look_like_half_a_name_stay(say: Unnamed, text: str) -> None:
    assert say(text) == text


def test_without_people_every_text_stays() -> None:
    assert Unnamed(case_of("x:Automation").stack)("Phone of Dana Okafor") == "Phone of Dana Okafor"
