"""The files of the seal keys: how a new one takes the place of an old one while others read them.

The operator lays the new key beside the old one, as `<code>.next.p12` with `<code>.next.pass` (or `.next.pkcs11` with
`.next.pem`). Whoever reads in the midst of the change finds the old key or the new one, never neither: for a moment the
passphrase file holds both passphrases.
"""

import errno
import os
import secrets
import stat
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError

ENDINGS = ("p12", "pkcs11", "pem", "pass")
RETIRED = "retired"


class SealFolderReadOnly(PortalError):
    code = "seal_folder_read_only"

    def __init__(self, folder: Path):
        super().__init__(
            _("登记已完成，但 %(folder)s 不可写：请自行用 .next 文件替换原密钥文件。在此之前不会签章。")
            % {"folder": folder}
        )


def next_stem(code: str) -> str:
    return f"{code}.next"


def has_next(folder: Path, code: str) -> bool:
    """Whether a whole next key lies there."""
    stem = next_stem(code)
    return (folder / f"{stem}.p12").exists() or (folder / f"{stem}.pkcs11").exists()


def is_half_placed(folder: Path, code: str) -> bool:
    """Whether a change was interrupted when only the passphrase was left to move."""
    return (folder / f"{next_stem(code)}.pass").exists() and not has_next(folder, code)


def put_in_place(folder: Path, code: str, *, old_key_id: str) -> None:
    """The next key becomes the key; the old one goes to `retired/`. Killed midway and repeated, it comes to its end."""
    try:
        _keep_old(folder, code, old_key_id)
        _move_next(folder, code)
    except PermissionError as error:
        raise SealFolderReadOnly(folder) from error
    except OSError as error:
        if error.errno == errno.EROFS:
            raise SealFolderReadOnly(folder) from error
        raise


def _keep_old(folder: Path, code: str, old_key_id: str) -> None:
    retired = folder / RETIRED
    retired.mkdir(mode=0o700, exist_ok=True)
    for ending in ENDINGS:
        source, kept = folder / f"{code}.{ending}", retired / f"{code}-{old_key_id[:16]}.{ending}"
        if source.exists() and not kept.exists():
            os.link(source, kept)


def _move_next(folder: Path, code: str) -> None:
    passphrase, fresh = folder / f"{code}.pass", folder / f"{next_stem(code)}.pass"
    for path in folder.glob(f"{next_stem(code)}.*"):
        _readable_like(passphrase, path)
    if has_next(folder, code):
        _replace(passphrase, fresh.read_bytes().strip() + b"\n" + _first_line(passphrase))
    for ending in ("pem", "pkcs11", "p12"):
        if (folder / f"{next_stem(code)}.{ending}").exists():
            (folder / f"{next_stem(code)}.{ending}").replace(folder / f"{code}.{ending}")
            _drop_other_kind(folder, code, ending)
    fresh.replace(passphrase)


def _drop_other_kind(folder: Path, code: str, ending: str) -> None:
    """A key that moved into a token leaves no file behind, and the other way about."""
    other = {"p12": ("pkcs11", "pem"), "pkcs11": ("p12",)}.get(ending, ())
    for name in other:
        (folder / f"{code}.{name}").unlink(missing_ok=True)


def _readable_like(old: Path, new: Path) -> None:
    """Whoever reads the old one reads the new one: the change may be made by root for another user."""
    found = old.stat()
    new.chmod(stat.S_IMODE(found.st_mode))
    if os.geteuid() == 0:
        os.chown(new, found.st_uid, found.st_gid)


def _first_line(path: Path) -> bytes:
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    return lines[0].strip() if lines else b""


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    _readable_like(path, draft)
    draft.replace(path)
