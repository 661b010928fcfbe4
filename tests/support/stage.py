"""People and cases for `every_page`: one of each kind that some page needs, and a browser's way to a page."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import quote, unquote, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import resolve, reverse

from apps.accounts.enums import Role
from apps.accounts.services import enrol_totp
from apps.applicants.enums import Office, State
from apps.applicants.models import Application
from apps.applicants.services.appeals import file_appeal
from apps.applicants.services.drafts import open_draft
from apps.applicants.services.holds import hold_case
from apps.applicants.services.messages import answer_office, message_applicant
from apps.applicants.services.notes import answer_question, ask_office, write_note
from apps.applicants.services.submission import submit_application
from apps.applicants.services.undoing import ask_undo, confirm_undo
from apps.associations.models import Seat
from apps.certificates.models import Run, RunFailure
from apps.certificates.services.names import note_missing_glyphs
from apps.complaints.services import answer_tip, note_on_tip
from apps.content.models import Announcement
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.imports.services import upload_archive, upload_table, work_on_due
from apps.movements.services import offer_photo
from apps.outbox import services as outbox
from apps.outbox.models import Delivery, Event
from apps.people.selectors import person_id_of_user
from apps.people.services import declare_employer, declare_person, link_user
from tests.factories.accounts import make_actor, make_officer, make_user
from tests.factories.applicants import applicant_of, make_application, make_passer, open_batch, rechecker, reviewer
from tests.factories.archives import archive, face
from tests.factories.candidates import ELIGIBILITY, candidate, make_draft
from tests.factories.certificates import make_certifiable_member, make_certificate, portrait
from tests.factories.complaints import answerer, make_tip
from tests.factories.facts import make_fact
from tests.factories.letters import make_asker, make_letter
from tests.factories.members import make_cpa
from tests.factories.people import make_person
from tests.factories.registrations import approve, decide_inside, fresh, head_of, make_registration, propose
from tests.factories.standing import make_member_record
from tests.factories.verification import make_link
from tests.support.every_page import LETTER_STATES, REGISTRATION_STATES, STATES, STRANGER, Page
from tests.support.ways import MEMBER

ROLL = (
    "全科合格证号,姓名,证件类型,证件号码,合格证日期,省份\nQZ243300123,,居民身份证,11010519491231002X,2024-12-20,浙江\n"
)


@dataclass
class Stage:
    users: dict = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def address(self, page: Page) -> str:
        """With the letters that a browser would send."""
        if isinstance(page.arguments, dict):
            path = reverse(page.name, kwargs={name: self._word(word) for name, word in page.arguments.items()})
        else:
            path = reverse(page.name, args=[self._word(word) for word in page.arguments])
        return path + quote(page.query, safe="?=&")

    def _word(self, word: str) -> str:
        return self.words[word[1:-1]] if word.startswith("{") else word

    def open(self, reader, page: Page, sign_in) -> None:
        """`reader` (a Visit that nobody has used) becomes the page's reader and stands on the page."""
        if page.reader != STRANGER:
            sign_in(reader, self.users[page.reader])
        if page.status != 200:
            reader.expected_statuses.add(page.status)
        if page.way:
            page.way(reader.page)
        else:
            reader.page.goto(self.address(page))
        arrived = resolve(unquote(urlsplit(reader.page.url).path)).view_name
        assert arrived == page.name, f"{page} leads to {reader.page.url}"


