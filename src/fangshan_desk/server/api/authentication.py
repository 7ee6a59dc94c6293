"""Who asks: a laptop of the county, whose signature covers the request and a challenge of ours."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from fangshan_desk.server.api.request_limits import BYTES_A_DAY, bounded_body
from fangshan_desk.server.county import CountyServer
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.devices import EnrolledDevice
from fangshan_desk.server.store.sessions import Session
from fangshan_desk.support.request_signing import SignedBy, read_signed_headers, request_content
from fangshan_desk.support.signing import verify


@dataclass(frozen=True)
class SignedRequest:
    """A request whose sender is known and not revoked."""

    device: EnrolledDevice
    body: bytes


def county_of(request: Request) -> CountyServer:
    """The server this application was built for."""
    county: CountyServer = request.app.state.county
    return county


async def signed_request(request: Request) -> SignedRequest:
    """Everything cheap is asked before the body is read."""
    county = county_of(request)
    claim = read_signed_headers(request.headers)
    if claim is None:
        raise RequestRefusedError(ProblemCode.NOT_SIGNED)
    if not county.challenges.holds(claim.challenge):
        raise RequestRefusedError(ProblemCode.CHALLENGE)
    day = county.clock.now_utc().date().isoformat()
    device = await run_in_threadpool(_admitted, county, claim, day)
    body = await bounded_body(request)
    content = request_content(
        county=county.county,
        method=request.method,
        target=_target(request),
        body=body,
        challenge=claim.challenge,
    )
    if not verify(device.public_key, claim.signature, content):
        raise RequestRefusedError(ProblemCode.SIGNATURE)
    await run_in_threadpool(_count, county, device, day, len(body))
    return SignedRequest(device, body)


def _target(request: Request) -> str:
    query = request.scope["query_string"].decode("ascii", "replace")
    path = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
    return f"{path}?{query}" if query else path


def _admitted(county: CountyServer, claim: SignedBy, day: str) -> EnrolledDevice:
    def look(session: Session) -> tuple[EnrolledDevice | None, int]:
        return session.devices.get(claim.device), session.usage.bytes_of(claim.device, day)

    device, sent = county.store.read(look)
    if device is None:
        raise RequestRefusedError(ProblemCode.DEVICE_UNKNOWN)
    if device.revoked_ms is not None:
        raise RequestRefusedError(ProblemCode.DEVICE_REVOKED)
    if sent > BYTES_A_DAY:
        raise RequestRefusedError(ProblemCode.TOO_MUCH)
    return device


def _count(county: CountyServer, device: EnrolledDevice, day: str, size: int) -> None:
    def note(session: Session) -> None:
        session.usage.add(device.device, day, size=size)
        session.devices.saw(device.device, now_ms=county.now_ms())

    county.store.write(note)


County = Annotated[CountyServer, Depends(county_of)]
Signed = Annotated[SignedRequest, Depends(signed_request)]
