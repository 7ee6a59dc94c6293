"""Speaks to a county server as a laptop does: signed requests, bundles, chunks."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from fangshan_desk.support.request_signing import (
    CHALLENGE_HEADER,
    enrolment_content,
    request_content,
    signed_headers,
)
from fangshan_desk.support.signing import VerifyingKey
from fangshan_desk.sync.protocol import BundleReader, Preface, write_bundle
from tests.helpers.laptops import Laptop


@dataclass
class Pulled:
    """A bundle from the server, its signature checked."""

    preface: Preface
    entries: list[bytes]
    is_last: bool


@dataclass
class CountyClient:
    """One laptop's connection."""

    http: httpx.Client
    laptop: Laptop
    county: str
    public_key: bytes
    challenge: str = ""
    vector: dict[bytes, int] = field(default_factory=dict)

    def request(self, method: str, target: str, *, body: bytes = b"", **headers: str) -> httpx.Response:
        """A signed request; an old challenge is changed for the new one, as a laptop does."""
        if not self.challenge:
            self.challenge = str(self.http.get("/v1/hello").json()["challenge"])
        answer = self._send(method, target, body, headers)
        if answer.status_code == 401 and answer.json()["code"] == "challenge":
            self.challenge = answer.headers[CHALLENGE_HEADER]
            answer = self._send(method, target, body, headers)
        return answer

    def _send(self, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        signed = self.signed(method, target, body)
        return self.http.request(method, target, content=body, headers={**signed, **headers})

    def signed(self, method: str, target: str, body: bytes) -> dict[str, str]:
        """The headers that prove who asks."""
        content = request_content(
            county=self.county, method=method, target=target, body=body, challenge=self.challenge
        )
        return signed_headers(
            device=self.laptop.device, challenge=self.challenge, signature=self.laptop.key.sign(content)
        )

    def post(self, target: str, message: Any) -> httpx.Response:
        """A signed JSON message."""
        return self.request("POST", target, body=httpx.Request("POST", "http://x", json=message).content)

    def enrol(self, secret: bytes, **fields: str) -> httpx.Response:
        """Ask to be let in."""
        laptop = self.laptop
        content = enrolment_content(
            county=self.county, secret=secret, device=laptop.device, public_key=laptop.key.public_key
        )
        message = {
            "secret": secret.hex(),
            "device": laptop.device.hex(),
            "public_key": laptop.key.public_key.hex(),
            "proof": laptop.key.sign(content).hex(),
            "name": laptop.name,
            **fields,
        }
        return self.http.post("/v1/enrol", json=message)

    def bundle(self, *entries: bytes, **preface: Any) -> bytes:
        """The bytes of a push."""
        given = Preface(**{"sender": self.laptop.device, **preface})
        return write_bundle(entries, given, self.laptop.key.sign)

    def push(self, *entries: bytes, **preface: Any) -> httpx.Response:
        """Send entries in one bundle."""
        return self.request("POST", "/v1/push", body=self.bundle(*entries, **preface))

    def pull(self, have: Mapping[bytes, int] | None = None, *, most_bytes: int = 4_000_000) -> Pulled:
        """One page of what is lacking."""
        places = [{"device": device.hex(), "sequence": n} for device, n in (have or {}).items()]
        answer = self.post("/v1/pull", {"have": places, "most_bytes": most_bytes})
        assert answer.status_code == 200, answer.text
        return self.read(answer)

    def read(self, answer: httpx.Response) -> Pulled:
        """Open a bundle as its receiver does."""
        reader = BundleReader(io.BytesIO(answer.content).read)
        entries = [entry for frame in reader.frames() for entry in frame]
        reader.check_signature(VerifyingKey(self.public_key).verify)
        assert reader.preface.receiver == self.laptop.device
        return Pulled(reader.preface, entries, answer.headers["X-Fangshan-Last"] == "1")
