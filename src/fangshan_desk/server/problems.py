"""What the server refuses, each with a code for programs and a sentence for people."""

from enum import StrEnum
from http import HTTPStatus

from fangshan_desk.domain.errors import ExpectedError


class ProblemCode(StrEnum):
    """The codes are part of the interface: none is ever renamed."""

    NOT_SIGNED = "not-signed"
    SIGNATURE = "signature"
    CHALLENGE = "challenge"
    DEVICE_UNKNOWN = "device-unknown"
    DEVICE_REVOKED = "device-revoked"
    DEVICE_KNOWN = "device-known"
    CODE_UNKNOWN = "code-unknown"
    CODE_USED = "code-used"
    CODE_EXPIRED = "code-expired"
    MALFORMED = "malformed"
    BUNDLE = "bundle"
    FORK = "fork"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    TOO_MUCH = "too-much"
    BLOB_UNKNOWN = "blob-unknown"
    BLOB_DAMAGED = "blob-damaged"
    NOT_FOUND = "not-found"
    METHOD = "method"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status it goes with."""
        return _STATUS[self]

    @property
    def may_retry(self) -> bool:
        """Whether the same request may succeed later."""
        return self in _PASSING

    @property
    def text_key(self) -> str:
        """Key of the sentence."""
        return f"server-problem-{self.value}"


_STATUS = {
    ProblemCode.NOT_SIGNED: HTTPStatus.UNAUTHORIZED,
    ProblemCode.SIGNATURE: HTTPStatus.UNAUTHORIZED,
    ProblemCode.CHALLENGE: HTTPStatus.UNAUTHORIZED,
    ProblemCode.DEVICE_UNKNOWN: HTTPStatus.UNAUTHORIZED,
    ProblemCode.DEVICE_REVOKED: HTTPStatus.GONE,
    ProblemCode.DEVICE_KNOWN: HTTPStatus.CONFLICT,
    ProblemCode.CODE_UNKNOWN: HTTPStatus.FORBIDDEN,
    ProblemCode.CODE_USED: HTTPStatus.FORBIDDEN,
    ProblemCode.CODE_EXPIRED: HTTPStatus.FORBIDDEN,
    ProblemCode.MALFORMED: HTTPStatus.BAD_REQUEST,
    ProblemCode.BUNDLE: HTTPStatus.BAD_REQUEST,
    ProblemCode.FORK: HTTPStatus.CONFLICT,
    ProblemCode.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    ProblemCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ProblemCode.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    ProblemCode.TOO_MUCH: HTTPStatus.TOO_MANY_REQUESTS,
    ProblemCode.BLOB_UNKNOWN: HTTPStatus.NOT_FOUND,
    ProblemCode.BLOB_DAMAGED: HTTPStatus.UNPROCESSABLE_ENTITY,
    ProblemCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ProblemCode.METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    ProblemCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ProblemCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_PASSING = frozenset(
    {
        ProblemCode.CHALLENGE,
        ProblemCode.TOO_SLOW,
        ProblemCode.TOO_MUCH,
        ProblemCode.UNAVAILABLE,
        ProblemCode.INTERNAL,
        ProblemCode.BLOB_DAMAGED,
    }
)


class RequestRefusedError(ExpectedError):
    """A request is not answered; ``code`` says why."""

    key = "server-problem-refused"

    def __init__(self, code: ProblemCode, **values: object) -> None:
        self.code = code
        self.key = code.text_key
        super().__init__(**values)
