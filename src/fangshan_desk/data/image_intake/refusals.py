"""Why a file was not taken; every refusal leaves nothing behind."""

from fangshan_desk.domain.errors import ExpectedError


class IntakeRefusedError(ExpectedError):
    """The file was not taken in; every sentence may use ``file_name``."""

    key = "intake-refused"

    def __init__(self, **values: object) -> None:
        # The child that decodes knows no name; the desk fills it in when it hands the refusal on.
        super().__init__(**{"file_name": "", **values})


class EmptyFileError(IntakeRefusedError):
    """Zero bytes: the camera or the copy did not finish."""

    key = "intake-empty"


class FileUnreadableError(IntakeRefusedError):
    """The file is gone, a folder, a device or not ours to read."""

    key = "intake-unreadable"


class FileTooLargeError(IntakeRefusedError):
    """More bytes than taken: ``size_mb``, ``limit_mb``."""

    key = "intake-too-large"


class NotAnImageError(IntakeRefusedError):
    """Neither a picture nor a PDF, whatever the name says."""

    key = "intake-not-an-image"


class TooManyPixelsError(IntakeRefusedError):
    """Width times height is beyond the limit, true or forged: ``width``, ``height``."""

    key = "intake-too-many-pixels"


class SeveralPicturesError(IntakeRefusedError):
    """A scan of several pages or an animation: taking only the first would lose the rest."""

    key = "intake-several-pictures"


class DamagedFileError(IntakeRefusedError):
    """The content cannot be read to its end."""

    key = "intake-damaged"


class EncryptedDocumentError(IntakeRefusedError):
    """A PDF with a password or with restrictions."""

    key = "intake-pdf-encrypted"


class TooManyPagesError(IntakeRefusedError):
    """A PDF beyond the page limit: ``pages``, ``limit``."""

    key = "intake-pdf-too-many-pages"


class ActiveDocumentError(IntakeRefusedError):
    """A PDF with scripts or with actions that start programs."""

    key = "intake-pdf-active"


class TooComplicatedError(IntakeRefusedError):
    """The content needs more memory or more objects than the child may use."""

    key = "intake-too-complicated"


class IntakeTimeoutError(IntakeRefusedError):
    """The child did not finish in time and was ended."""

    key = "intake-timeout"


class IntakeInterruptedError(IntakeRefusedError):
    """The child ended before it answered: a crash, its limits, or someone ended it."""

    key = "intake-interrupted"


# What the child may answer; anything else from it is not believed.
REFUSALS: dict[str, type[IntakeRefusedError]] = {
    refusal.key: refusal
    for refusal in (
        TooManyPixelsError,
        SeveralPicturesError,
        DamagedFileError,
        EncryptedDocumentError,
        TooManyPagesError,
        ActiveDocumentError,
        TooComplicatedError,
    )
}
