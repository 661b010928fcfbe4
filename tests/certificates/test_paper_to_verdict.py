"""From the sealed file to paper, to a camera, to the verifier: nobody is asked on the way."""

import json
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from apps.certificates.selectors import published_keys
from apps.certificates.services import signed_status_list
from apps.documents.services import read_file
from tests.factories import certificates as factory
from tests.support.verifier import verifier

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed"),
]


@pytest.mark.parametrize("name", ["王芳", "阿卜杜热西提·买买提江·艾合买提·吐尔逊江"])
def test_what_a_camera_reads_from_the_page_is_valid_without_the_portal(tmp_path, name):
    import zxingcpp
    from PIL import Image

    certificate = factory.make_certificate(name=name, now=NOW)
    (tmp_path / "certificate.pdf").write_bytes(read_file(certificate.file))
    command = ["pdftoppm", "-r", "130", "-png", "-singlefile", tmp_path / "certificate.pdf", tmp_path / "page"]
    subprocess.run(command, check=True)
    (read,) = zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))
    keys = verifier.read_keys(json.dumps(published_keys(now=NOW)))
    lists = verifier.trusted_lists([verifier.read_status_list(signed_status_list(1, now=NOW))], keys)
    verdict = verifier.check(read.text, keys, lists, now=NOW)
    assert (verdict.word, verdict.cause) == ("valid", "")
    assert verifier.name_matches(verdict.token, name)
    assert verdict.token.number == certificate.membership.number
