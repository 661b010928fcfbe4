"""CPU per certificate: the naive way beside ours, in interleaved rounds of one run, both with two seals.

    python -m bench.certificates [--rounds 10]

Naive: the whole page by a fresh `write_pdf()`, two RSA-2048 signers read from their PKCS#12 files at every signature.
Ours: the ground drawn once a process, the member's words laid over it, two P-256 keys kept in memory.
Every output of both is validated. Absolute times drift with the machine; the ratio of one run holds.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

os.environ.setdefault("PORTAL_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter  # noqa: E402
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402

from apps.certificates.services import check_pdf, specimen_keys  # noqa: E402
from apps.certificates.services.page import STYLESHEET, TEMPLATE, render_certificate, seal_boxes, whole_page_context  # noqa: E402
from apps.certificates.services.seal_keys import seal_key  # noqa: E402
from apps.certificates.services.sealing import Seal, seal_pdf  # noqa: E402
from tests.factories.certificates import NATIONAL, ZHEJIANG, portrait, statement  # noqa: E402

BODIES = [ZHEJIANG, NATIONAL]
NAMES = ["王芳", "欧阳娜娜", "李小明", "阿卜杜拉·买买提", "张伟", "陈静", "刘洋", "赵敏"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        naive_folder, our_folder = Path(folder, "rsa"), Path(folder, "p256")
        make_keys(naive_folder, rsa_keys=True)
        make_keys(our_folder, rsa_keys=False)
        settings.SEALS_DIR = our_folder
        report(*measure(rounds, naive_folder))


def make_keys(folder: Path, *, rsa_keys: bool) -> None:
    bodies = [(body.code, body.name) for body in BODIES]
    algorithm = specimen_keys.RSA if rsa_keys else specimen_keys.P256
    specimen_keys.make_specimen_keys(folder, bodies, now=datetime.now(UTC), algorithm=algorithm)


def measure(rounds: int, naive_folder: Path) -> tuple[list[float], list[float]]:
    our_folder, naive, ours, photo = settings.SEALS_DIR, [], [], portrait()
    ours_once(statement(), photo)  # the first one reads fonts and draws the ground
    for turn in range(rounds):
        said = statement(name=NAMES[turn % len(NAMES)])
        for times, folder, make in ((naive, naive_folder, naive_once), (ours, our_folder, ours_once)):
            started = time.process_time()
            sealed = make(said, photo) if make is ours_once else make(said, photo, folder)
            times.append((time.process_time() - started) * 1000)
            validate(sealed, folder)
    return naive, ours


def ours_once(said, photo: bytes) -> bytes:
    pdf = render_certificate(said, photo, BODIES, specimen=True)
    seals = [Seal(seal_key(body.code), box, said.code) for body, box in zip(BODIES, seal_boxes(2), strict=True)]
    return seal_pdf(pdf, seals, now=datetime.now(UTC))


def naive_once(said, photo: bytes, folder: Path) -> bytes:
    html = render_to_string(TEMPLATE, whole_page_context(said, photo, BODIES, specimen=True))
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


def validate(sealed: bytes, folder: Path) -> None:
    kept, settings.SEALS_DIR = settings.SEALS_DIR, folder
    check = check_pdf(sealed, now=datetime.now(UTC))
    settings.SEALS_DIR = kept
    if len(check.seals) != 2 or not check.is_trusted or not check.whole_file:
        raise SystemExit(f"an output did not validate: {check}")


def report(naive: list[float], ours: list[float]) -> None:
    slow, quick = statistics.median(naive), statistics.median(ours)
    print(f"naive  {slow:7.1f} ms CPU a certificate (median of {len(naive)})")
    print(f"ours   {quick:7.1f} ms CPU a certificate (median of {len(ours)})")
    print(f"ratio  {slow / quick:7.1f} x")


if __name__ == "__main__":
    main()