@pytest.fixture
def stage(settings, tmp_path, monkeypatch, transactional_db) -> Stage:
    """Made in a thread of its own: the browser holds this one's event loop, and sealing needs one."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)
    monkeypatch.setattr("apps.mail.services.writing.wake_worker", lambda **_: None)
    with ThreadPoolExecutor(max_workers=1) as worker:
        return worker.submit(_set).result()


def _set() -> Stage:
    try:
        stage = Stage()
        parts = (_cases, _correspondence, _undoings, _candidates, _routes, _members, _officers, _registrations)
        more = (_letters, _conflict, _announcement, _import, _appealed, _fact, _tips, _run, _dead_delivery)
        for part in (*parts, *more):
            part(stage)
        return stage
    finally:
        connection.close()


def _cases(stage: Stage) -> None:
    for state in STATES:
        case = make_application(state=state, now=present())
        stage.words[f"case {state}"] = case.reference
        stage.users[f"applicant {state}"] = case.user
        if state == "agreed":
            stage.words["open batch"] = open_batch(case).number
        elif state == "sent":
            stage.words["sent batch"] = case.batch.number


def _appealed(stage: Stage) -> None:
    case = make_application(state=State.REFUSED, now=present())
    file_appeal(actor=applicant_of(case), application_id=case.pk, grounds="名单中的证书日期有误。", now=present())
    stage.words["appealed case"], stage.users["appellant"] = case.reference, case.user


def _correspondence(stage: Stage) -> None:
    """A case on which all sides have written, and one that rests."""
    written, held, officer = (
        make_application(state=State.SENT, now=present()),
        make_application(now=present()),
        reviewer(),
    )
    on = {"application_id": written.pk, "now": present()}
    write_note(actor=officer, text="已致电考试办公室核实，证书属实。", **on)
    message_applicant(actor=officer, text="请说明合格证上的日期。", **on)
    answer_office(actor=applicant_of(written), text="日期以证书为准，为 2024年12月20日。", **on)
    asked = ask_office(actor=rechecker(), asked_of=Office.LOCAL, text="照片核对过吗？", **on)
    answer_question(actor=officer, question_id=asked.pk, text="当面核对过。", now=present())
    ask_office(actor=rechecker(), asked_of=Office.LOCAL, text="工作单位核对过吗？", **on)
    until = present().date() + timedelta(days=5)
    hold_case(
        actor=officer, application_id=held.pk, reason_code="hold.other", until=until, note="等会议讨论", now=present()
    )
    stage.words |= {"case written": written.reference, "case held": held.reference}
    stage.users["applicant written"] = written.user


def _undoings(stage: Stage) -> None:
    """An admission that somebody asks to undo, and one that was undone."""
    for word in ("doubted", "undone"):
        case = make_application(state=State.CONFIRMED, now=present())
        asked = ask_undo(
            actor=rechecker(),
            application_id=case.pk,
            version=case.version,
            reason_code="undo.clerical",
            facts="复查发现合格证日期有误。",
            now=present(),
        )
        if word == "undone":
            confirm_undo(actor=rechecker(), undo_id=asked.pk, document_number="会协〔2026〕30号", now=present())
        stage.words[f"case {word}"] = case.reference
        stage.users[f"applicant {word}"] = case.user


def _candidates(stage: Stage) -> None:
    full, empty = candidate(), candidate()
    make_draft(actor=full, now=present())
    open_empty_draft(empty)
    stage.users["candidate"] = get_user_model().objects.get(pk=full.user_id)
    stage.users["beginner"] = get_user_model().objects.get(pk=empty.user_id)


def _routes(stage: Stage) -> None:
    """A former CPA's drafts, and cases about which an officer must first say which line of the roll and who it is."""
    for reader, asked in (("former", FORMER), ("latecomer", LATE)):
        actor = candidate()
        open_draft(actor=actor, eligibility=asked, language="zh-hans", now=present())
        stage.users[reader] = get_user_model().objects.get(pk=actor.user_id)
    make_cpa("刘晓明", number="330000120077")
    for number, name in (("QZ243300877", "劉晓明"), ("QZ243300878", "刘小明")):
        make_passer(certificate_number=number, name=name)
    make_person("刘晓明", identity_type="taiwan_permit", identity_number="12345678", birth_on=date(1990, 5, 3))
    actor = candidate()
    draft = make_draft(
        actor=actor,
        now=present(),
        name="刘晓明",
        certificate_number="QZ243300876",
        eligibility=FORMER | {"has_certificate": True, "certificate_on": "2024-12-20"},
        cpa_number="330000120077",
        stopped_on="2024-06-30",
    )
    case = submit_application(actor=actor, application_id=draft.pk, version=draft.version, now=present())
    stage.words["case unsettled"] = case.reference


FORMER = ELIGIBILITY | {"practising": "stopped", "stopped_on": "2024-06-30", "has_certificate": False}
LATE = ELIGIBILITY | {"certificate_on": "2019-01-10", "insists": True}


def open_empty_draft(actor: Actor) -> Application:
    """Of somebody who has answered the questions of /apply/ and nothing else."""
    return open_draft(actor=actor, eligibility=ELIGIBILITY, language="zh-hans", now=present())


def _members(stage: Stage) -> None:
    make_cpa("王小明", number="330000120001")
    certificate = make_certificate()
    user = make_user(MEMBER, password="a-long-password-of-hers")
    link_user(user_id=user.pk, person_id=certificate.membership.person_id, now=present())
    stage.users["member"] = user
    stage.words["certificate"] = certificate.code
    stage.users["offerer"] = _offerer(stage)
    stage.words["membership"] = str(certificate.membership_id)
    stage.words["shared secret"] = make_link(certificate.membership_id, user).secret
    stage.words["user"] = user_pk_to_url_str(user)
    stage.words["key"] = default_token_generator.make_token(user)


def _offerer(stage: Stage):
    """A member whose photo waits to be compared."""
    user, member = make_user("offerer@example.org"), make_certifiable_member("欧阳娜娜")
    link_user(user_id=user.pk, person_id=member.person_id, now=present())
    actor = make_actor(user_id=user.pk, person_id=member.person_id, second_factor=False)
    stage.words["photo offer"] = str(offer_photo(actor=actor, picture=portrait("#225533"), now=present()).pk)
    return user


def _officers(stage: Stage) -> None:
    seats = {
        "reviewer": (Role.REVIEWER, "330000"),
        "rechecker": (Role.RECHECKER, "000000"),
        "director": (Role.DIRECTOR, "330000"),
        "registrar": (Role.REGISTRAR, "000000"),
        "operator": (Role.SECURITY, "000000"),
        "administrator": (Role.ADMINISTRATOR, "000000"),
    }
    for name, (role, association) in seats.items():
        user = make_officer(f"{name}@example.org", role=role, association_code=association)
        link_user(user_id=user.pk, person_id=make_person("李经办").pk, now=present())
        enrol_totp(user, now=present())
        RecoveryCodes.activate(user)
        stage.users[name] = user
    unlinked = make_officer("new@example.org")
    stage.words["unlinked user"] = str(unlinked.pk)
    stage.words["seat"] = str(Seat.objects.get(user=unlinked).pk)


