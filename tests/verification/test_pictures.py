"""A picture of the QR: read from whatever a phone makes, kept nowhere, and never followed to where it leads."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.certificates.services import ExaminersBusy
from apps.verification.services import PictureUnread, pictures, qr_in_picture
from tests.factories import certificates as factory
from tests.verification.pictures import at_an_angle, encoded, qr, screenshot

CODE = "5F1D3233G4R5MGAN3DYPJSFX90"
FRAGMENT = "0ZX8" * 50
OURS = f"http://localhost:8000/v/{CODE}#{FRAGMENT}"


@pytest.fixture(autouse=True)
def _our_host(settings):
    settings.PUBLIC_URL = "http://localhost:8000"


@pytest.mark.parametrize(
    ("picture", "how"),
    [
        (screenshot(OURS), {"kind": "PNG"}),
        (at_an_angle(OURS), {"kind": "JPEG", "quality": 70}),
        (at_an_angle(OURS), {"kind": "HEIF"}),
        (qr(OURS).rotate(90), {"kind": "WEBP"}),
    ],
    ids=["screenshot", "at an angle", "HEIC", "lying on its side"],
)
def test_our_qr_is_read_from_what_a_phone_makes(picture, how):
    found = qr_in_picture(encoded(picture, **how))
    assert (found.code, found.fragment) == (CODE, FRAGMENT)


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [
        (f"https://cicpa-verify.example/v/{CODE}", "cicpa-verify.example"),
        (f"http://localhost:8000@evil.example/v/{CODE}", "evil.example"),
        (f"http://localhost.evil.example:8000/v/{CODE}", "localhost.evil.example"),
        (f"http://localhost:8001/v/{CODE}", "localhost"),
        (f"http://lоcalhost:8000/v/{CODE}", "xn--lcalhost-nbh"),
        ("http://localhost:8000/signin/", "localhost"),
        (f"javascript://localhost:8000/v/{CODE}", "localhost"),
        ("WIFI:S:cafe;P:secret;;", ""),
        ("http://[broken/v/x", ""),
    ],
)
def test_qr_that_is_not_ours_names_where_it_leads(text, leads_to):
    found = pictures._understood(text)
    assert (found.code, found.leads_to) == ("", leads_to)


def test_ours_is_found_beside_another():
    both = Image.new("RGB", (1600, 700), "white")
    both.paste(qr("https://evil.example/", module=12), (0, 0))
    both.paste(qr(OURS, module=5), (800, 0))
    assert qr_in_picture(encoded(both)).code == CODE


def bomb() -> bytes:
    return encoded(Image.new("1", (12_000, 12_000)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (encoded(Image.new("RGB", (300, 300), "white")), "没有找到二维码"),
        (b"\xff\xd8\xff broken", "打不开这张图片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "打不开这张图片"),
        (bomb(), "图片太大"),
    ],
    ids=["no code", "broken", "SVG", "bomb"],
)
def test_picture_that_is_of_no_use_gets_a_sentence(content, sentence):
    with pytest.raises(PictureUnread) as refusal:
        qr_in_picture(content)
    assert sentence in str(refusal.value)


def test_third_picture_at_a_time_waits_and_is_told_so(monkeypatch):
    monkeypatch.setattr(pictures, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pictures, "WAIT", 0.01)
    with pictures._places, pytest.raises(ExaminersBusy):
        qr_in_picture(b"")


@pytest.mark.django_db
class TestPage:
    def send(self, client, content: bytes, way="picture"):
        return client.post("/verify/", {"way": way, way: SimpleUploadedFile("a.jpg", content)})

    def test_our_qr_leads_to_its_page_with_what_is_for_the_page_alone(self, client):
        answer = self.send(client, encoded(screenshot(OURS)))
        assert answer["Location"] == f"/v/{CODE}#{FRAGMENT}"

    def test_foreign_qr_is_a_warning_and_no_link(self, client):
        text = self.send(client, encoded(qr("https://evil.example/v/x"))).content.decode()
        assert "不是我们的" in text
        assert "evil.example" in text
        assert 'href="https://evil' not in text

    def test_picture_given_as_file_and_pdf_given_as_picture_are_understood(self, client, drawn_quickly):
        certificate = factory.make_certificate()
        address = f"http://localhost:8000/v/{certificate.code}"
        assert self.send(client, encoded(qr(address)), "file")["Location"] == f"/v/{certificate.code}"
        assert "无法读取" in self.send(client, b"%PDF-1.7 nothing").content.decode()

    def test_nothing_of_the_picture_is_kept(self, client, tmp_path):
        self.send(client, encoded(screenshot(OURS)))
        assert list((tmp_path / "files").rglob("*")) == []

    def test_large_and_missing_pictures_get_a_sentence(self, client, monkeypatch):
        monkeypatch.setattr("apps.verification.forms.checking.MAX_PICTURE", 10)
        assert "超过了 20 MB" in self.send(client, io.BytesIO(b"x" * 11).getvalue()).content.decode()
        assert "请选择二维码的照片" in client.post("/verify/", {"way": "picture"}).content.decode()

    def test_camera_may_be_used_on_this_page_alone(self, client):
        assert "camera=(self)" in client.get("/verify/")["Permissions-Policy"]
        assert "camera=()" in client.get("/")["Permissions-Policy"]
