"""Who may do what: roles, bodies and the permission matrix of the notice (workflows 10).

The matrix says who works with a measure's records. Rule tables (statutes, parameters, holidays) reach every
desk; their row says only who may change them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fangshan_desk.domain.errors import ExpectedError


class Body(StrEnum):
    """The three parties and the townships."""

    HRSS = "hrss"
    FTU = "ftu"
    FIC = "fic"
    TOWN = "town"


class Role(StrEnum):
    """What a person is at the desk."""

    HRSS = "hrss"
    HRSS_LEAD = "hrss_lead"
    INSPECTOR = "inspector"
    FTU = "ftu"
    FTU_LEAD = "ftu_lead"
    FIC = "fic"
    TOWN = "town"
    GUIDE = "guide"
    COORD = "coord"

    @property
    def label_key(self) -> str:
        """Key of the word shown for it."""
        return f"role-{self.value}"


class Measure(StrEnum):
    """A row of the matrix: one measure of the notice."""

    RISK_SURVEY = "risk_survey"
    PRESCRIPTION_ISSUE = "prescription_issue"
    ITEM_CLOSING = "item_closing"
    EXTENSION_APPROVAL = "extension_approval"
    SHARED_DATA = "shared_data"
    RISK_GRADE = "risk_grade"
    RISK_OVERRIDE = "risk_override"
    NEGOTIATION = "negotiation"
    CONTRACT_REVIEW = "contract_review"
    NEGOTIATION_DISPUTE = "negotiation_dispute"
    LOST_WORK_SUBSIDY = "lost_work_subsidy"
    GUIDANCE = "guidance"
    LAYOFF_REPORT = "layoff_report"
    EARLY_WARNING = "early_warning"
    ESCALATION = "escalation"
    DEMONSTRATION = "demonstration"
    MONTHLY_DISPATCH = "monthly_dispatch"
    CROSS_REGION = "cross_region"
    PARAMETERS = "parameters"


class Action(StrEnum):
    """What a person wants to do with a record."""

    VIEW = "view"
    COMMENT = "comment"
    CO_SIGN = "co_sign"
    CREATE = "create"
    EDIT = "edit"
    PRINT = "print"
    APPROVE = "approve"


class Right(StrEnum):
    """L lead, P participate, R read, – none."""

    LEAD = "L"
    PARTICIPATE = "P"
    READ = "R"
    NONE = "-"

    @property
    def rank(self) -> int:
        """3 for lead down to 0 for none."""
        return "-RPL".index(self.value)


class Reach(StrEnum):
    """Whose records a right covers."""

    ALL = "all"
    MEMBERS = "members"
    OWN_TOWNSHIP = "own_township"
    UNION_ITEMS = "union_items"
    BUREAU_ITEMS = "bureau_items"


class Detail(StrEnum):
    """How much of a record may be shown."""

    FULL = "full"
    LEVEL_ONLY = "level_only"
    AGGREGATED = "aggregated"


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix; ``only`` narrows what taking part means (co-sign, draft, report …)."""

    right: Right
    reach: Reach = Reach.ALL
    detail: Detail = Detail.FULL
    only: frozenset[Action] = frozenset()


_DEFAULT_BODY: Mapping[Role, Body] = {
    Role.HRSS: Body.HRSS,
    Role.HRSS_LEAD: Body.HRSS,
    Role.INSPECTOR: Body.HRSS,
    Role.FTU: Body.FTU,
    Role.FTU_LEAD: Body.FTU,
    Role.FIC: Body.FIC,
    Role.TOWN: Body.TOWN,
    Role.GUIDE: Body.FTU,
    Role.COORD: Body.HRSS,
}
# A leader may do what the body's officers may do.
_INCLUDED: Mapping[Role, frozenset[Role]] = {
    Role.HRSS_LEAD: frozenset({Role.HRSS}),
    Role.FTU_LEAD: frozenset({Role.FTU}),
}


@dataclass(frozen=True)
class Actor:
    """The person who acts, or the desk's clock when ``is_system``."""

    roles: frozenset[Role]
    body: Body
    townships: frozenset[str] = frozenset()
    officer_id: str = ""
    is_system: bool = False

    @classmethod
    def of(
        cls, role: Role, *, body: Body | None = None, townships: Iterable[str] = (), officer_id: str = ""
    ) -> "Actor":
        """An actor with one role; the body follows from the role unless given."""
        chosen = body or _DEFAULT_BODY[role]
        return cls(frozenset({role}), chosen, frozenset(filter(None, townships)), officer_id)

    @property
    def all_roles(self) -> frozenset[Role]:
        """The roles held, with those a leader's role includes."""
        return self.roles.union(*(_INCLUDED.get(role, frozenset()) for role in self.roles))

    def acts_as(self, roles: frozenset[Role], *, township: str = "") -> bool:
        """Whether one of the roles is held; a township's role counts only in its own township."""
        held = self.all_roles & roles
        if held == {Role.TOWN}:
            return not township or township in self.townships
        return bool(held)


