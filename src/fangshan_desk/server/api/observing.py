"""What the server tells those who run it: one log line and some counters for each request, nobody's data."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fangshan_desk.support.logs import EventLog

_SECONDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
_UNKNOWN_ROUTE = "unknown"


class Metrics:
    """Counters since this process started, in the text form that monitoring programs read."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.seconds: Counter[tuple[str, float]] = Counter()
        self.events: Counter[str] = Counter()

    def saw(self, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self.requests[route, status] += 1
        for limit in _SECONDS:
            if seconds <= limit:
                self.seconds[route, limit] += 1
        self.seconds[route, float("inf")] += 1

    def lines(self, gauges: Mapping[str, int]) -> Iterator[str]:
        """One measurement per line."""
        for (route, status), count in sorted(self.requests.items()):
            yield f'fangshan_requests_total{{route="{route}",status="{status}"}} {count}'
        for (route, limit), count in sorted(self.seconds.items()):
            name = "+Inf" if limit == float("inf") else f"{limit:g}"
            yield f'fangshan_request_seconds_bucket{{route="{route}",le="{name}"}} {count}'
        for name, count in sorted(self.events.items()):
            yield f'fangshan_entries_total{{outcome="{name}"}} {count}'
        for name, value in sorted(gauges.items()):
            yield f"fangshan_{name} {value}"


def metrics_of(request: Request) -> Metrics:
    """The counters of this application."""
    found: Metrics = request.app.state.metrics
    return found


class Observing:
    """Counts and logs every request by its route, never by its address."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._log = EventLog("server.requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 500, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            seconds = time.perf_counter() - started
            route = _route(scope)
            self._metrics.saw(route, status, seconds)
            self._log.info(
                "answered",
                operation=route,
                http_status=status,
                bytes=size,
                milliseconds=round(seconds * 1000),
            )


def _route(scope: Scope) -> str:
    # The template: what stands in an address could name an attachment or a person's record.
    return str(getattr(scope.get("route"), "path", _UNKNOWN_ROUTE))
