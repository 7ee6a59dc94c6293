"""Runs the application over HTTPS until it is told to stop, and lets requests under way finish."""

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS_TO_FINISH = 20
SECONDS_FOR_A_HEAD = 20.0
_KEEP_ALIVE_SECONDS = 30
_CONNECTIONS = 1000
_LARGEST_HEAD = 64 * 1024


@dataclass(frozen=True)
class Address:
    """Where the server listens; without a certificate a proxy on this machine does TLS."""

    host: str
    port: int
    certificate: Path | None = None
    certificate_key: Path | None = None


class PatientProtocol(H11Protocol):
    """Closes a connection that does not say what it wants."""

    def connection_made(self, transport: object) -> None:
        """The head of the first request has to come soon."""
        super().connection_made(transport)  # type: ignore[arg-type]  # the loop's own transport
        self.loop.call_later(SECONDS_FOR_A_HEAD, self._close_if_silent)

    def _close_if_silent(self) -> None:
        is_silent = getattr(self, "cycle", None) is None
        if is_silent and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the port once requests are answered."""
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            self._announce(int(port))

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop gracefully; uvicorn's own version would raise the signal once more and end everything."""
        former = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            # Not in the main thread: whoever runs us there stops us by other means.
            with contextlib.suppress(ValueError):
                former[number] = signal.signal(number, self.handle_exit)
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def make_server(application: FastAPI, address: Address, *, announce: Callable[[int], None]) -> uvicorn.Server:
    """A server ready to run; ``announce`` gets the port when it answers."""
    config = uvicorn.Config(
        application,
        host=address.host,
        port=address.port,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.certificate_key,
        http=PatientProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        lifespan="on",
    )
    return _Server(config, announce)


def own_address() -> str:
    """Under which other machines of the office network reach this one, as far as it can be told."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this only asks the system which way it would go.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
