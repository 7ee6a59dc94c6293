"""A county server that really answers on this machine, in a thread of the tests."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx

from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.server.api.application import build_application
from fangshan_desk.server.county import CountyServer
from fangshan_desk.server.identity import ServerFolder
from fangshan_desk.server.running import Address, make_server
from fangshan_desk.server.store.devices import Assignment
from tests.helpers.county_client import CountyClient
from tests.helpers.laptops import Laptop


@dataclass
class RunningCounty:
    """A server that answers on this machine, and its parts."""

    county: CountyServer
    url: str
    folder: ServerFolder
    _open: ExitStack

    def client(self, laptop: Laptop, role: Role | None = Role.HRSS, *townships: str) -> CountyClient:
        """A laptop that can speak to it; with a role it is enrolled already."""
        verify = (
            ssl.create_default_context(cafile=str(self.folder.certificate)) if "https" in self.url else True
        )
        http = self._open.enter_context(httpx.Client(base_url=self.url, verify=verify, trust_env=False))
        made = CountyClient(http, laptop, self.county.county, self.county.keys.signing.public_key)
        if role is not None:
            body = Body.TOWN if role is Role.TOWN else Body.HRSS
            given = Assignment(officer=laptop.name, body=body, role=role, townships=townships)
            answer = made.enrol(self.county.enrolment.make_code(given))
            assert answer.status_code == 200, answer.text
        return made


@contextmanager
def answering(
    county: CountyServer, folder: ServerFolder, *, with_tls: bool = False
) -> Iterator[RunningCounty]:
    """Run the county's application by the real server in a thread."""
    started, ports = threading.Event(), list[int]()

    def announce(port: int) -> None:
        ports.append(port)
        started.set()

    certificate = (folder.certificate, folder.certificate_key) if with_tls else (None, None)
    server = make_server(build_application(county), Address("127.0.0.1", 0, *certificate), announce=announce)
    thread = threading.Thread(target=server.run, name="county server")
    thread.start()
    try:
        assert started.wait(20)
        scheme = "https" if with_tls else "http"
        with ExitStack() as opened:
            yield RunningCounty(county, f"{scheme}://127.0.0.1:{ports[0]}", folder, opened)
    finally:
        server.should_exit = True
        thread.join()
