"""CPU per certificate: the naive way beside both of ours, in interleaved rounds of one run, all with two seals.

    python -m bench.certificates [--rounds 10]

Naive: the whole page by a fresh `write_pdf()`, the code by qrcode, two RSA-2048 signers read from their PKCS#12 files
at every signature. Plain: the ground drawn once a process, the member's words laid over it, the seals by pyHanko with
keys kept in memory. Fast: all that differs written in one pass, with P-256 and, for comparison, with RSA-2048 keys.
Nobody sets a time stamp. Every output is validated; the fast way makes a dozen in each turn, of other names each time.
Absolute times drift with the machine; the ratio of one run holds.
"""

import argparse
import logging
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

os.environ.setdefault("PORTAL_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

import django

django.setup()

import pikepdf  # noqa: E402
import qrcode  # noqa: E402
from django.conf import settings  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter  # noqa: E402
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402

from apps.certificates.services import check_pdf, specimen_keys  # noqa: E402
from apps.certificates.services.making import seal_plainly  # noqa: E402
from apps.certificates.services.one_pass import seal_in_one_pass  # noqa: E402
from apps.certificates.services.page import (  # noqa: E402
    STYLESHEET,
    TEMPLATE,
    check_address,
    seal_boxes,
    whole_page_context,
)
from apps.certificates.services.seal_keys import seal_key  # noqa: E402
from apps.certificates.services.sealing import Seal  # noqa: E402
from tests.factories.certificates import NATIONAL, ZHEJIANG, portrait, statement  # noqa: E402

BODIES = [ZHEJIANG, NATIONAL]
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志"
IN_A_TURN = 12
"""Of the fast way, so that the clock of the system can tell."""
TOKEN = "7N1TSQR16R7K9V8CDRN6KFGQE1" * 8
MEMBERS, CORES = 364_000, 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        rsa_folder, p256_folder = Path(folder, "rsa"), Path(folder, "p256")
        make_keys(rsa_folder, rsa_keys=True)
        make_keys(p256_folder, rsa_keys=False)
        ways = {
            "naive": Way(naive_once, rsa_folder),
            "plain": Way(sealed_by(seal_plainly), p256_folder),
            "fast": Way(sealed_by(seal_in_one_pass), p256_folder, IN_A_TURN),
            "fast RSA": Way(sealed_by(seal_in_one_pass), rsa_folder, IN_A_TURN),
        }
        measure(rounds, ways)
    report(ways)


@dataclass
class Way:
    """One way to make a certificate: (statement, photo, folder of keys) -> file."""

    make: Callable
    folder: Path
    in_a_turn: int = 1
    times: list[float] = field(default_factory=list)
    bytes: int = 0


def make_keys(folder: Path, *, rsa_keys: bool) -> None:
    bodies = [(body.code, body.name) for body in BODIES]
    algorithm = specimen_keys.RSA if rsa_keys else specimen_keys.P256
    specimen_keys.make_specimen_keys(folder, bodies, now=datetime.now(UTC), algorithm=algorithm)


def measure(rounds: int, ways: dict[str, Way]) -> None:
    photo, some = portrait(), random.Random(1)
    for turn in range(rounds + 1):
        for way in ways.values():
            settings.SEALS_DIR = way.folder
            members = [statement(name=name_from(some), token=TOKEN) for _ in range(way.in_a_turn)]
            started = time.process_time()
            made = [way.make(member, photo, way.folder) for member in members]
            spent = (time.process_time() - started) * 1000 / len(made)
            if turn:  # the first reads fonts and draws the ground
                way.times.append(spent)
            for sealed in made:
                validate(sealed)
            way.bytes = len(made[-1])


def name_from(some: random.Random) -> str:
    return some.choice(SURNAMES) + "".join(some.choices(GIVEN, k=some.choice([1, 2, 2])))


def sealed_by(way: Callable) -> Callable:
    def make(said, photo: bytes, _folder: Path) -> bytes:
        places = zip(BODIES, seal_boxes(2), strict=True)
        seals = [Seal(seal_key(body.code), box, said.code) for body, box in places]
        return way(said, photo, BODIES, seals, specimen=True, now=datetime.now(UTC))

    return make


def naive_once(said, photo: bytes, folder: Path) -> bytes:
    context = whole_page_context(said, photo, BODIES, specimen=True)
    context["qr"] |= {"path": naive_code(check_address(said))}
    html = render_to_string(TEMPLATE, context)
    style = CSS(string=render_to_string(STYLESHEET))
    pdf = HTML(string=html).write_pdf(stylesheets=[style], pdf_variant="pdf/a-2u")
    for place, (body, box) in enumerate(zip(BODIES, seal_boxes(2), strict=True)):
        passphrase = (folder / f"{body.code}.pass").read_bytes().strip()
        signer = SimpleSigner.load_pkcs12(folder / f"{body.code}.p12", passphrase=passphrase)
        metadata = PdfSignatureMetadata(field_name=f"Seal{place + 1}", subfilter=SigSeedSubFilter.PADES)
        field = SigFieldSpec(f"Seal{place + 1}", box=box)
        out = BytesIO()
        PdfSigner(metadata, signer=signer, new_field_spec=field).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), output=out
        )
        pdf = out.getvalue()
    return pdf


def naive_code(address: str) -> str:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(address)
    code.make(fit=True)
    rows = enumerate(code.get_matrix())
    return "".join(f"M{x} {y}.5h1" for y, row in rows for x, dark in enumerate(row) if dark)


def validate(sealed: bytes) -> None:
    check = check_pdf(sealed, now=datetime.now(UTC))
    if len(check.seals) != 2 or not check.is_trusted or not check.whole_file:
        raise SystemExit(f"an output did not validate: {check}")
    with pikepdf.open(BytesIO(sealed)) as document:
        if problems := document.check_pdf_syntax():
            raise SystemExit(f"an output is no sound PDF: {problems}")


def report(ways: dict[str, Way]) -> None:
    naive = statistics.median(ways["naive"].times)
    for name, way in ways.items():
        spent = statistics.median(way.times)
        hours = MEMBERS * spent / 1000 / 3600 / CORES
        print(
            f"{name:9} {spent:7.2f} ms CPU a certificate, {way.bytes // 1024:4} KB, ratio {naive / spent:6.1f} x, "
            f"{MEMBERS:,} on {CORES} cores {hours * 60:7.1f} min (median of {len(way.times)})"
        )


if __name__ == "__main__":
    main()