SYSTEM = Actor(frozenset(), Body.HRSS, is_system=True)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is acted on: its measure and the facts the matrix asks for."""

    measure: Measure
    item_code: str = ""
    township: str = ""
    is_member: bool | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Permission:
    """The answer; when refused ``key`` names the sentence that says why."""

    is_allowed: bool
    right: Right
    detail: Detail = Detail.FULL
    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class NotPermittedError(ExpectedError):
    """The permission matrix refuses the action; ``key`` is the permission's."""

    key = "right-none"

    def __init__(self, permission: Permission) -> None:
        self.key = permission.key
        super().__init__(**permission.values)


# Union's own items: it closes these, and its leader decides on extensions of those below.
UNION_CLOSES = ("RULE-03", "RULE-04", "COLL-", "PLAT-02", "PLAT-05")
UNION_EXTENDS = ("RULE-03", "RULE-04", "COLL-", "PLAT-")

_L = Cell(Right.LEAD)
_P = Cell(Right.PARTICIPATE)
_R = Cell(Right.READ)
_NONE = Cell(Right.NONE)
_P_MEMBERS = Cell(Right.PARTICIPATE, Reach.MEMBERS)
_R_MEMBERS = Cell(Right.READ, Reach.MEMBERS)
_CO_SIGNS = Cell(Right.PARTICIPATE, only=frozenset({Action.COMMENT, Action.CO_SIGN}))
_DRAFTS = Cell(Right.PARTICIPATE, only=frozenset({Action.COMMENT, Action.CREATE, Action.EDIT, Action.PRINT}))
_REPORTS = Cell(Right.PARTICIPATE, only=frozenset({Action.COMMENT, Action.CREATE}))
_SUBMITS = Cell(Right.PARTICIPATE, only=frozenset({Action.CREATE, Action.EDIT, Action.PRINT}))


def _row(
    *, hrss: Cell, ftu: Cell = _NONE, fic: Cell = _NONE, town: Cell = _NONE, **others: Cell
) -> Mapping[Role, Cell]:
    adviser = others.get("adviser", _NONE)
    return {
        Role.HRSS: hrss,
        Role.HRSS_LEAD: others.get("hrss_lead", hrss),
        Role.FTU: ftu,
        Role.FTU_LEAD: others.get("ftu_lead", ftu),
        Role.FIC: fic,
        Role.TOWN: town,
        Role.INSPECTOR: others.get("inspector", _NONE),
        Role.GUIDE: adviser,
        Role.COORD: adviser,
    }


MATRIX: Mapping[Measure, Mapping[Role, Cell]] = {
    Measure.RISK_SURVEY: _row(hrss=_L, ftu=_L, fic=_P_MEMBERS, town=_P, inspector=_P, adviser=_P),
    Measure.PRESCRIPTION_ISSUE: _row(hrss=_L, ftu=_L, fic=_CO_SIGNS, town=_R, inspector=_R, adviser=_DRAFTS),
    Measure.ITEM_CLOSING: _row(
        hrss=_L,
        ftu=Cell(Right.LEAD, Reach.UNION_ITEMS),
        fic=_R_MEMBERS,
        town=_REPORTS,
        inspector=_P,
        adviser=_REPORTS,
    ),
    Measure.EXTENSION_APPROVAL: _row(
        hrss=_NONE,
        hrss_lead=Cell(Right.LEAD, Reach.BUREAU_ITEMS),
        ftu_lead=Cell(Right.LEAD, Reach.UNION_ITEMS),
    ),
    Measure.SHARED_DATA: _row(hrss=_L, ftu=Cell(Right.READ, detail=Detail.AGGREGATED), inspector=_R),
    Measure.RISK_GRADE: _row(
        hrss=_L,
        ftu=_R,
        fic=Cell(Right.READ, Reach.MEMBERS, Detail.LEVEL_ONLY),
        town=Cell(Right.READ, Reach.OWN_TOWNSHIP),
        inspector=_R,
    ),
    Measure.RISK_OVERRIDE: _row(hrss=_NONE, hrss_lead=_L),
    Measure.NEGOTIATION: _row(hrss=_P, ftu=_L, fic=_P_MEMBERS, town=_R, adviser=_DRAFTS),
    Measure.CONTRACT_REVIEW: _row(hrss=_L, ftu=_R, fic=_R),
    Measure.NEGOTIATION_DISPUTE: _row(hrss=_L, ftu=_P, fic=_P, adviser=_P),
    Measure.LOST_WORK_SUBSIDY: _row(hrss=_R, ftu=_L, adviser=_P),
    Measure.GUIDANCE: _row(hrss=_L, ftu=_P, fic=_P, town=_P, adviser=_P),
    Measure.LAYOFF_REPORT: _row(hrss=_L, ftu=_R, fic=_R_MEMBERS, inspector=_R),
    Measure.EARLY_WARNING: _row(
        hrss=_L, ftu=_P, fic=_P_MEMBERS, town=_REPORTS, inspector=_P, adviser=_REPORTS
    ),
    Measure.ESCALATION: _row(hrss=_NONE, hrss_lead=_L, ftu=_REPORTS, inspector=_L),
    Measure.DEMONSTRATION: _row(hrss=_L, ftu=_P, fic=_P, town=_REPORTS, adviser=_P),
    Measure.MONTHLY_DISPATCH: _row(hrss=_L, ftu=_SUBMITS, fic=_SUBMITS, town=_SUBMITS),
    Measure.CROSS_REGION: _row(hrss=_L, ftu=_P, fic=_P, town=_R, inspector=_P),
    Measure.PARAMETERS: _row(hrss=_NONE, hrss_lead=_L),
}


