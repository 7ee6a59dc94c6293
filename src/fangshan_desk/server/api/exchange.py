"""Hello, push, pull: the exchange of change-sets."""

import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from fangshan_desk.server.acceptance import PASSING, Refusal, Taken
from fangshan_desk.server.api import models
from fangshan_desk.server.api.authentication import County, Signed, SignedRequest
from fangshan_desk.server.api.documenting import body_of, problems
from fangshan_desk.server.api.observing import metrics_of
from fangshan_desk.server.api.request_limits import LARGEST_REQUEST
from fangshan_desk.server.api.translating import (
    assignment_model,
    decoded,
    encoded,
    parsed,
    refusal_model,
)
from fangshan_desk.server.attachments import LARGEST_BLOB
from fangshan_desk.server.county import CountyServer
from fangshan_desk.server.greeting import ChainClaim
from fangshan_desk.server.handing_out import Page
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.blobs import CHUNK_BYTES
from fangshan_desk.server.store.changesets import EntryKey
from fangshan_desk.server.store.sessions import Session
from fangshan_desk.support.certificates import certificate_problem, read_certificate
from fangshan_desk.support.signing import verify
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.sync.changeset import FORMAT_VERSION, SCHEMA_VERSION
from fangshan_desk.sync.protocol import (
    BUNDLE_VERSION,
    MEDIA_TYPE,
    BundleReader,
    MalformedBundleError,
    Preface,
    write_bundle,
)

LAST_HEADER = "X-Fangshan-Last"
_BLOBS_NAMED = 500
_MOST_NAMED = 5000
router = APIRouter(prefix="/v1", tags=["exchange"])


@router.get("/hello", response_model=models.ServerHello, responses=problems())
def introduce(county: County) -> models.ServerHello:
    """Who the server is, and the challenge to sign. Needs no signature."""
    return models.ServerHello(
        county=county.county,
        server=county.id.hex(),
        public_key=county.keys.signing.public_key.hex(),
        epoch=county.store.read(lambda session: session.devices.epoch()),
        server_time_ms=county.now_ms(),
        challenge=county.challenges.make(),
        bundle_version=BUNDLE_VERSION,
        changeset_version=FORMAT_VERSION,
        schema_version=SCHEMA_VERSION,
        largest_request=LARGEST_REQUEST,
        chunk_bytes=CHUNK_BYTES,
        largest_blob=LARGEST_BLOB,
    )


@router.post(
    "/hello",
    response_model=models.HelloReply,
    responses=problems(signed=True),
    openapi_extra=body_of(models.Hello),
)
def greet(county: County, signed: Signed) -> models.HelloReply:
    """Both vectors side by side: what the other lacks follows from them."""
    hello = parsed(models.Hello, signed)
    claims = [ChainClaim(bytes.fromhex(c.device), c.sequence, bytes.fromhex(c.digest)) for c in hello.vector]
    receipt = decoded(hello.receipt) if hello.receipt else None
    greeting = county.greeter.greet(signed.device, claims, receipt=receipt)
    now_ms = county.now_ms()
    wanted = county.attachments.wanted(signed.device, most=_BLOBS_NAMED)
    return models.HelloReply(
        epoch=greeting.epoch,
        server_time_ms=now_ms,
        clock_offset_ms=now_ms - hello.wall_ms if hello.wall_ms else 0,
        assignment=assignment_model(signed.device.assignment),
        vector=[
            models.Claim(device=claim.device.hex(), sequence=claim.sequence, digest=claim.digest.hex())
            for claim in greeting.vector
        ],
        forks=[models.Place(device=key.device.hex(), sequence=key.sequence) for key in greeting.forks],
        is_laptop_restored=greeting.is_laptop_restored,
        receipt=encoded(greeting.receipt) if greeting.receipt else None,
        quarantine=[
            refusal_model(Refusal(item.device, item.sequence, item.reason, item.is_held))
            for item in greeting.incidents
        ],
        blobs_wanted=[name.hex() for name in wanted],
    )


