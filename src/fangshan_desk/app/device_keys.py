"""Which signing keys this laptop knows, and which of them the county stands behind."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from fangshan_desk.app.press import key_mark
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.domain.records.people import Device
from fangshan_desk.letters.verification_code import PublicKeyEntry
from fangshan_desk.support.certificates import certificate_problem, read_certificate

_KEY_BYTES = 32


class DeviceKeys:
    """Looks keys up by the mark a code carries; ``own`` is this laptop, which trusts itself."""

    def __init__(
        self, devices: Sequence[Device], county_keys: Sequence[str], own: Device, *, offset_minutes: int
    ) -> None:
        self._own = own
        self._offset = offset_minutes
        self._county_keys = [key for key in map(_unhexed, county_keys) if len(key) == _KEY_BYTES]
        known = {device.id: device for device in (*devices, own)}
        self._devices = {key_mark(_unhexed(device.public_key)): device for device in known.values()}

    def device(self, mark: bytes) -> Device | None:
        """The laptop whose key has this mark."""
        return self._devices.get(mark)

    def entry(self, mark: bytes, *, signed_on: date) -> PublicKeyEntry | None:
        """Its key, whether it was certified on the day of the signature, and since when it is revoked."""
        device = self._devices.get(mark)
        if device is None:
            return None
        revoked = device.revoked_at and local_date(device.revoked_at, self._offset)
        is_certified = device.id == self._own.id or self._is_certified(device, signed_on)
        return PublicKeyEntry(_unhexed(device.public_key), is_certified=is_certified, revoked_on=revoked)

    def _is_certified(self, device: Device, signed_on: date) -> bool:
        signed = read_certificate(_certificate_bytes(device))
        if signed is None:
            return False
        certificate = signed.certificate
        if certificate.device_id != device.id or certificate.public_key != _unhexed(device.public_key):
            return False
        # The whole day counts: a laptop prints on the day it is enrolled.
        at = datetime.combine(signed_on, time.max, UTC)
        # Whose county it is stands in the key: only the county's own signature fits it.
        return any(
            certificate_problem(signed, key, county_id=certificate.county_id, at=at) is None
            for key in self._county_keys
        )


def _certificate_bytes(device: Device) -> bytes:
    try:
        return base64.b64decode(str((device.certificate or {}).get("value", "")), validate=True)
    except (ValueError, binascii.Error):
        return b""


def _unhexed(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
