"""Pages travel compressed, downloads as they are."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from cicpa_portal.compression import PageCompressionMiddleware

PAGE = "<p>会员</p>" * 200


def answer(response):
    request = RequestFactory(headers={"accept-encoding": "gzip, br"}).get("/")
    return PageCompressionMiddleware(lambda request: response)(request)


def test_page_is_compressed_and_never_twice_alike_in_length():
    answers = [answer(HttpResponse(PAGE)) for _ in range(20)]
    assert {gzip.decompress(one.content).decode() for one in answers} == {PAGE}
    assert len({len(one.content) for one in answers}) > 1, "BREACH: equal pages must not tell by their length"
    assert answers[0]["Vary"] == "Accept-Encoding"


def test_download_keeps_its_length(tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(b"%PDF-" + bytes(5000))
    response = answer(FileResponse(file.open("rb"), content_type="application/pdf"))
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == "5005"


@pytest.mark.django_db
def test_portal_compresses_its_pages(client):
    page = client.get("/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/")
