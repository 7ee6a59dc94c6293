"""The server's own secrets: the county's signing key, the key of its file, and its TLS certificate."""

import hashlib
import ipaddress
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.atomic_files import write_atomically
from fangshan_desk.support.key_wraps import derive
from fangshan_desk.support.signing import SigningKey

DEFAULT_COUNTY = "141128"
_SEED_BYTES = 32
# Laptops know the certificate by its fingerprint; dates would only lock out a laptop with a wrong clock.
_FROM, _TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


class ServerKeyMissingError(ExpectedError):
    """There is a database but not the key file it was made with: ``folder``."""

    key = "server-key-missing"


class ServerKeyDamagedError(ExpectedError):
    """The key file cannot be read: ``file``."""

    key = "server-key-damaged"


@dataclass(frozen=True)
class ServerFolder:
    """Where one server keeps its secrets and, without PostgreSQL, everything else."""

    folder: Path

    @property
    def key_file(self) -> Path:
        return self.folder / "county.key"

    @property
    def database(self) -> Path:
        return self.folder / "county.db"

    @property
    def certificate(self) -> Path:
        return self.folder / "server-certificate.pem"

    @property
    def certificate_key(self) -> Path:
        return self.folder / "server-certificate.key"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def create(self) -> None:
        """Make the folder, closed to other accounts."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)


class CountyKeys:
    """Everything that follows from the county's seed."""

    def __init__(self, county: str, seed: bytes) -> None:
        self.county = county
        self._seed = seed
        self.signing = SigningKey(derive(seed, "county-server/signing"))

    @property
    def database_key(self) -> bytes:
        """Opens the embedded file."""
        return derive(self._seed, "county-server/database")

    @property
    def challenge_key(self) -> bytes:
        """All servers of a county accept one another's challenges."""
        return derive(self._seed, "county-server/challenge")

    def __repr__(self) -> str:
        return f"CountyKeys(county={self.county!r})"


def open_keys(place: ServerFolder, *, county: str = DEFAULT_COUNTY) -> CountyKeys:
    """Read the key file, or make it at the first start; never beside a database that is there already."""
    if not place.key_file.exists():
        if place.database.exists():
            raise ServerKeyMissingError(folder=place.folder)
        place.create()
        content = {"version": 1, "county": county, "seed": secrets.token_hex(_SEED_BYTES)}
        write_atomically(place.key_file, json.dumps(content).encode("ascii"))
    return _read_keys(place.key_file)


def _read_keys(path: Path) -> CountyKeys:
    try:
        content = json.loads(path.read_bytes())
        seed = bytes.fromhex(content["seed"])
        if content["version"] != 1 or len(seed) != _SEED_BYTES:
            raise ValueError("another form")
        return CountyKeys(str(content["county"]), seed)
    except (ValueError, KeyError, TypeError) as error:
        raise ServerKeyDamagedError(file=path.name) from error


def ensure_certificate(place: ServerFolder) -> bytes:
    """Make the server's certificate at the first start; returns its fingerprint."""
    if not (place.certificate.exists() and place.certificate_key.exists()):
        place.create()
        private = ec.generate_private_key(ec.SECP256R1())
        write_atomically(
            place.certificate_key,
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        )
        write_atomically(place.certificate, _certificate(private), mode=0o644)
    return fingerprint_of(place.certificate)


def fingerprint_of(certificate: Path) -> bytes:
    """SHA-256 of the certificate as it is shown to who connects."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except ValueError as error:
        raise ServerKeyDamagedError(file=certificate.name) from error
    return hashlib.sha256(found.public_bytes(serialization.Encoding.DER)).digest()


def _certificate(private: ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fangshan-desk")])
    names = [
        x509.DNSName("localhost"),
        x509.DNSName("fangshan-desk"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
