"""The office's page of certificates: who sees it, what it lists, what its buttons do."""

import re

import pytest

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.certificates.enums import RunState
from apps.certificates.models import NameTask, Run, RunFailure
from apps.certificates.services import start_run
from apps.certificates.services.names import note_missing_glyphs
from apps.certificates.services.runs import asking, work
from apps.core import keyset
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.outbox import services as outbox
from apps.outbox.models import Event
from apps.people.services import link_user
from tests.factories import certificates as factory
from tests.factories.accounts import make_officer, make_user, sign_in_officer

OFFICE = "/office/certificates/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture(autouse=True)
def _nobody_wakes(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)
    for place in (asking, work):
        monkeypatch.setattr(place, "wake_worker", lambda: None)


@pytest.fixture
def registrar(client):
    return sign_in_officer(
        client, make_officer("registrar@example.org", role=Role.REGISTRAR, association_code="000000")
    )


@pytest.fixture
def waiting():
    """A member whose name has a character that no font has."""
    certificate = factory.make_certificate(name="王\U00030edd")
    note_missing_glyphs(certificate, ["\U00030edd"], now=present())
    return certificate.membership


def test_registrar_starts_a_run_and_watches_it(client, registrar):
    factory.make_certificate()
    answer = client.post(OFFICE, {"whose": "association:330000", "reason": "印章更换"})
    run = Run.objects.get()
    assert answer["Location"] == f"{OFFICE}runs/{run.pk}/"
    page = client.get(answer["Location"])
    assert page["Refresh"] == "5"
    assert "印章更换" in page.content.decode()
    assert "不发邮件" in page.content.decode()
    work.work_on_runs(clock=present)
    page = client.get(answer["Location"])
    assert "Refresh" not in page
    assert "已完成" in page.content.decode()
    assert "1 / 1" in client.get(OFFICE).content.decode()


@pytest.mark.parametrize(("telling", "is_told"), [("", False), ("quiet", False), ("mail", True)])
def test_registrar_chooses_whether_members_are_written_to(client, registrar, telling, is_told):
    factory.make_certificate()
    page = client.get(OFFICE).content.decode()
    assert "按规则：用某个印章密钥签章的会员证、" in page
    answer = client.post(OFFICE, {"whose": "kind:non_practising", "reason": "r", "telling": telling})
    assert Run.objects.get().is_told == is_told
    assert ("会员会收到邮件" in client.get(answer["Location"]).content.decode()) == is_told


def test_member_of_a_quiet_run_finds_the_new_one_and_why(client):
    member = factory.make_certificate().membership
    user = make_user()
    link_user(user_id=user.pk, person_id=member.person_id, now=present())
    client.force_login(user)
    assert "重新签发的新版" not in client.get("/account/").content.decode()
    start_run(actor=Actor.system("test"), scope="kind", target="non_practising", reason="印章更换", now=present())
    work.work_on_runs(clock=present)
    assert "重新签发的新版，原因：印章更换" in client.get("/account/").content.decode()


def test_failures_of_a_run_are_turned_page_by_page_without_counting_all(client, registrar, waiting, monkeypatch):
    run = Run.objects.create(scope="outdated", reason="r", asked_at=present(), total=3)
    members = [waiting, *(factory.make_certificate(name=name).membership for name in ("王芳", "李强"))]
    for member in members:
        RunFailure.objects.create(run=run, membership=member, reason="photo", failed_at=present())
    for module in ("apps.certificates.selectors.runs.COUNTED_UP_TO", "apps.certificates.views.staff.COUNTED_UP_TO"):
        monkeypatch.setattr(module, 2)
    monkeypatch.setattr(keyset.keyset_page, "__kwdefaults__", {**keyset.keyset_page.__kwdefaults__, "size": 2})
    page = client.get(f"{OFFICE}runs/{run.pk}/").content.decode()
    assert "2 或更多" in page
    assert page.count('<th scope="row"') == 2
    following = re.search(r'rel="next" href="([^"]+)"', page)[1]
    page = client.get(f"{OFFICE}runs/{run.pk}/{following}").content.decode()
    assert page.count('<th scope="row"') == 1
    assert 'rel="prev"' in page


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"whose": "", "reason": "印章更换"}, "请选择重新签发哪些会员证"),
        ({"whose": "association:990000", "reason": "印章更换"}, "没有这个选项"),
        ({"whose": "outdated:", "reason": ""}, "请写明原因"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(client, registrar, answers, sentence):
    page = client.post(OFFICE, answers)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert answers["reason"] in page.content.decode()
    assert not Run.objects.exists()


def test_names_that_wait_are_listed_and_the_reading_is_recorded(client, registrar, waiting):
    text = client.get(OFFICE).content.decode()
    assert "\U00030edd (U+30EDD)" in text
    assert "王" not in text.split("<main")[1]
    assert Record.objects.get(action="person.read").purpose == "certificate.names"
    client.post(f"{OFFICE}names/")
    assert Event.objects.filter(name="certificate.asked_again").count() == 1
    outbox.deliver_due(clock=present)
    assert client.get("/office/").status_code == 200


def test_run_page_lists_failures_and_its_buttons_retry_and_stop(client, registrar, waiting):
    run = Run.objects.create(scope="outdated", reason="r", asked_at=present(), total=1)
    RunFailure.objects.create(run=run, membership=waiting, reason="glyphs", failed_at=present())
    address = f"{OFFICE}runs/{run.pk}/"
    assert "姓名里有字体没有的字" in client.get(address).content.decode()
    client.post(address, {"stop": "1"})
    assert Run.objects.get().state == RunState.STOPPED
    page = client.post(address, {"stop": "1"}, follow=True)
    assert "这一批已经结束" in page.content.decode()
    client.post(address, {"retry": "1"})
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    assert run.chunks.get().is_retry


@pytest.mark.parametrize(
    ("role", "association"), [(Role.REVIEWER, "330000"), (Role.SECURITY, "000000"), (Role.AUDITOR, "000000")]
)
def test_others_do_not_find_it(client, role, association):
    sign_in_officer(client, make_officer(role=role, association_code=association))
    run = Run.objects.create(scope="outdated", reason="r", asked_at=present(), total=1)
    for address in (OFFICE, f"{OFFICE}runs/{run.pk}/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"stop": "1"}).status_code == 404
    assert Run.objects.get().state == RunState.RUNNING


def test_member_is_told_kindly_that_the_office_is_at_it(client, waiting):
    user = make_user()
    link_user(user_id=user.pk, person_id=waiting.person_id, now=present())
    from apps.certificates.models import Certificate

    Certificate.objects.filter(membership=waiting).update(state="superseded", superseded_at=present())
    client.force_login(user)
    assert "您的会员证正在等一个字" in client.get("/account/").content.decode()
    NameTask.objects.update(resolved_at=present())
    assert "您的会员证正在等一个字" not in client.get("/account/").content.decode()
