"""What the OpenAPI page says of bodies and errors that the framework does not see by itself."""

from typing import Any

from fangshan_desk.server.api import models
from fangshan_desk.server.api.request_limits import LARGEST_REQUEST
from fangshan_desk.server.problems import ProblemCode
from fangshan_desk.support.request_signing import CHALLENGE_HEADER, DEVICE_HEADER, SIGNATURE_HEADER

_ALWAYS = (ProblemCode.UNAVAILABLE, ProblemCode.INTERNAL, ProblemCode.METHOD)
_SIGNED = (
    ProblemCode.NOT_SIGNED,
    ProblemCode.SIGNATURE,
    ProblemCode.CHALLENGE,
    ProblemCode.DEVICE_UNKNOWN,
    ProblemCode.DEVICE_REVOKED,
    ProblemCode.TOO_LARGE,
    ProblemCode.TOO_SLOW,
    ProblemCode.TOO_MUCH,
    ProblemCode.MALFORMED,
)


def problems(*codes: ProblemCode, signed: bool = False) -> dict[int | str, dict[str, Any]]:
    """The errors of a route by status, with their codes."""
    by_status: dict[int, list[str]] = {}
    for code in (*codes, *(_SIGNED if signed else ()), *_ALWAYS):
        by_status.setdefault(int(code.status), []).append(code.value)
    return {
        status: {"model": models.Problem, "description": "Codes: " + ", ".join(sorted(set(names)))}
        for status, names in sorted(by_status.items())
    }


def body_of(model: type[models.Message]) -> dict[str, Any]:
    """The body of a signed request: its bytes are signed, so the framework does not parse them."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "x-signed-headers": [DEVICE_HEADER, CHALLENGE_HEADER, SIGNATURE_HEADER],
        "x-largest-body": LARGEST_REQUEST,
    }
