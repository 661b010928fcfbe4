"""The token in the QR: frozen with the statement, small enough for paper, readable without the portal."""

from datetime import UTC, date, datetime

import pytest
import zxingcpp
from PIL import Image

from apps.certificates.models import Certificate
from apps.certificates.selectors.statements import Statement
from apps.certificates.services import issuing
from apps.certificates.services.page import check_address
from apps.certificates.services.qr import qr_matrix
from apps.certificates.services.tokens import with_tokens
from tests.factories import certificates as factory
from tests.support.verifier import verifier

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
NAMES = [
    "王芳",
    "欧阳𠮷",
    "阿卜杜热西提·买买提江·艾合买提",
    "María-José Fernández García de la Torre y Álvarez",
    "𡋾" * 50,
    "é" * 24,
    "é" * 25,
]

pytestmark = pytest.mark.django_db


def frozen(**changes) -> Statement:
    certificate = issuing.request_certificate(factory.make_certifiable_member(**changes).pk, now=NOW)
    return Statement(**Certificate.objects.get(pk=certificate.pk).statement)


def side_of_version(version: int) -> int:
    return 17 + 4 * version


def test_frozen_statement_carries_a_token_that_says_the_same():
    statement = frozen()
    token = verifier.read_token(statement.token)
    assert (token.code, token.name, token.number) == (statement.code, "王芳", statement.number)
    assert (token.kind, token.association_code) == ("non_practising", "330000")
    assert token.admitted_on == date.fromisoformat(statement.admitted_on)
    assert token.issued_on == date(2026, 11, 25)
    assert token.document == "certificate"


def test_camera_reads_address_and_token():
    statement = frozen()
    rows = qr_matrix(check_address(statement))
    picture = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    (read,) = zxingcpp.read_barcodes(picture.resize((picture.width * 4, picture.height * 4)))
    assert read.text == check_address(statement)
    assert read.text.endswith(f"/v/{statement.code}#{statement.token}")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", ["http://localhost:8000", "https://membership-services.cicpa.example.org.cn"])
def test_code_stays_small_enough_for_paper_with_the_longest_names(name, address, settings):
    settings.PUBLIC_URL = address
    longest = factory.statement(name=name, number="A" * 20)
    statement, _key, _entry = with_tokens([longest], now=NOW)[0]
    assert len(qr_matrix(check_address(statement))) <= side_of_version(11)


def test_code_of_a_common_name_is_smaller_still(settings):
    settings.PUBLIC_URL = "https://members.cicpa.org.cn"
    assert len(qr_matrix(check_address(frozen()))) <= side_of_version(10)


@pytest.mark.parametrize("name", NAMES)
def test_name_is_whole_or_cut_with_its_hash(name):
    statement, _key, _entry = with_tokens([factory.statement(name=name)], now=NOW)[0]
    token = verifier.read_token(statement.token)
    assert name.startswith(token.name)
    assert bool(token.name_hash) == (len(name.encode()) > 48)
    assert verifier.name_matches(token, name)
    assert not verifier.name_matches(token, name + "x")
    assert not verifier.name_matches(token, name[:-1])


def test_token_is_no_part_of_what_is_stated():
    """Otherwise every request would find that something new is to be certified."""
    plain = factory.statement()
    signed, _key, _entry = with_tokens([plain], now=NOW)[0]
    assert signed.token
    assert signed.content_hash() == plain.content_hash()


def test_statement_from_before_there_were_tokens_keeps_its_address(settings):
    statement = factory.statement()
    assert check_address(statement) == f"{settings.PUBLIC_URL}/v/{statement.code}"


def test_places_in_a_list_are_drawn_at_random():
    places = [with_tokens([factory.statement()], now=NOW)[0][2] for _each in range(20)]
    positions = [place.position for place in places]
    assert {place.list_number for place in places} == {1}
    assert positions != sorted(positions)
    assert len(set(positions)) == 20


def test_full_list_is_followed_by_another(monkeypatch):
    monkeypatch.setattr("apps.certificates.services.status_entries.LIST_SIZE", 4)
    places = [with_tokens([factory.statement()], now=NOW)[0][2] for _each in range(9)]
    assert len({(place.list_number, place.position) for place in places}) == 9
    assert max(place.list_number for place in places) >= 3
