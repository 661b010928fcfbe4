"""The real letter: one page, PDF/A, sealed, complete; made once, whoever comes second, whatever dies."""

import io

import pikepdf
import pypdfium2
import pytest

from apps.audit.models import Record
from apps.certificates.selectors import grouped_code
from apps.certificates.services import MissingGlyphs, check_pdf
from apps.core.clock import now as present
from apps.core.errors import RequirementsMissing
from apps.dashboard.services import retry_delivery
from apps.documents.services import read_file
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.services import issuing, propose_letter
from apps.letters.services.issuing import issue_letter
from apps.mail.selectors import messages_of_case
from apps.outbox.models import Delivery, Event
from apps.outbox.services import deliver_due
from tests.factories.accounts import make_actor
from tests.factories.letters import by, make_asker, make_letter, make_request, national_key, officer
from tests.factories.standing import make_member_record
from tests.support.dying_worker import END, die_while
from tests.support.parallel import meet_after, together

ISSUING = issuing.__name__


@pytest.mark.django_db
def test_letter_is_one_sealed_page_of_pdf_a_that_says_what_was_frozen():
    actor = make_asker("王小明")
    make_member_record(actor.person_id, "passed")
    letter = make_letter(State.ISSUED, actor, now=present(), state_birth=True)
    content = read_file(letter.file)
    check = check_pdf(content, now=present())
    assert check.is_intact and check.is_trusted and [seal.signer for seal in check.seals] != []
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1
        assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "U")
    text = " ".join(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range().split())
    said = letter.statement
    for words in (
        *(
            "The Chinese Institute of Certified Public Accountants",
            "Letter of Good Standing",
            "WANG Xiaoming",
            "王小明",
        ),
        *("CPA Australia", letter.reference, grouped_code(letter.code), "Director, Registration Department"),
        *("Date of birth: 1 January 1990.", "The annual check for 2025 was passed", "for 90 days"),
        *(" ".join(finding["text"].split()) for finding in said["findings"]),
    ):
        assert words in text, words
    assert "licen" not in text.lower()


@pytest.mark.django_db
def test_longest_letter_still_ends_above_the_signature():
    """Every sanction, the longest words that the form takes: nothing reaches below 223 mm but what stands there."""
    actor = make_asker("阿卜杜拉·买买提艾则孜·依布拉音")
    for place, outcome in enumerate(["condemned", "criticised", "warned", "banned", "condemned", "criticised"] * 2):
        make_member_record(actor.person_id, outcome, document=f"会协〔2026〕{place}号")
    for outcome in ("investigation", "rescission", "revocation", "failed", "hours", "owed"):
        make_member_record(actor.person_id, outcome)
    words = {"addressee": "W" + " institute" * 13, "purpose": "other", "purpose_text": "a" + " purpose" * 12}
    letter = make_letter(
        State.ISSUED, actor, now=present(), surname="", given="Abudula " * 6, state_birth=True, **words
    )
    page = pypdfium2.PdfDocument(read_file(letter.file))[0]
    boxes = page.get_textpage()
    note = boxes.search("verification says so.").get_next()
    bottom = min(boxes.get_charbox(note[0] + n)[1] for n in range(note[1]))
    signature = boxes.search("Director, Registration").get_next()
    top = max(boxes.get_charbox(signature[0] + n)[3] for n in range(signature[1]))
    assert bottom > top


@pytest.mark.django_db
def test_name_that_no_font_shows_stops_with_the_officer_and_is_never_printed_as_a_box():
    letter = make_request(make_asker("王\ue123"))
    with pytest.raises(RequirementsMissing) as refusal:
        propose_letter(**by(letter, officer()))
    assert "U+E123" in str(refusal.value.missing[0])
    assert Letter.objects.get(pk=letter.pk).state == State.REQUESTED


@pytest.mark.django_db
def test_font_that_went_missing_is_a_task_for_staff_and_a_retry_makes_the_letter(monkeypatch):
    letter = make_letter(State.APPROVED, now=present())
    national_key()
    monkeypatch.setattr("apps.letters.services.page.unprintable", lambda text: ["明"])
    with pytest.raises(MissingGlyphs):
        issue_letter(letter.pk, now=present())
    delivery = Delivery.objects.get(event__name="letter.approved", handler="apps.letters.handlers.make_letter")
    for _attempt in range(8):
        Delivery.objects.filter(pk=delivery.pk).update(due_at=present())
        deliver_due(clock=present)
    delivery.refresh_from_db()
    assert (delivery.state, "U+660E" in delivery.last_error) == (Delivery.State.DEAD, True)
    monkeypatch.undo()
    retry_delivery(actor=make_actor("security"), delivery_id=delivery.pk, now=present())
    deliver_due(clock=present)
    assert Letter.objects.get(pk=letter.pk).state == State.ISSUED


@pytest.mark.django_db
def test_approval_leads_to_the_letter_and_the_message_by_the_outbox_alone():
    letter = make_letter(State.APPROVED, now=present())
    national_key()
    deliver_due(clock=present)
    deliver_due(clock=present)
    assert Letter.objects.get(pk=letter.pk).state == State.ISSUED
    purposes = list(messages_of_case(letter.reference).values_list("purpose", flat=True))
    assert sorted(purposes) == ["letter_issued", "letter_requested"]
    assert Record.objects.filter(action="seal_key.used").count() == 1


@pytest.fixture
def events_wait(monkeypatch):
    monkeypatch.setattr("apps.outbox.services._wake_worker", lambda **_: None)


def one_in_force(letter) -> Letter:
    found = Letter.objects.get(pk=letter.pk)
    assert found.state == State.ISSUED
    assert Event.objects.filter(name="letter.issued").count() == 1
    return found


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_letter(monkeypatch, events_wait):
    """Both have drawn and sealed the page when they come to keep it: only one of them may."""
    letter = make_letter(State.APPROVED, now=present())
    national_key()
    meet_after(monkeypatch, issuing, "make_sealed_letter")
    made = together([lambda: issue_letter(letter.pk, now=present()).sha256] * 2, workers=2)
    assert made == [one_in_force(letter).sha256] * 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["make_sealed_letter", "record_seal_use", "finish_step", END])
def test_killed_worker_leaves_one_letter_after_a_repeat(place, tmp_path, events_wait):
    letter = make_letter(State.APPROVED, now=present())
    national_key()
    die_while(f"{ISSUING}:issue_letter", letter.pk, at=place if place == END else f"{ISSUING}:{place}", folder=tmp_path)
    issue_letter(letter.pk, now=present())
    one_in_force(letter)


def test_worker_makes_itself_ready_to_print():
    """What the first letter after a start would wait for; a library or font that is missing shows here."""
    from cicpa_portal.celery import make_ready_to_print

    make_ready_to_print()
