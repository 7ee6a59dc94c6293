"""Wrapping and unwrapping the data key; suite 1: Argon2id, HKDF-SHA-256, AES-256-GCM, X25519."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fangshan_desk.support.failures import (
    EmptyPassphraseFailure,
    KeyStoreChangedFailure,
    KeyStoreUnavailableFailure,
)
from fangshan_desk.support.key_slots import SUITE, PassphraseWrap, RecoveryWrap

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_CHECK_BYTES = 16
# A forged file must not make the device reserve all its memory or compute for hours.
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1 << 20, 16, 16


@dataclass(frozen=True)
class KdfCost:
    """What one guess at the passphrase costs."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def is_sane(self) -> bool:
        """Whether Argon2 may be run with these numbers."""
        return (
            8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and 1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        )


@dataclass(frozen=True)
class DeviceSecret:
    """A secret from the device's key store, and which store holds it."""

    key_store: str
    value: bytes

    def __repr__(self) -> str:
        return f"DeviceSecret(key_store={self.key_store!r})"


def derive(key: bytes | bytearray, purpose: str, *, salt: bytes | None = None) -> bytes:
    """A key of its own for each purpose."""
    info = f"fangshan-desk/{SUITE}/{purpose}".encode()
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, info).derive(bytes(key))


def key_check(data_key: bytes | bytearray) -> bytes:
    """Tells the right data key from any other without revealing it."""
    return derive(data_key, "key-check")[:_CHECK_BYTES]


def wipe(secret: bytearray) -> None:
    """Overwrite; copies made by the interpreter or a library may remain."""
    secret[:] = bytes(len(secret))


def wrap_by_passphrase(
    data_key: bytes | bytearray,
    passphrase: str,
    *,
    workspace: str,
    device: DeviceSecret | None,
    cost: KdfCost,
) -> PassphraseWrap:
    """Wrap under a passphrase and, where there is one, the device secret."""
    draft = PassphraseWrap(
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=secrets.token_bytes(_SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        wrapped=b"",
        key_store=device.key_store if device else None,
        device_check=_device_check(device.value) if device else None,
    )
    cipher = AESGCM(_passphrase_key(draft, passphrase, device))
    wrapped = cipher.encrypt(draft.nonce, bytes(data_key), _passphrase_context(draft, workspace))
    return msgspec.structs.replace(draft, wrapped=wrapped)


def unwrap_by_passphrase(
    wrap: PassphraseWrap, passphrase: str, *, workspace: str, device: DeviceSecret | None
) -> bytearray | None:
    """The data key, or None if the passphrase is wrong; raises if the key store is not the same."""
    secret = _device_of(wrap, device)
    if not KdfCost(wrap.memory_kib, wrap.passes, wrap.lanes).is_sane():
        return None
    cipher = AESGCM(_passphrase_key(wrap, passphrase, secret))
    try:
        return bytearray(cipher.decrypt(wrap.nonce, wrap.wrapped, _passphrase_context(wrap, workspace)))
    except InvalidTag:
        return None


def new_recovery_key() -> tuple[bytes, bytes]:
    """A private and a public recovery key; the private one goes to paper or a stick, not to a laptop."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def wrap_for_recovery(data_key: bytes | bytearray, public_key: bytes, *, workspace: str) -> RecoveryWrap:
    """Seal the data key so that only the recovery key opens it."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = AESGCM(derive(shared, "recovery", salt=ephemeral_public + public_key))
    wrapped = cipher.encrypt(nonce, bytes(data_key), _recovery_context(workspace))
    return RecoveryWrap(public_key=public_key, ephemeral=ephemeral_public, nonce=nonce, wrapped=wrapped)


def unwrap_for_recovery(wrap: RecoveryWrap, private_key: bytes, *, workspace: str) -> bytearray | None:
    """The data key, or None if it was sealed for another recovery key."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        shared = private.exchange(X25519PublicKey.from_public_bytes(wrap.ephemeral))
        own_public = private.public_key().public_bytes_raw()
        cipher = AESGCM(derive(shared, "recovery", salt=wrap.ephemeral + own_public))
        return bytearray(cipher.decrypt(wrap.nonce, wrap.wrapped, _recovery_context(workspace)))
    except (InvalidTag, ValueError):
        return None


def _passphrase_key(wrap: PassphraseWrap, passphrase: str, device: DeviceSecret | None) -> bytes:
    typed = bytearray(_canonical(passphrase))
    try:
        stretched = hash_secret_raw(
            bytes(typed), wrap.salt, wrap.passes, wrap.memory_kib, wrap.lanes, KEY_BYTES, Type.ID
        )
    finally:
        wipe(typed)
    purpose = "passphrase+device" if device else "passphrase"
    return derive(stretched + (device.value if device else b""), purpose, salt=wrap.salt)


def _canonical(passphrase: str) -> bytes:
    # An input method may leave full-width digits or another normal form.
    text = unicodedata.normalize("NFKC", passphrase)
    if not text.strip():
        raise EmptyPassphraseFailure
    return text.encode("utf-8", errors="surrogatepass")


def _device_of(wrap: PassphraseWrap, device: DeviceSecret | None) -> DeviceSecret | None:
    if wrap.key_store is None:
        return None
    if device is None:
        raise KeyStoreUnavailableFailure(key_store=wrap.key_store)
    same_secret = hmac.compare_digest(wrap.device_check or b"", _device_check(device.value))
    if device.key_store != wrap.key_store or not same_secret:
        raise KeyStoreChangedFailure(expected=wrap.key_store, found=device.key_store)
    return device


def _device_check(secret: bytes) -> bytes:
    return hmac.digest(secret, b"fangshan-desk device check", hashlib.sha256)[:_CHECK_BYTES]


def _passphrase_context(wrap: PassphraseWrap, workspace: str) -> bytes:
    cost = f"{wrap.memory_kib}|{wrap.passes}|{wrap.lanes}"
    return f"{SUITE}|passphrase|{workspace}|{cost}|{wrap.key_store or ''}".encode()


def _recovery_context(workspace: str) -> bytes:
    return f"{SUITE}|recovery|{workspace}".encode()