@router.post(
    "/push",
    response_model=models.PushReply,
    responses={
        **problems(ProblemCode.BUNDLE, signed=True),
        409: {"model": models.PushReply, "description": "Another entry has this number; the rest was taken."},
        422: {"model": models.PushReply, "description": "Nothing of it could be taken."},
    },
    openapi_extra={"requestBody": {"required": True, "content": {MEDIA_TYPE: {}}}},
)
def push(county: County, signed: Signed, request: Request, response: Response) -> models.PushReply:
    """Take a bundle, frame by frame. What is named in a receipt is kept for good."""
    total, sender = Taken(), signed.device
    reader = _reader(signed.body)
    if reader.preface.sender != sender.device:
        raise RequestRefusedError(ProblemCode.BUNDLE)
    vouched = dict(_vouched(county, reader.preface.certificates))
    try:
        for entries in reader.frames():
            total.add(county.acceptance.take(entries, relayed_by=signed.device.device, vouched=vouched))
        reader.check_signature(
            lambda signature, content: verify(signed.device.public_key, signature, content)
        )
    except MalformedBundleError as error:
        if not (total.kept or total.known):
            raise RequestRefusedError(ProblemCode.BUNDLE) from error
    county.applier.catch_up()
    _count(request, total)
    code = _verdict(total)
    response.status_code = code.status if code else HTTPStatus.OK
    return models.PushReply(
        code=code.value if code else "",
        message=chinese_texts()(code.text_key) if code else "",
        kept=total.kept,
        known=total.known,
        refused=[refusal_model(item) for item in total.refused],
        receipts=[encoded(receipt) for receipt in total.receipts.values()],
        have=[models.Place(device=device.hex(), sequence=n) for device, n in total.have.items()],
    )


@router.post(
    "/pull",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}, "description": "A bundle."}, **problems(signed=True)},
    openapi_extra=body_of(models.Pull),
)
def pull(county: County, signed: Signed) -> Response:
    """The next change-sets the laptop lacks, without what it may not see."""
    wish = parsed(models.Pull, signed)
    have = {bytes.fromhex(place.device): place.sequence for place in wish.have}
    page = county.handing_out.page(signed.device, have, most_bytes=wish.most_bytes)
    return _bundle(county, signed, page)


@router.post(
    "/entries",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {}}, "description": "A bundle."}, **problems(signed=True)},
    openapi_extra=body_of(models.Wanted),
)
def entries(county: County, signed: Signed) -> Response:
    """Named change-sets again, as this laptop may see them now."""
    keys: list[EntryKey] = []
    for each in parsed(models.Wanted, signed).ranges:
        if each.last - each.first >= _MOST_NAMED or len(keys) > _MOST_NAMED:
            raise RequestRefusedError(ProblemCode.TOO_LARGE)
        device = bytes.fromhex(each.device)
        keys += [EntryKey(device, sequence) for sequence in range(each.first, each.last + 1)]
    return _bundle(county, signed, county.handing_out.named(signed.device, keys))


def _reader(body: bytes) -> BundleReader:
    try:
        return BundleReader(io.BytesIO(body).read)
    except MalformedBundleError as error:
        raise RequestRefusedError(ProblemCode.BUNDLE) from error


def _vouched(county: CountyServer, certificates: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Device and key of every certificate that this county has signed."""
    for data in certificates:
        signed = read_certificate(data)
        if signed is None:
            continue
        public_key = county.keys.signing.public_key
        if certificate_problem(signed, public_key, county_id=county.county) is None:
            yield uuid.UUID(signed.certificate.device_id).bytes, signed.certificate.public_key


def _verdict(total: Taken) -> ProblemCode | None:
    """A problem only when a person has to look, or when nothing at all could be used."""
    if any(item.reason == "fork" for item in total.refused):
        return ProblemCode.FORK
    is_useless = total.refused and not (total.kept or total.known)
    return ProblemCode.REFUSED if is_useless and _is_bad(total.refused) else None


def _is_bad(refused: Sequence[Refusal]) -> bool:
    return any(item.reason not in PASSING for item in refused)


def _count(request: Request, total: Taken) -> None:
    events = metrics_of(request).events
    events["kept"] += total.kept
    events["known"] += total.known
    for item in total.refused:
        events[item.reason] += 1


def _bundle(county: CountyServer, signed: SignedRequest, page: Page) -> Response:
    authors = {device for device, _ in page.keys}

    def look(session: Session) -> Preface:
        devices = session.devices.some(authors)
        return Preface(
            sender=county.id,
            receiver=signed.device.device,
            epoch=session.devices.epoch(),
            wall_ms=county.now_ms(),
            have=sorted(session.chains.vector().items()),
            certificates=[device.certificate for device in devices],
        )

    content = write_bundle(page.entries, county.store.read(look), county.keys.signing.sign)
    headers = {LAST_HEADER: "1" if page.is_last else "0"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
