"""Keys of a workspace: made at the first start, opened by passphrase and the device's key store."""

import argparse
import os

from fangshan_desk.support.data_key import DataKey, KeyLabel
from fangshan_desk.support.failures import EmptyPassphraseFailure
from fangshan_desk.support.key_file import KeyFile
from fangshan_desk.support.key_wraps import DeviceSecret
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.secrets import SecretStore
from fangshan_desk.support.signing import SigningKey

PASSPHRASE_VARIABLE = "FANGSHAN_DESK_PASSPHRASE"  # noqa: S105  # a name, not a secret


def passphrase_of(options: argparse.Namespace) -> str | None:
    """The passphrase from file or environment; None when neither is given."""
    if options.passphrase_file is not None:
        return str(options.passphrase_file.read_text(encoding="utf-8-sig")).rstrip("\r\n")
    return os.environ.get(PASSPHRASE_VARIABLE)


def create_key(workspace: Workspace, passphrase: str) -> DataKey:
    """A new data key under this passphrase, mixed with a device secret where the device keeps one."""
    name = str(workspace.folder)
    device = SecretStore().ensure(name)
    return KeyFile(workspace.key_file).create(workspace=name, passphrase=passphrase, device=device)


def create_sample_key(workspace: Workspace) -> DataKey:
    """The open key of the invented county."""
    return KeyFile(workspace.key_file).create_sample(workspace=str(workspace.folder))


def opened_key(workspace: Workspace, passphrase: str | None) -> DataKey:
    """The data key; raises a failure that says which of passphrase, key store or file is wrong."""
    file = KeyFile(workspace.key_file)
    summary = file.summary()
    if summary.is_sample:
        return file.open_sample()
    if not passphrase:
        raise EmptyPassphraseFailure
    return file.open(passphrase, device=_device_secret(summary.workspace, summary.key_store))


def change_passphrase(workspace: Workspace, old: str, new: str) -> None:
    """Wrap the key anew; the old passphrase ends when the new one has been proved."""
    file = KeyFile(workspace.key_file)
    summary = file.summary()
    old_device = _device_secret(summary.workspace, summary.key_store)
    file.change_passphrase(old, new, old_device=old_device, device=SecretStore().ensure(summary.workspace))


def is_sample(workspace: Workspace) -> bool:
    """Whether the workspace holds the invented county."""
    file = KeyFile(workspace.key_file)
    return file.exists() and file.summary().is_sample


def _device_secret(name: str, key_store: str | None) -> DeviceSecret | None:
    return SecretStore().fetch(name, key_store=key_store) if key_store else None


def device_signing_key(key: DataKey) -> SigningKey:
    """The laptop's signing key, derived so that it needs no storage of its own."""
    return SigningKey(key.sub_key(KeyLabel.DEVICE_SIGNING))
