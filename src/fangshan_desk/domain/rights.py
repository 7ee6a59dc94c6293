"""Who may do what: roles, bodies and the permission matrix of the notice (workflows 10)."""

from enum import StrEnum


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
