"""Ed25519 signatures of devices and of the county."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEED_BYTES = 32
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64


class SigningKey:
    """The private key of a device or a county, from its 32-byte seed."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._private.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """The 64-byte signature."""
        return self._private.sign(content)

    def __repr__(self) -> str:
        return f"SigningKey(public_key={self.public_key.hex()})"


class VerifyingKey:
    """A public key made ready once, for many signatures."""

    def __init__(self, public_key: bytes) -> None:
        self._public = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(self, signature: bytes, content: bytes) -> bool:
        """Whether the holder of the private key signed exactly this."""
        try:
            self._public.verify(signature, content)
        except InvalidSignature:
            return False
        return True


def verify(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether this key signed exactly this; a malformed key or signature is simply not valid."""
    try:
        return VerifyingKey(public_key).verify(signature, content)
    except ValueError:
        return False
