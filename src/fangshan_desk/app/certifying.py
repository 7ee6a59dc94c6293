"""The county's certificate for a laptop; in the invented county by a key made for the occasion."""

import base64
from datetime import timedelta

from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.domain.records.people import Device, Parameter
from fangshan_desk.support.certificates import DeviceCertificate, certify
from fangshan_desk.support.signing import SigningKey
from fangshan_desk.usecases.ports import Services, UnitOfWork

COUNTY = "141128"
COUNTY_KEY = "county_public_key"
"""Name of the parameter that carries the county's public key in hexadecimal."""
_VALID = timedelta(days=3 * 366)


def certify_device(desk: OpenDesk, *, county_seed: bytes) -> None:
    """Certify this laptop with a county key made for the occasion; the private half is not kept."""
    county = SigningKey(county_seed)
    device = desk.services.device
    now = desk.services.clock.now_utc()
    certificate = DeviceCertificate(
        device_id=device.id,
        name=device.name,
        public_key=bytes.fromhex(device.public_key),
        valid_from=now - timedelta(days=1),
        valid_to=now + _VALID,
        county_id=COUNTY,
    )
    signed = base64.b64encode(certify(certificate, county).to_bytes()).decode("ascii")

    def keep(uow: UnitOfWork, services: Services) -> None:
        uow.update(uow.get(Device, device.id), certificate={"value": signed})
        uow.insert(Parameter(id=services.new_id(), name=COUNTY_KEY, value={"value": county.public_key.hex()}))

    desk.transact(keep)
