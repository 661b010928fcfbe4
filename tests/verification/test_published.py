"""What programs fetch: keys and status lists, cacheable, without cookies, the same for everybody."""

import json

import pytest
from django.core.cache import cache

from tests.factories import certificates as factory
from tests.support.verifier import verifier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture(autouse=True)
def _certificate():
    cache.clear()
    return factory.make_certificate()


def test_keys_are_a_document_that_the_verifier_reads(client):
    answer = client.get("/verify/keys.json")
    keys = verifier.read_keys(answer.content)
    assert len(keys.by_id) == 1
    assert json.loads(answer.content)["associations"]["330000"]["zh"] == "浙江省注册会计师协会"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "gzip"), ("", None)])
def test_list_comes_compressed_where_that_can_be_read(client, accepts, encoding):
    answer = client.get("/verify/status/1", headers={"accept-encoding": accepts})
    assert answer.get("Content-Encoding") == encoding
    assert verifier.read_status_list(answer.content).number == 1
    assert "Accept-Encoding" in answer["Vary"]
    assert not answer.cookies


def test_list_that_one_has_already_is_not_sent_again(client):
    etag = client.get("/verify/status/1")["ETag"]
    again = client.get("/verify/status/1", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_list_that_is_none_is_not_found(client):
    for number in ("0", "2", "99999"):
        assert client.get(f"/verify/status/{number}").status_code == 404


def test_missing_key_is_said_and_is_no_error_page(client, settings):
    settings.PRODUCTION = True
    answer = client.get("/verify/status/1")
    assert answer.status_code == 503
    assert "token_keys rotate" in answer.content.decode()
