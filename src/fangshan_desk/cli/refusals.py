"""Refusals of the command line itself; the ones of the office come from the use cases."""

from fangshan_desk.domain.errors import ExpectedError


class WrongUsageError(ExpectedError):
    """The command was put together wrongly; exit status 2, as for an unknown option."""


class FileMissingError(ExpectedError):
    """There is no such file or folder: ``file``."""

    key = "command-file-missing"


class NotTextError(ExpectedError):
    """What was given is no UTF-8 text."""

    key = "command-not-utf8"


class NoDisplayError(ExpectedError):
    """A window was wanted where no screen is."""

    key = "command-no-display"
