"""The officers a laptop knows: who works here and who goes along on visits."""

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.starting import ROLES_OF_BODY, NameMissingError


class RoleOfOtherBodyError(ExpectedError):
    """The role belongs to another body: ``role``, ``body``."""

    key = "officer-role-of-other-body"


class OfficerKnownError(ExpectedError):
    """An officer of this name and body is listed already: ``name``."""

    key = "officer-known"


def add_officer(
    *,
    name: str,
    body: Body,
    role: Role,
    badge_number: str = "",
    uow: UnitOfWork,
    services: Services,
) -> Officer:
    """Add a colleague; raises NameMissingError, RoleOfOtherBodyError or OfficerKnownError."""
    called = name.strip()
    if not called:
        raise NameMissingError
    if role not in ROLES_OF_BODY[body]:
        raise RoleOfOtherBodyError(
            role=services.text(f"role-{role.value}"), body=services.text(f"body-{body.value}")
        )
    if uow.find(Officer, name=called, body=body):
        raise OfficerKnownError(name=called)
    officer = Officer(
        id=services.new_id(), name=called, body=body, role=role, badge_number=badge_number.strip()
    )
    uow.insert(officer)
    return officer
