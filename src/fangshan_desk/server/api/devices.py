"""Enrolment, and the list of the county's laptops with what proves their keys."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from fangshan_desk.server.acceptance import Refusal
from fangshan_desk.server.api import models
from fangshan_desk.server.api.authentication import County, Signed
from fangshan_desk.server.api.documenting import body_of, problems
from fangshan_desk.server.api.request_limits import bounded_body
from fangshan_desk.server.api.translating import assignment_model, encoded, parsed_bytes, refusal_model
from fangshan_desk.server.enrolment import Application
from fangshan_desk.server.problems import ProblemCode

router = APIRouter(prefix="/v1", tags=["laptops"])
_LARGEST_APPLICATION = 16 * 1024
_CODES = (
    ProblemCode.CODE_UNKNOWN,
    ProblemCode.CODE_USED,
    ProblemCode.CODE_EXPIRED,
    ProblemCode.DEVICE_KNOWN,
    ProblemCode.SIGNATURE,
    ProblemCode.MALFORMED,
    ProblemCode.TOO_LARGE,
    ProblemCode.TOO_SLOW,
)


@router.post(
    "/enrol",
    response_model=models.Enrolled,
    responses=problems(*_CODES),
    openapi_extra=body_of(models.Enrol),
)
async def enrol(county: County, request: Request) -> models.Enrolled:
    """Let a laptop in by a code that works once. Needs no signature but that of the new key."""
    body = await bounded_body(request, most=_LARGEST_APPLICATION)
    wish = parsed_bytes(models.Enrol, body)
    application = Application(
        secret=bytes.fromhex(wish.secret),
        device=bytes.fromhex(wish.device),
        public_key=bytes.fromhex(wish.public_key),
        proof=bytes.fromhex(wish.proof),
        name=wish.name,
        officer_id=wish.officer_id,
    )
    device = await run_in_threadpool(county.enrolment.enrol, application)
    epoch = await run_in_threadpool(county.store.read, lambda session: session.devices.epoch())
    return models.Enrolled(
        county=county.county,
        public_key=county.keys.signing.public_key.hex(),
        epoch=epoch,
        certificate=encoded(device.certificate),
        assignment=assignment_model(device.assignment),
    )


@router.get("/devices", response_model=models.KnownDevices, responses=problems(signed=True))
def devices(county: County, signed: Signed) -> models.KnownDevices:
    """Every laptop of the county, also the revoked ones: their signatures stay what they are."""
    return models.KnownDevices(
        devices=[
            models.KnownDevice(
                device=device.device.hex(),
                number=device.assignment.number,
                name=device.name,
                certificate=encoded(device.certificate),
                revoked_ms=device.revoked_ms,
            )
            for device in county.store.read(lambda session: session.devices.all())
        ]
    )


@router.get("/quarantine", response_model=list[models.RefusedEntry], responses=problems(signed=True))
def quarantine(county: County, signed: Signed) -> list[models.RefusedEntry]:
    """What this laptop has made or brought that was put aside, and why."""
    own = signed.device.device
    return [
        refusal_model(Refusal(item.device, item.sequence, item.reason, item.is_held))
        for item in county.store.read(lambda session: session.incidents.all(device=own))
        if item.verdict is None
    ]
