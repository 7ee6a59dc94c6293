"""For those who run the server: whether it lives, whether it can work, and its counters."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from fangshan_desk.server.api import models
from fangshan_desk.server.api.authentication import County
from fangshan_desk.server.api.documenting import problems
from fangshan_desk.server.api.observing import metrics_of
from fangshan_desk.server.store.sessions import Session

router = APIRouter(tags=["state"])


@router.get("/v1/health", response_model=models.State, responses=problems())
def health() -> models.State:
    """The process answers."""
    return models.State(state="alive")


@router.get("/v1/ready", response_model=models.State, responses=problems())
def ready(county: County) -> models.State:
    """The database answers too; 503 otherwise."""
    county.store.check()
    return models.State(state="ready")


@router.get("/metrics", response_class=PlainTextResponse, responses=problems())
def metrics(county: County, request: Request) -> str:
    """Counters of this process and figures of the county, one per line."""
    return "".join(f"{line}\n" for line in metrics_of(request).lines(county.store.read(_gauges)))


def _gauges(session: Session) -> Mapping[str, int]:
    places = session.chains.places().values()
    blobs, blob_bytes = session.blobs.totals()
    return {
        "changesets": session.log.count(),
        "devices": len(session.devices.all()),
        "chains_waiting": sum(not place.is_applied for place in places),
        "quarantine": session.incidents.count(),
        "conflicts": session.records.conflicts(),
        "blobs": blobs,
        "blob_bytes": blob_bytes,
    }