def closing_body(code: str) -> Body:
    """The body that leads the closing of an item with this checklist code."""
    return Body.FTU if code.startswith(UNION_CLOSES) else Body.HRSS


def extension_body(code: str) -> Body:
    """The body whose leader decides on an extension of an item with this checklist code."""
    return Body.FTU if code.startswith(UNION_EXTENDS) else Body.HRSS


def may(actor: Actor, action: Action, subject: Subject) -> Permission:
    """What the matrix says; of several roles the one that permits most decides."""
    answers = [_judged(role, action, subject, actor) for role in sorted(actor.all_roles)]
    refused = _refused(Right.NONE, "none", subject, action)
    return max(answers, key=lambda answer: (answer.is_allowed, answer.right.rank), default=refused)


def require(actor: Actor, action: Action, subject: Subject) -> Permission:
    """The permission, or NotPermittedError with the reason."""
    permission = may(actor, action, subject)
    if not permission.is_allowed:
        raise NotPermittedError(permission)
    return permission


def _judged(role: Role, action: Action, subject: Subject, actor: Actor) -> Permission:
    cell = MATRIX[subject.measure][role]
    right = _right_here(cell, subject)
    reason = "none" if right is Right.NONE else _out_of_reach(cell, subject, actor)
    if not reason and action is not Action.VIEW:
        reason = _not_enough(cell, right, action, is_own=subject.is_own)
    if reason:
        return _refused(right, reason, subject, action)
    return Permission(is_allowed=True, right=right, detail=cell.detail)


def _right_here(cell: Cell, subject: Subject) -> Right:
    if cell.reach not in (Reach.UNION_ITEMS, Reach.BUREAU_ITEMS):
        return cell.right
    own = Body.FTU if cell.reach is Reach.UNION_ITEMS else Body.HRSS
    if subject.measure is Measure.EXTENSION_APPROVAL:
        return cell.right if extension_body(subject.item_code) is own else Right.NONE
    return cell.right if closing_body(subject.item_code) is own else Right.PARTICIPATE


def _out_of_reach(cell: Cell, subject: Subject, actor: Actor) -> str:
    if cell.reach is Reach.MEMBERS and not subject.is_member:
        return "not-a-member" if subject.is_member is False else "membership-unknown"
    if cell.reach is Reach.OWN_TOWNSHIP and subject.township not in actor.townships:
        return "other-township"
    return ""


def _not_enough(cell: Cell, right: Right, action: Action, *, is_own: bool) -> str:
    if right is Right.LEAD:
        return ""
    if right is Right.READ:
        return "read-only"
    if action is Action.APPROVE:
        return "lead-only"
    if cell.only and action not in cell.only:
        return "narrow"
    return "own-only" if action in (Action.EDIT, Action.PRINT) and not is_own else ""


def _refused(right: Right, reason: str, subject: Subject, action: Action) -> Permission:
    values = {"measure": subject.measure.value, "action": action.value}
    return Permission(is_allowed=False, right=right, key=f"right-{reason}", values=values)
