"""The application that uvicorn runs: routes, limits, and words for everything that goes wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from fangshan_desk import __version__
from fangshan_desk.server.api import blobs, devices, exchange, state
from fangshan_desk.server.api.observing import Metrics, Observing
from fangshan_desk.server.api.request_limits import RequestLimits
from fangshan_desk.server.county import CountyServer
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.backend import StoreUnavailableFailure
from fangshan_desk.support.logs import EventLog
from fangshan_desk.support.request_signing import CHALLENGE_HEADER
from fangshan_desk.support.text import chinese_texts

_BY_STATUS = {404: ProblemCode.NOT_FOUND, 405: ProblemCode.METHOD}


def build_application(county: CountyServer) -> FastAPI:
    """Everything a process needs to serve this county."""
    application = FastAPI(
        title="fangshan-desk county server",
        version=__version__,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    application.state.county = county
    application.state.metrics = Metrics()
    for router in (exchange.router, blobs.router, devices.router, state.router):
        application.include_router(router)
    _answer_problems(application)
    # The last one added is the outermost.
    application.add_middleware(RequestLimits, refuse=_refuse)
    application.add_middleware(Observing, metrics=application.state.metrics)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    log = EventLog("server")
    log.info("started", version=__version__)
    # What an earlier process had kept but not merged.
    county: CountyServer = application.state.county
    await run_in_threadpool(county.applier.catch_up)
    yield
    log.info("stopped")


def _answer_problems(application: FastAPI) -> None:
    log = EventLog("server")

    @application.exception_handler(RequestRefusedError)
    async def refused(request: Request, error: RequestRefusedError) -> Response:
        county: CountyServer = request.app.state.county
        return _problem(error.code, challenge=county.challenges.make())

    @application.exception_handler(RequestValidationError)
    async def malformed(_request: Request, _error: RequestValidationError) -> Response:
        return _problem(ProblemCode.MALFORMED)

    @application.exception_handler(HTTPException)
    async def unknown(_request: Request, error: HTTPException) -> Response:
        return _problem(_BY_STATUS.get(error.status_code, ProblemCode.MALFORMED))

    @application.exception_handler(StoreUnavailableFailure)
    async def unavailable(_request: Request, error: StoreUnavailableFailure) -> Response:
        log.warning("store unavailable", error=error)
        return _problem(ProblemCode.UNAVAILABLE)

    @application.exception_handler(Exception)
    async def broken(_request: Request, error: Exception) -> Response:
        log.error("request failed", error=error)
        return _problem(ProblemCode.INTERNAL)


def _problem(code: ProblemCode, *, challenge: str = "") -> Response:
    content = {"code": code.value, "message": chinese_texts()(code.text_key), "retry": code.may_retry}
    headers = {CHALLENGE_HEADER: challenge} if challenge else {}
    if code.may_retry:
        headers["Retry-After"] = "5"
    return JSONResponse(content, status_code=code.status, headers=headers)


async def _refuse(scope: Scope, receive: Receive, send: Send, code: ProblemCode) -> None:
    await _problem(code)(scope, receive, send)
