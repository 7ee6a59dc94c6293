"""A throw-away PostgreSQL cluster that belongs to an unprivileged user and dies with the tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SUPERUSER = "postgres"
PORT = 5432
# A cluster refuses to run as root: it gets an account that owns nothing else.
_ACCOUNTS = ("postgres", "nobody")
# For contract tests only; where durability is the question the cluster is started with ``is_durable``.
_HASTY = ("-c fsync=off", "-c full_page_writes=off")


class NoPostgresError(RuntimeError):
    """There is no PostgreSQL on this machine, or no account that could run it."""


def postgres_programs() -> Path:
    """The folder with initdb and pg_ctl; NoPostgresError says what is missing."""
    # Debian keeps them out of the search path, one folder per version.
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_version(path))
    found = shutil.which("initdb")
    folders += [Path(found).resolve().parent] if found else []
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise NoPostgresError("PostgreSQL is not installed (scripts/install_system_packages.sh test)")


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


class PostgresCluster:
    """Initialised and started at once; reached through a socket in its own folder."""

    def __init__(self, *, is_durable: bool = False, settings: tuple[str, ...] = ()) -> None:
        self._programs = postgres_programs()
        self._account = _unprivileged_account()
        # Sockets have short names only, so the folder is not one of pytest's.
        self.folder = Path(tempfile.mkdtemp(prefix="fsd-pg-"))
        self.data = self.folder / "data"
        self._settings = (*(() if is_durable else _HASTY), *settings)
        try:
            self._prepare()
            self.start()
        except BaseException:
            self.remove()
            raise

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """Where SQLAlchemy finds a database of this cluster."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}&port={PORT}"

    def start(self) -> None:
        """Start, or start again after a crash."""
        options = ["-c listen_addresses=''", f"-c unix_socket_directories={self.folder}", f"-c port={PORT}"]
        options += ["-c max_connections=120", "-c shared_buffers=32MB", *self._settings]
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-o", " ".join(options), "start")

    def stop(self, mode: str = "immediate") -> None:
        """``immediate`` is what a power cut looks like to the database."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop if it runs, and leave nothing behind."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _prepare(self) -> None:
        if self._account is not None:
            os.chown(self.folder, self._account[0], self._account[1])
        given = ["-A", "trust", "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", self.data, "--no-sync", *given)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        who: dict[str, Any] = {}
        if self._account is not None:
            who = {"user": self._account[0], "group": self._account[1], "extra_groups": []}
        # The server inherits the output: a pipe would never end.
        with (self.folder / "commands").open("ab") as said:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
                **who,
            )
        if done.returncode != 0:
            raise NoPostgresError(f"{program}: {(self.folder / 'commands').read_text()[-2000:]}")


def _unprivileged_account() -> tuple[int, int] | None:
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise NoPostgresError("running as root, and no account postgres or nobody to start PostgreSQL with")
