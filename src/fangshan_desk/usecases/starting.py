"""What the first start of a workspace asks, and what it refuses."""

from dataclasses import dataclass

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.rights import Body, Role

SHORTEST_PASSPHRASE = 8


class WorkspaceStartedError(ExpectedError):
    """The folder holds a workspace already: ``folder``."""

    key = "workspace-started"


class PassphraseTooShortError(ExpectedError):
    """The passphrase has fewer than ``least`` characters."""

    key = "workspace-passphrase-short"


class NameMissingError(ExpectedError):
    """A person needs a name."""

    key = "workspace-name-missing"


class RoleOfOtherBodyError(ExpectedError):
    """The role belongs to another body: ``role``, ``body``."""

    key = "workspace-role-of-other-body"


@dataclass(frozen=True, kw_only=True)
class FirstStart:
    """What the first start asks."""

    name: str
    body: Body
    role: Role
    post: str = ""
    device_name: str = ""
    device_number: int = 1


ROLES_OF_BODY = {
    Body.HRSS: (Role.HRSS, Role.COORD, Role.INSPECTOR, Role.HRSS_LEAD),
    Body.FTU: (Role.FTU, Role.GUIDE, Role.FTU_LEAD),
    Body.FIC: (Role.FIC,),
    Body.TOWN: (Role.TOWN,),
}
