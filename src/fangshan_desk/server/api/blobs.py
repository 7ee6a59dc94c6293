"""Photos and scans: asked for, sent and fetched in chunks under their SHA-256."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from fangshan_desk.server.api import models
from fangshan_desk.server.api.authentication import County, Signed
from fangshan_desk.server.api.documenting import body_of, problems
from fangshan_desk.server.api.translating import parsed
from fangshan_desk.server.attachments import Offer, Progress
from fangshan_desk.server.problems import ProblemCode

router = APIRouter(prefix="/v1/blobs", tags=["attachments"])
_BYTES = "application/octet-stream"
SIZE_HEADER = "X-Fangshan-Size"
Name = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Number = Annotated[int, Path(ge=0, lt=2**20)]


@router.post(
    "/missing",
    response_model=models.BlobProgresses,
    responses=problems(signed=True),
    openapi_extra=body_of(models.BlobOffers),
)
def missing(county: County, signed: Signed) -> models.BlobProgresses:
    """Which chunks of what the laptop has are not here; asking again after a cut says where to go on."""
    offers = [
        Offer(bytes.fromhex(blob.sha256), blob.size) for blob in parsed(models.BlobOffers, signed).blobs
    ]
    return models.BlobProgresses(
        blobs=[_model(progress) for progress in county.attachments.offered(signed.device, offers)]
    )


@router.put(
    "/{sha256}/{number}",
    response_model=models.BlobProgress,
    responses=problems(ProblemCode.BLOB_UNKNOWN, ProblemCode.BLOB_DAMAGED, signed=True),
    openapi_extra={"requestBody": {"required": True, "content": {_BYTES: {}}}},
)
def put_chunk(county: County, signed: Signed, sha256: Name, number: Number) -> models.BlobProgress:
    """One chunk, in any order, any number of times."""
    return _model(county.attachments.take(bytes.fromhex(sha256), number, signed.body))


@router.get(
    "/{sha256}/{number}",
    response_class=Response,
    responses={
        200: {"content": {_BYTES: {}}, "description": "The chunk."},
        **problems(ProblemCode.BLOB_UNKNOWN, signed=True),
    },
)
def get_chunk(county: County, signed: Signed, sha256: Name, number: Number) -> Response:
    """One chunk of a complete attachment that a record this laptop may see names."""
    size, body = county.attachments.give(signed.device, bytes.fromhex(sha256), number)
    return Response(body, media_type=_BYTES, headers={SIZE_HEADER: str(size)})


def _model(progress: Progress) -> models.BlobProgress:
    return models.BlobProgress(
        sha256=progress.sha256.hex(), missing=list(progress.missing), is_complete=progress.is_complete
    )
