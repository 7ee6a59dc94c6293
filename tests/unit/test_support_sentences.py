"""Every failure, state and note of this layer has its sentence."""

from collections.abc import Iterator

import pytest

from fangshan_desk.support import failures
from fangshan_desk.support.certificates import CertificateProblem
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.free_space import SpaceLevel
from fangshan_desk.support.secrets import KeyStoreState, KeyStoreStatus
from fangshan_desk.support.text import chinese_texts

VALUES = {
    "path": "D:\\desk.key", "version": 2, "key_store": "secret-service", "expected": "kwallet",
    "found": "kwallet", "process": 12, "host": "PC-2", "file": "desk.key", "code": "EIO", "free_mb": 150,
}  # fmt: skip


def _failures(kind: type[EnvironmentFailure] = EnvironmentFailure) -> Iterator[type[EnvironmentFailure]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == failures.__name__:
            yield from _failures(below)


@pytest.mark.parametrize("kind", list(_failures()))
def test_every_failure_has_a_sentence(kind: type[EnvironmentFailure]) -> None:
    failure = kind(**VALUES)
    assert chinese_texts()(failure.key, **failure.values).endswith("。")


def test_no_two_failures_share_a_sentence() -> None:
    keys = [kind.key for kind in _failures()]
    assert len(keys) == len(set(keys))


def test_states_levels_problems_and_notes_have_sentences() -> None:
    keys = [KeyStoreStatus(state).text_key for state in KeyStoreState]
    keys += [level.text_key for level in SpaceLevel if level is not SpaceLevel.ENOUGH]
    keys += [problem.text_key for problem in CertificateProblem]
    keys += ["setting-file-unreadable", "setting-replaced", "cloud-folder-warning", "sample-key-note"]
    assert [key for key in keys if not chinese_texts().has(key)] == []


@pytest.mark.parametrize(
    ("store", "name"),
    [("windows-vault", "Windows 凭据管理器"), ("secret-service", "系统密钥环"), ("new", "系统密钥库")],
)
def test_a_key_store_is_called_as_the_system_calls_it(store: str, name: str) -> None:
    assert chinese_texts()("failure-key-store-unavailable", key_store=store).startswith(f"{name}没有应答")
