from django.http import Http404
from django.shortcuts import render
from django.views import View

from apps.accounts.enums import Permission
from apps.certificates.services import latest_file
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import NotPermitted
from apps.documents.services import file_response
from apps.letters.enums import Action, Outcome, State
from apps.letters.forms.office import LetterForm
from apps.letters.models import Letter, TransferConsent
from apps.letters.policies import OFFICE_ACTIONS, actions_open_to
from apps.letters.selectors.answers import answer_rows
from apps.letters.selectors.letters import letters_at_office
from apps.letters.selectors.progress import office_history, progress_of
from apps.letters.selectors.statement import outcome_of, standing_for, statement_of
from apps.letters.services import download_letter
from apps.letters.services.deciding import missing_for_letter
from apps.letters.services.reading import record_letter_reading
from apps.rules.selectors import get_reason, working_calendar


class LetterDoor(View):
    """What the screens of one letter share: the letter in the actor's scope, or 404 as for one that does not exist."""

    access = Staff(Permission.HANDLE_LETTERS)

    def load(self) -> Letter:
        letter = letters_at_office(self.request.actor).filter(reference=self.kwargs["reference"]).first()
        if letter is None:
            raise Http404
        return letter


class CaseView(LetterDoor):
    """The decision screen: what was asked, the facts of this moment with their sources, the letter that they allow."""

    def get(self, request, reference):
        letter = self.load()
        record_letter_reading(request.actor, [letter], case=letter.reference, now=clock.now())
        return render(request, "letters/office/letter.html", letter_context(request, letter))


class FileView(LetterDoor):
    def get(self, request, reference):
        try:
            letter = download_letter(actor=request.actor, letter=self.load(), now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        return file_response(latest_file(letter.file), f"CICPA-letter-{letter.reference}.pdf")


def letter_context(request, letter: Letter) -> dict:
    now = clock.now()
    standing = standing_for(letter, now=now)
    actions = actions_open_to(request.actor, letter, OFFICE_ACTIONS)
    is_open = letter.is_undecided
    return {
        "letter": letter,
        "name": letter.person.name,
        "answers": answer_rows(letter.answers),
        "consent": TransferConsent.objects.filter(letter=letter).select_related("data_key").first(),
        "standing": standing,
        "outcome": outcome_of(standing).label,
        "missing": missing_for_letter(letter, standing, now=now) if is_open else [],
        "draft": statement_of(letter, standing, now=now).as_json() if is_open else letter.statement,
        "progress": progress_of(letter, working_calendar(), today=clock.today()),
        "history": office_history(letter),
        "actions": actions,
        "press": LetterForm(letter=letter),
        "is_refusal": letter.outcome == Outcome.REFUSAL,
        "is_waiting": letter.state == State.PROPOSED and Action.DISAGREE not in actions,
        "reason": get_reason(letter.reason_code) if letter.reason_code else None,
    }
