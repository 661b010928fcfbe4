"""A token in software (SoftHSM 2) for tests: keys that never leave it, and a module that can be taken away."""

import os
import secrets
import subprocess
from pathlib import Path

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "4711"


def module() -> str:
    """The library's path; empty where the package softhsm2 is not installed."""
    return next((path for path in MODULES if Path(path).exists()), "")


def make_token(folder: Path, label: str) -> None:
    """An empty token. SoftHSM finds it by the environment, which its library reads once a process."""
    (folder / "tokens").mkdir(parents=True)
    settings_file = folder / "softhsm2.conf"
    settings_file.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings_file)
    arguments = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", PIN]
    subprocess.run(arguments, check=True, capture_output=True)


def put_key(folder: Path, pkcs8: bytes, *, token: str, label: str) -> None:
    """Import a private key (PEM, PKCS#8) into the token."""
    source = folder / f"{label}.pk8"
    source.write_bytes(pkcs8)
    named = ["--token", token, "--label", label, "--id", secrets.token_hex(4), "--pin", PIN]
    arguments = ["softhsm2-util", "--import", source, *named]
    subprocess.run(arguments, check=True, capture_output=True)
    source.unlink()
