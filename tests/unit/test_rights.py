"""The permission matrix of the notice, cell by cell."""

import pytest

from fangshan_desk.domain.rights import (
    MATRIX,
    SYSTEM,
    Action,
    Actor,
    Body,
    Detail,
    Measure,
    NotPermittedError,
    Right,
    Role,
    Subject,
    closing_body,
    extension_body,
    may,
    require,
)

COLUMNS = (
    Role.HRSS,
    Role.HRSS_LEAD,
    Role.FTU,
    Role.FTU_LEAD,
    Role.FIC,
    Role.TOWN,
    Role.INSPECTOR,
    Role.GUIDE,
    Role.COORD,
)
# As printed in workflows 10, with the leaders' columns written out.
PRINTED = {
    Measure.RISK_SURVEY: "LLLLPPPPP",
    Measure.PRESCRIPTION_ISSUE: "LLLLPRRPP",
    Measure.ITEM_CLOSING: "LLPPRPPPP",
    Measure.EXTENSION_APPROVAL: "-L-------",
    Measure.SHARED_DATA: "LLRR--R--",
    Measure.RISK_GRADE: "LLRRRRR--",
    Measure.RISK_OVERRIDE: "-L-------",
    Measure.NEGOTIATION: "PPLLPR-PP",
    Measure.CONTRACT_REVIEW: "LLRRR----",
    Measure.NEGOTIATION_DISPUTE: "LLPPP--PP",
    Measure.LOST_WORK_SUBSIDY: "RRLL---PP",
    Measure.GUIDANCE: "LLPPPP-PP",
    Measure.LAYOFF_REPORT: "LLRRR-R--",
    Measure.EARLY_WARNING: "LLPPPPPPP",
    Measure.ESCALATION: "-LPP--L--",
    Measure.DEMONSTRATION: "LLPPPP-PP",
    Measure.MONTHLY_DISPATCH: "LLPPPP---",
    Measure.CROSS_REGION: "LLPPPRP--",
    Measure.PARAMETERS: "-L-------",
}
CELLS = [
    pytest.param(measure, role, letter, id=f"{measure}-{role}")
    for measure, row in PRINTED.items()
    for role, letter in zip(COLUMNS, row, strict=True)
]
DAWU = "141128103"


def _subject(measure: Measure, *, code: str = "WAGE-01", own: bool = False) -> Subject:
    return Subject(measure=measure, item_code=code, township=DAWU, is_member=True, is_own=own)


def _actor(role: Role) -> Actor:
    return Actor.of(role, townships=[DAWU])


def test_every_measure_and_role_has_its_cell() -> None:
    assert set(PRINTED) == set(Measure) == set(MATRIX)
    assert all(set(row) == set(Role) for row in MATRIX.values())


@pytest.mark.parametrize(("measure", "role", "letter"), CELLS)
def test_the_right_is_the_one_printed_in_the_matrix(measure: Measure, role: Role, letter: str) -> None:
    assert may(_actor(role), Action.VIEW, _subject(measure)).right is Right(letter)


@pytest.mark.parametrize(("measure", "role", "letter"), CELLS)
def test_only_the_lead_approves_and_only_none_may_not_look(measure: Measure, role: Role, letter: str) -> None:
    assert may(_actor(role), Action.APPROVE, _subject(measure)).is_allowed is (letter == "L")
    assert may(_actor(role), Action.VIEW, _subject(measure)).is_allowed is (letter != "-")


@pytest.mark.parametrize(("measure", "role", "letter"), CELLS)
def test_readers_only_look_and_the_lead_does_everything(measure: Measure, role: Role, letter: str) -> None:
    allowed = {a for a in Action if may(_actor(role), a, _subject(measure)).is_allowed}
    if letter in "-R":
        assert allowed == ({Action.VIEW} if letter == "R" else set())
    elif letter == "L":
        assert allowed == set(Action)
    else:
        assert Action.VIEW in allowed
        assert allowed & {Action.CREATE, Action.CO_SIGN}


@pytest.mark.parametrize("code", ["RULE-03", "RULE-04", "COLL-01", "COLL-08", "PLAT-02", "PLAT-05"])
def test_the_union_closes_its_own_items(code: str) -> None:
    assert may(_actor(Role.FTU), Action.APPROVE, _subject(Measure.ITEM_CLOSING, code=code)).is_allowed
    assert closing_body(code) is Body.FTU


@pytest.mark.parametrize("code", ["RULE-02", "PLAT-01", "PLAT-04", "WAGE-01", ""])
def test_the_union_takes_part_in_closing_the_others(code: str) -> None:
    permission = may(_actor(Role.FTU), Action.APPROVE, _subject(Measure.ITEM_CLOSING, code=code))
    assert (permission.right, permission.key) == (Right.PARTICIPATE, "right-lead-only")
    assert closing_body(code) is Body.HRSS


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("COLL-03", Body.FTU),
        ("PLAT-04", Body.FTU),
        ("RULE-04", Body.FTU),
        ("RULE-01", Body.HRSS),
        ("WAGE-01", Body.HRSS),
    ],
)
def test_each_leader_decides_on_extensions_of_the_own_items(code: str, body: Body) -> None:
    subject = _subject(Measure.EXTENSION_APPROVAL, code=code)
    assert extension_body(code) is body
    assert may(_actor(Role.HRSS_LEAD), Action.APPROVE, subject).is_allowed is (body is Body.HRSS)
    assert may(_actor(Role.FTU_LEAD), Action.APPROVE, subject).is_allowed is (body is Body.FTU)


