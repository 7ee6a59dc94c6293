"""Bounds on what anybody may send: bytes, time, and what one laptop sends in a day."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from fangshan_desk.server.problems import ProblemCode, RequestRefusedError

LARGEST_REQUEST = 20 * 1024 * 1024
SECONDS_FOR_A_REQUEST = 120.0
BYTES_A_DAY = 2 * 1024 * 1024 * 1024
Refuse = Callable[[Scope, Receive, Send, ProblemCode], Awaitable[None]]


class RequestLimits:
    """Refuses a request that says it is too large before any of it is read."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _announced(scope) > LARGEST_REQUEST:
            await self._refuse(scope, receive, send, ProblemCode.TOO_LARGE)
            return
        await self._app(scope, receive, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            # More digits than any size: as good as too large.
            return int(value) if value.isdigit() and len(value) < 16 else LARGEST_REQUEST + 1
    return 0


async def bounded_body(request: Request, *, most: int = LARGEST_REQUEST) -> bytes:
    """The whole body, or RequestRefusedError when it grows too large or comes too slowly."""
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(SECONDS_FOR_A_REQUEST):
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise RequestRefusedError(ProblemCode.TOO_LARGE)
                pieces.append(piece)
    except TimeoutError as error:
        raise RequestRefusedError(ProblemCode.TOO_SLOW) from error
    return b"".join(pieces)
