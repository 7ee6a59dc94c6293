"""Between the messages on the wire and what the server works with."""

import base64
import binascii
from typing import TypeVar

from pydantic import ValidationError

from fangshan_desk.server.acceptance import Refusal
from fangshan_desk.server.api import models
from fangshan_desk.server.api.authentication import SignedRequest
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.devices import Assignment
from fangshan_desk.support.text import chinese_texts

M = TypeVar("M", bound=models.Message)


def parsed(model: type[M], signed: SignedRequest) -> M:
    """The body as this message; RequestRefusedError when it is another one."""
    return parsed_bytes(model, signed.body)


def parsed_bytes(model: type[M], body: bytes) -> M:
    """The same for a body nobody has signed."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise RequestRefusedError(ProblemCode.MALFORMED) from error


def encoded(content: bytes) -> str:
    """Base64."""
    return base64.b64encode(content).decode("ascii")


def decoded(text: str) -> bytes:
    """From base64; RequestRefusedError when it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RequestRefusedError(ProblemCode.MALFORMED) from error


def refusal_model(item: Refusal) -> models.RefusedEntry:
    """With the sentence for its reason."""
    return models.RefusedEntry(
        device=item.device.hex(),
        sequence=item.sequence,
        reason=item.reason,
        message=chinese_texts()(f"server-entry-{item.reason}"),
        is_held=item.is_held,
    )


def assignment_model(assignment: Assignment) -> models.Assignment:
    """What the county gave to a laptop."""
    return models.Assignment(
        officer=assignment.officer,
        body=assignment.body.value,
        role=assignment.role.value,
        townships=list(assignment.townships),
        number=assignment.number,
    )