def test_the_federation_sees_members_only_and_only_their_level() -> None:
    federation = _actor(Role.FIC)
    member = Subject(measure=Measure.RISK_GRADE, is_member=True)
    assert may(federation, Action.VIEW, member).detail is Detail.LEVEL_ONLY
    outsider = may(federation, Action.VIEW, Subject(measure=Measure.RISK_GRADE, is_member=False))
    assert (outsider.is_allowed, outsider.key) == (False, "right-not-a-member")


def test_an_unknown_membership_is_not_taken_for_a_yes() -> None:
    unknown = may(_actor(Role.FIC), Action.VIEW, Subject(measure=Measure.RISK_SURVEY))
    assert (unknown.is_allowed, unknown.key) == (False, "right-membership-unknown")


def test_the_union_sees_shared_data_aggregated() -> None:
    assert may(_actor(Role.FTU), Action.VIEW, _subject(Measure.SHARED_DATA)).detail is Detail.AGGREGATED


def test_a_township_sees_the_grades_of_its_own_enterprises() -> None:
    elsewhere = Subject(measure=Measure.RISK_GRADE, township="141128101")
    assert may(_actor(Role.TOWN), Action.VIEW, elsewhere).key == "right-other-township"


def test_who_takes_part_edits_and_prints_the_own_records_only() -> None:
    adviser = _actor(Role.GUIDE)
    assert may(adviser, Action.EDIT, _subject(Measure.RISK_SURVEY, own=True)).is_allowed
    assert may(adviser, Action.EDIT, _subject(Measure.RISK_SURVEY)).key == "right-own-only"
    assert may(adviser, Action.PRINT, _subject(Measure.RISK_SURVEY)).key == "right-own-only"
    assert may(adviser, Action.COMMENT, _subject(Measure.RISK_SURVEY)).is_allowed


@pytest.mark.parametrize(
    ("role", "measure", "allowed", "refused"),
    [
        (Role.FIC, Measure.PRESCRIPTION_ISSUE, Action.CO_SIGN, Action.CREATE),
        (Role.GUIDE, Measure.PRESCRIPTION_ISSUE, Action.CREATE, Action.CO_SIGN),
        (Role.TOWN, Measure.ITEM_CLOSING, Action.CREATE, Action.EDIT),
        (Role.FTU, Measure.ESCALATION, Action.CREATE, Action.CO_SIGN),
        (Role.TOWN, Measure.MONTHLY_DISPATCH, Action.CREATE, Action.COMMENT),
    ],
)
def test_taking_part_can_be_narrow(role: Role, measure: Measure, allowed: Action, refused: Action) -> None:
    assert may(_actor(role), allowed, _subject(measure, own=True)).is_allowed
    assert may(_actor(role), refused, _subject(measure, own=True)).key == "right-narrow"


def test_of_two_roles_the_stronger_decides() -> None:
    both = Actor(frozenset({Role.GUIDE, Role.HRSS}), Body.HRSS)
    assert may(both, Action.APPROVE, _subject(Measure.RISK_GRADE)).is_allowed


def test_a_leader_may_do_what_the_officers_may() -> None:
    assert Actor.of(Role.FTU_LEAD).all_roles == {Role.FTU, Role.FTU_LEAD}


def test_the_desk_itself_has_no_right() -> None:
    assert may(SYSTEM, Action.VIEW, _subject(Measure.GUIDANCE)).key == "right-none"


def test_a_refusal_is_raised_with_its_reason_and_values() -> None:
    with pytest.raises(NotPermittedError) as caught:
        require(_actor(Role.TOWN), Action.EDIT, _subject(Measure.CROSS_REGION))
    assert caught.value.key == "right-read-only"
    assert caught.value.values == {"measure": "cross_region", "action": "edit"}


def test_a_granted_right_is_returned() -> None:
    assert require(_actor(Role.HRSS), Action.EDIT, _subject(Measure.GUIDANCE)).right is Right.LEAD


def test_a_township_acts_only_in_its_own_township() -> None:
    grid, roles = _actor(Role.TOWN), frozenset({Role.TOWN, Role.HRSS})
    assert grid.acts_as(roles, township=DAWU)
    assert grid.acts_as(roles)
    assert not grid.acts_as(roles, township="141128101")
    assert Actor.of(Role.HRSS).acts_as(roles, township="141128101")


def test_the_body_follows_from_the_role_unless_given() -> None:
    assert Actor.of(Role.GUIDE).body is Body.FTU
    assert Actor.of(Role.GUIDE, body=Body.FIC).body is Body.FIC
