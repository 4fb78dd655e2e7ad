"""Statements find what the platform would find, and are refused in its words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.salesforce.sandbox.soql.parser import parse
from connectors.salesforce.sandbox.soql.query import Comparison, SoqlError
from tests.connectors.salesforce.asking import (
    DANA,
    NOW,
    OLD,
    RAVI,
    READER,
    ask,
    org,
    query,
    records,
    refusal,
    server,
    user,
    values,
)

ALL = [DANA, RAVI, OLD, READER]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("Username = 'DANA@lark.test'", [DANA]),
        ("Username != 'dana@lark.test'", [RAVI, OLD, READER]),
        ("Username <> 'dana@lark.test'", [RAVI, OLD, READER]),
        (f"Id = '{DANA[:15]}'", [DANA]),
        (f"ManagerId IN ('{DANA}')", [RAVI]),
        ("IsActive = true AND (Name = 'Ravi Menon' OR Name = 'Dana Okafor')", [DANA, RAVI]),
        ("IsActive = FALSE", [OLD]),
        ("IsActive != null", [DANA, RAVI, READER]),
        ("IsActive = null", [OLD]),
        ("NOT Name LIKE '%o%'", [READER]),
        ("Name LIKE '100\\% Old\\_One'", [OLD]),
        ("Name LIKE '1%e'", [OLD]),
        ("Name LIKE 'r_v%'", [RAVI]),
        ("Name LIKE '\\%%'", []),
        ("(NOT Name = 'Reader') AND UserType IN ('standard', 'Guest')", [DANA, RAVI, OLD]),
        ("Email = null", [DANA, RAVI, OLD]),
        ("Email = ''", [DANA, RAVI, OLD]),
        ("Email != null", [READER]),
        ("Email NOT IN ('reader@lark.test')", [DANA, RAVI, OLD]),
        ("Profile.Name = 'standard user'", [RAVI, READER]),
        ("Profile.Name = null", [OLD]),
        ("Profile.Name != 'Standard User'", [DANA, OLD]),
        ("Manager.Profile.Name LIKE 'System%'", [RAVI]),
        ("LastLoginDate = TODAY", [OLD]),
        ("LastLoginDate = YESTERDAY", [DANA]),
        ("LastLoginDate = LAST_N_DAYS:30", [DANA, OLD]),
        ("LastLoginDate != TODAY", [DANA, RAVI, READER]),
        ("LastLoginDate < LAST_N_DAYS:30", [RAVI]),
        ("LastLoginDate < YESTERDAY", [RAVI]),
        ("LastLoginDate <= YESTERDAY", [DANA, RAVI]),
        ("LastLoginDate > YESTERDAY", [OLD]),
        ("LastLoginDate >= YESTERDAY", [DANA, OLD]),
        ("LastLoginDate >= 2026-11-22T01:00:00+01:00", [OLD]),
        ("LastLoginDate > 2026-11-22T00:00:00.000Z", []),
        ("LastLoginDate < 2026-11-22T00:00:00.000+0000 ", [DANA, RAVI]),
    ],
)
def test_conditions_hold_for_these_logins(where: str, found: list[str]) -> None:
    assert values(f"SELECT Id FROM User WHERE {where}") == found


def test_keywords_and_names_may_be_written_in_any_case() -> None:
    assert values("select name from USER where isactive = False order by NAME limit 1") == ["100% Old_One"]


def test_an_object_may_be_named_like_a_keyword() -> None:
    assert values("SELECT Name FROM Group WHERE Type = 'Queue'") == ["Leads"]


def test_escaped_quotes_belong_to_the_text() -> None:
    condition = parse(r"SELECT Id FROM User WHERE Name = 'it\'s \\ \"x\"\n'").where
    assert isinstance(condition, Comparison)
    assert condition.values[0].value == 'it\'s \\ "x"\n'


def test_related_rows_are_objects_and_missing_ones_null() -> None:
    dana, _, old, _ = records("SELECT Id, Profile.Name, Manager.Name FROM User")
    assert dana == {
        "attributes": {"type": "User", "url": f"/services/data/v66.0/sobjects/User/{DANA}"},
        "Id": DANA,
        "Profile": {
            "attributes": {"type": "Profile", "url": "/services/data/v66.0/sobjects/Profile/00e000000000001AAA"},
            "Name": "System Administrator",
        },
        "Manager": None,
    }
    assert old["Profile"] is None


def test_a_parent_of_several_possible_objects_shows_what_they_share() -> None:
    (group,) = records("SELECT Owner.Name, Owner.Type FROM Group")
    assert group["Owner"]["Name"] == "Dana Okafor"
    assert group["Owner"]["Type"] == "User"
    assert group["Owner"]["attributes"]["type"] == "Name"


def test_columns_left_out_are_empty_and_checkboxes_unticked() -> None:
    (found,) = records("SELECT DoesSendEmailToMembers, Description FROM Group")
    assert (found["DoesSendEmailToMembers"], found["Description"]) == (False, None)


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("Username", [DANA, OLD, RAVI, READER]),
        ("Username DESC", [READER, RAVI, OLD, DANA]),
        ("LastLoginDate", [READER, RAVI, DANA, OLD]),
        ("LastLoginDate DESC", [READER, OLD, DANA, RAVI]),
        ("LastLoginDate NULLS LAST", [RAVI, DANA, OLD, READER]),
        ("Profile.Name DESC NULLS LAST, Username DESC", [DANA, READER, RAVI, OLD]),
        ("Username LIMIT 2 OFFSET 1", [OLD, RAVI]),
        ("Username LIMIT 0", []),
    ],
)
def test_rows_come_in_this_order(order: str, found: list[str]) -> None:
    assert values(f"SELECT Id FROM User ORDER BY {order}") == found


def test_counting_gives_a_number_and_no_records() -> None:
    assert query(server(), "SELECT COUNT() FROM User WHERE IsActive = true").body == {
        "totalSize": 3,
        "done": True,
        "records": [],
    }


def test_groups_are_aggregated_under_their_aliases() -> None:
    found = records(
        "SELECT UserId, Application, MAX(LoginTime) latest, COUNT(Id), COUNT(Application) n FROM LoginHistory "
        "WHERE LoginTime = LAST_N_DAYS:90 GROUP BY UserId, Application HAVING COUNT(Application) > 1"
    )
    assert found == [
        {
            "attributes": {"type": "AggregateResult"},
            "UserId": DANA,
            "Application": "HubSpot",
            "latest": "2026-11-21T12:00:00.000+0000",
            "expr0": 0,
            "n": 2,
        }
    ]


def test_texts_are_grouped_without_regard_to_case() -> None:
    assert values("SELECT COUNT(UserId) FROM OauthToken GROUP BY AppName ORDER BY COUNT(UserId) DESC") == [2, 1]


def test_aggregates_without_groups_give_one_record_even_of_nothing() -> None:
    asked = "SELECT COUNT_DISTINCT(AppName) apps, MIN(CreatedDate) first, MAX(AppName) last FROM OauthToken"
    (found,) = records(asked)
    assert (found["apps"], found["first"], found["last"]) == (2, "2024-01-01T00:00:00.000+0000", "Reader")
    (none,) = records(f"{asked} WHERE UseCount > 5")
    assert (none["apps"], none["first"], none["last"]) == (0, None, None)


def test_a_grouped_field_of_a_related_row_is_named_without_its_path() -> None:
    assert records("SELECT Profile.Name, COUNT(Id) FROM User GROUP BY Profile.Name ORDER BY Profile.Name")[1] == {
        "attributes": {"type": "AggregateResult"},
        "Name": "Standard User",
        "expr0": 2,
    }


def test_more_groups_than_a_page_holds_are_refused_unless_limited() -> None:
    rows = [{"AppName": f"App {number}", "UserId": DANA} for number in range(2001)]
    to = server({"objects": {"OauthToken": rows}})
    asked = "SELECT AppName, COUNT(UserId) FROM OauthToken GROUP BY AppName"
    assert refusal(asked, to) == (
        "EXCEEDED_ID_LIMIT",
        "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
    )
    assert len(records(f"{asked} LIMIT 2000", to)) == 2000


def test_the_error_points_at_a_column_that_does_not_exist() -> None:
    code, message = refusal("SELECT Idd FROM User")
    assert code == "INVALID_FIELD"
    assert message == (
        "\nSELECT Idd FROM User\n       ^\nERROR at Row:1:Column:8\nNo such column 'Idd' on entity 'User'. If you are "
        "attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference "
        "your WSDL or the describe call for the appropriate names."
    )


@pytest.mark.parametrize(
    ("soql", "code", "part"),
    [
        ("SELECT Id FROM Nothing", "INVALID_TYPE", "sObject type 'Nothing' is not supported."),
        ("SELECT Boss.Name FROM User", "INVALID_FIELD", "Didn't understand relationship 'Boss' in field path."),
        ("SELECT Manager FROM User", "INVALID_FIELD", "No such column 'Manager' on entity 'User'"),
        ("SELECT Profile.Nome FROM User", "INVALID_FIELD", "No such column 'Nome' on entity 'Profile'"),
        ("SELECT Owner.Name FROM CronTrigger", "INVALID_FIELD", "Didn't understand relationship 'Owner'"),
        ("SELECT User.Name FROM LoginHistory", "INVALID_FIELD", "Didn't understand relationship 'User'"),
        ("SELECT Id FROM User WHERE Nome = 'x'", "INVALID_FIELD", "No such column 'Nome'"),
        ("SELECT Id FROM User ORDER BY Nome", "INVALID_FIELD", "No such column 'Nome'"),
        (
            "SELECT UserId FROM LoginHistory WHERE Application = 'x'",
            "INVALID_FIELD",
            "field 'Application' can not be filtered in a query call",
        ),
        (
            "SELECT UserId FROM LoginHistory WHERE Status = 'Success'",
            "INVALID_FIELD",
            "field 'Status' can not be filtered in a query call",
        ),
        (
            "SELECT COUNT(Id) FROM OauthToken GROUP BY CreatedDate",
            "INVALID_FIELD",
            "field 'CreatedDate' can not be grouped in a query call",
        ),
        (
            "SELECT COUNT(Id) FROM User GROUP BY LastModifiedDate",
            "INVALID_FIELD",
            "field 'LastModifiedDate' can not be grouped in a query call",
        ),
        ("SELECT Name FROM UserLicense WHERE UsedLicenses > 1", "INVALID_FIELD", "field 'UsedLicenses' can not be"),
        ("SELECT Name, COUNT(Id) FROM User", "MALFORMED_QUERY", "Field must be grouped or aggregated: Name"),
        ("SELECT COUNT(Id) FROM User ORDER BY Name", "MALFORMED_QUERY", "Field must be grouped or aggregated: Name"),
        ("SELECT Id n FROM User", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
        ("SELECT Id, id FROM User", "INVALID_FIELD", "duplicate field selected: id"),
        ("SELECT COUNT(), Id FROM User", "MALFORMED_QUERY", "unexpected token: ')'"),
        ("SELECT MEDIAN(Id) FROM User", "MALFORMED_QUERY", "Unknown function: MEDIAN"),
        ("SELECT Id FROM User WHERE COUNT(Id) > 1", "MALFORMED_QUERY", "unexpected token: 'COUNT'"),
        ("SELECT Id FROM User OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"),
        ("SELECT Id FROM User WHERE IsActive = 'true'", "INVALID_FIELD", "must be of type boolean and should not be"),
        ("SELECT Id FROM User WHERE CreatedDate > '2026-01-01'", "INVALID_FIELD", "must be of type dateTime"),
        ("SELECT Id FROM User WHERE CreatedDate > 2026-01-01", "INVALID_FIELD", "must be of type dateTime"),
        ("SELECT Id FROM User WHERE Name = 5", "INVALID_FIELD", "must be of type string and should be enclosed"),
        ("SELECT Id FROM User WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: x"),
        ("SELECT Id FROM User WHERE Id LIKE '005%'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on id field"),
        ("SELECT Id FROM User WHERE CreatedDate > 2026-13-01T00:00:00Z", "MALFORMED_QUERY", "Invalid date"),
        ("SELECT Id", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
        ("SELECT Id FROM User WHERE Name = 'x", "MALFORMED_QUERY", "unexpected token: '''"),
        ("SELECT Id FROM User WHERE A = 1 AND B = 2 OR C = 3", "MALFORMED_QUERY", "unexpected token: 'OR'"),
        ("SELECT Id FROM User WHERE IsActive = true AND NOT Name = 'x'", "MALFORMED_QUERY", "unexpected token"),
        ("SELECT Id FROM User WHERE CreatedDate = LAST_N_DAYS", "MALFORMED_QUERY", "unexpected token: 'LAST_N_DAYS'"),
        ("SELECT Id FROM User WHERE CreatedDate = TODAY:3", "MALFORMED_QUERY", "unexpected token: 'TODAY'"),
        ("SELECT Id FROM User LIMIT -1", "MALFORMED_QUERY", "unexpected token: '-1'"),
        ("DELETE FROM User", "MALFORMED_QUERY", "unexpected token: 'DELETE'"),
    ],
)
def test_it_is_refused(soql: str, code: str, part: str) -> None:
    given_code, message = refusal(soql)
    assert given_code == code
    assert part in message


def test_a_restriction_holds_from_the_version_that_brought_it() -> None:
    asked = "SELECT Name FROM UserLicense WHERE usedlicenses > 1"
    for version, status in (("63.0", 200), ("64.0", 400)):
        assert ask(server(), f"/services/data/v{version}/query", q=asked).status == status


def test_a_statement_can_be_too_long() -> None:
    with pytest.raises(SoqlError, match="can not be longer than 100000"):
        parse("SELECT Id FROM User" + " " * 100_000)


def test_the_caret_stands_below_the_fault_of_a_later_line() -> None:
    _, message = refusal("SELECT Id\nFROM User\nWHERE Wrong = 1")
    lines = message.split("\n")
    assert lines[1][len(lines[2]) - 1 :].startswith("Wrong")
    assert lines[3] == "ERROR at Row:3:Column:7"


TOOLING = "tooling/query"


def test_metadata_comes_with_a_single_row_only() -> None:
    code, message = refusal("SELECT Id, Metadata FROM Flow", path=TOOLING)
    assert code == "MALFORMED_QUERY"
    assert message == (
        "When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than "
        "one row for retrieval. Result size: 2"
    )
    (flow,) = records("SELECT Metadata, CreatedBy.Name FROM Flow WHERE Status = 'Active'", path=TOOLING)
    assert flow["Metadata"] == {"label": "Route"}
    assert flow["CreatedBy"]["Name"] == "Dana Okafor"


@pytest.mark.parametrize(
    ("rest", "part"),
    [
        ("COUNT() FROM EntityDefinition", "The requested operation is not yet supported by this SObject storage type"),
        ("DurableId FROM EntityDefinition WHERE KeyPrefix = 'a' OR KeyPrefix = 'b'", "Disjunctions not supported"),
        ("DurableId FROM EntityDefinition WHERE QualifiedApiName != 'Account'", "Only equals comparisons permitted"),
        ("DurableId FROM EntityDefinition WHERE (NOT Label = 'a')", "Only equals comparisons permitted"),
    ],
)
def test_some_tooling_objects_know_plain_lists_only(rest: str, part: str) -> None:
    code, message = refusal(f"SELECT {rest}", path=TOOLING)
    assert code == "MALFORMED_QUERY"
    assert part in message


def test_what_no_source_speaks_of_is_allowed_and_counted() -> None:
    to = server()
    values("SELECT Id FROM User WHERE Title = null ORDER BY Title", to)
    values("SELECT AppName FROM OauthToken WHERE AppName = 'x'", to)
    assert to.silent == {"User.Title filter": 1, "User.Title sort": 1}


_CONDITIONS = st.recursive(
    st.sampled_from(
        [
            "Name = null",
            "Name LIKE '%a%'",
            "Name != 'Reader'",
            "IsActive = true",
            "LastLoginDate > YESTERDAY",
            "LastLoginDate = LAST_N_DAYS:30",
            "LastLoginDate <= 2026-11-21T12:00:00Z",
            "Profile.Name = 'Standard User'",
            "Email NOT IN ('reader@lark.test', null)",
            f"ManagerId = '{DANA}'",
        ]
    ),
    lambda inner: st.one_of(
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds("({}) OR ({})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
    ),
    max_leaves=6,
)
_TO = server({**org(), "limits": {"DailyApiRequests": [10**6, 10**6]}})


@given(_CONDITIONS)
def test_a_condition_and_its_contrary_share_the_rows_out(condition: str) -> None:
    found = values(f"SELECT Id FROM User WHERE {condition}", _TO)
    others = values(f"SELECT Id FROM User WHERE NOT ({condition})", _TO)
    assert sorted(found + others) == sorted(ALL)
    assert found == [row for row in ALL if row in found]


@given(_CONDITIONS, _CONDITIONS)
def test_and_and_or_are_those_of_sets(one: str, other: str) -> None:
    def found(condition: str) -> set[str]:
        return set(values(f"SELECT Id FROM User WHERE {condition}", _TO))

    assert found(f"({one}) AND ({other})") == found(one) & found(other)
    assert found(f"({one}) OR ({other})") == found(one) | found(other)


_HOURS = st.integers(-80, 80)
_BOUND = st.builds("LastLoginDate {} {}".format, st.sampled_from(["<", "<=", ">", ">="]), st.one_of(
    _HOURS.map(lambda hours: f"{NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"),
    st.sampled_from(["TODAY", "YESTERDAY", "LAST_N_DAYS:2"]),
))  # fmt: skip


@given(st.lists(st.one_of(st.none(), _HOURS), max_size=12), st.lists(_BOUND, min_size=1, max_size=3))
def test_counting_between_times_agrees_with_listing(hours: list[int | None], bounds: list[str]) -> None:
    rows = [user(f"005{number:012d}AAA", f"u{number}", LastLoginDate=_hours(one)) for number, one in enumerate(hours)]
    to, where = server({"objects": {"User": rows}}), " AND ".join(bounds)
    listed = values(f"SELECT Id FROM User WHERE {where}", to)
    assert query(to, f"SELECT COUNT() FROM User WHERE {where}").body["totalSize"] == len(listed)
    grouped = values(f"SELECT Username FROM User WHERE {where} GROUP BY Username", to)
    assert sorted(grouped) == sorted(values(f"SELECT Username FROM User WHERE {where}", to))


def _hours(offset: int | None) -> str | None:
    return None if offset is None else f"{offset:+d}h"


def test_times_are_given_as_the_platform_writes_them() -> None:
    assert values(f"SELECT LastLoginDate FROM User WHERE Id = '{DANA}'") == ["2026-11-21T12:00:00.000+0000"]
    assert values("SELECT CreatedDate FROM OauthToken WHERE AppName = 'Reader'") == ["2026-01-01T00:00:00.000+0000"]