def _registrations(stage: Stage) -> None:
    for state in ["draft", *REGISTRATION_STATES]:
        case = make_registration(state, now=present())
        stage.words[f"registration {state}"] = case.reference
        if state != "draft":
            stage.users[f"practising {state}"] = case.candidate_user or make_user(case.answers["email"])
        stage.users["agent"] = case.agent
    stage.users["head"] = get_user_model().objects.get(pk=head_of(case.firm).user_id)
    decide_inside()
    for state in ("accepted", "proposed", "admitted"):
        case = make_registration("accepted", now=present())
        for step in {"accepted": (), "proposed": (propose,), "admitted": (propose, approve)}[state]:
            step(fresh(case), now=present())
        stage.words[f"registration inside {state}"] = case.reference
    for name in ("agent", "head"):
        enrol_totp(stage.users[name], now=present())


def _letters(stage: Stage) -> None:
    """One in each state, of members with nothing to hide; and one of somebody of whom a sanction is recorded."""
    for state in LETTER_STATES:
        letter = make_letter(
            state, make_asker("欧阳思远", email=f"{state}@example.org"), now=present(), surname="OUYANG", given="Siyuan"
        )
        stage.words[f"letter {state}"], stage.users[f"asker {state}"] = letter.reference, letter.user
        stage.words["letter code" if state == "issued" else f"{state} letter code"] = letter.code
    asker = make_asker("阿依古丽·艾则孜")
    stage.words["member record"] = str(make_member_record(asker.person_id, "condemned").pk)
    make_member_record(asker.person_id, "passed")
    stage.words["letter status"] = make_letter("proposed", asker, now=present(), surname="").reference


def _conflict(stage: Stage) -> None:
    """The reviewer has declared a relation to an applicant."""
    case, user = make_application(now=present()), stage.users["reviewer"]
    officer = make_actor((Role.REVIEWER, "330000"), user_id=user.pk, person_id=person_id_of_user(user.pk))
    declare_person(
        actor=officer,
        tie="family",
        name=case.answers["name"],
        identity_type=case.answers["identity_type"],
        identity_number=case.answers["identity_number"],
        now=present(),
    )
    declare_employer(actor=officer, name="浙江某某会计师事务所（特殊普通合伙）", to_on=date(2024, 6, 30), now=present())
    stage.words["case conflicted"] = case.reference


def _announcement(stage: Stage) -> None:
    announcement = Announcement.objects.first()
    stage.words["document"] = announcement.document_number


def _import(stage: Stage) -> None:
    registrar = make_actor(Role.REGISTRAR, user_id=stage.users["registrar"].pk)
    table = {"kind": "roll", "content": ROLL.encode(), "filename": "名单.csv", "language": "zh-hans"}
    job = upload_table(actor=registrar, now=present(), **table)
    work_on_due(clock=present)
    stage.words["import"] = str(job.pk)
    member = make_cpa("司马光", number="330000120079")
    photos = {"kind": "member_photos", "filename": "会员照片.zip", "language": "zh-hans"}
    stream = archive({f"{member.number}.jpg": face(), "王小明.jpg": face()})
    reviewer = make_actor((Role.REVIEWER, "330000"), user_id=stage.users["reviewer"].pk)
    job = upload_archive(actor=reviewer, stream=stream, now=present(), **photos)
    work_on_due(clock=present)
    stage.words["photo import"] = str(job.pk)


def _fact(stage: Stage) -> None:
    stage.words["fact"] = str(make_fact().pk)


def _tips(stage: Stage) -> None:
    stage.words["tip"] = make_tip(code=stage.words["certificate"], contact="teller@example.org").reference
    answered = make_tip(code=stage.words["certificate"])
    note_on_tip(actor=answerer(), reference=answered.reference, text="已与浙江核对。", now=present())
    answer_tip(actor=answerer(), reference=answered.reference, answer="经核对，会员证是伪造的。", now=present())
    stage.words["answered tip"] = answered.reference


def _run(stage: Stage) -> None:
    """A run that could not do one member, whose name waits for a font."""
    failed = make_certificate(name="王\U00020bb7")
    note_missing_glyphs(failed, ["\U00020bb7"], now=present())
    run = Run.objects.create(
        scope="association", target="310000", reason="印章更换", asked_at=present(), total=3, is_cut=True
    )
    RunFailure.objects.create(run=run, membership=failed.membership, reason="glyphs", failed_at=present())
    stage.words["run"] = str(run.pk)


def _dead_delivery(stage: Stage) -> None:
    event = Event.objects.create(name="membership.admitted", payload={}, occurred_at=present())
    Delivery.objects.create(
        event=event,
        handler="certificates",
        state=Delivery.State.DEAD,
        attempts=8,
        due_at=present(),
        last_error="缺少印章",
    )
