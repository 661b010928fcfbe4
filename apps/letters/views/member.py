"""The member's side: what would be stated and where it comes from, asking, following, fetching, ending."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from apps.associations.selectors import contact_for, national_body
from apps.certificates.services import latest_file
from apps.core import clock
from apps.core.access import SIGNED_IN
from apps.core.errors import NotPermitted, PortalError
from apps.documents.services import file_response
from apps.letters.enums import Action
from apps.letters.forms.member import AskForm
from apps.letters.models import Letter
from apps.letters.policies import MEMBER_ACTIONS, actions_open_to
from apps.letters.selectors.answers import answer_rows, goes_abroad
from apps.letters.selectors.letters import letter_in_force_for, letters_of_member, own_membership, purpose_index
from apps.letters.selectors.progress import progress_of
from apps.letters.services import ask_for_letter, cancel_letter, download_letter, withdraw_request
from apps.letters.views.posted import posted_version
from apps.members.selectors import membership_state
from apps.people.enums import SpellingSource
from apps.people.selectors import english_name_of, get_person, propose_english_name
from apps.rules.selectors import get_reason, rule_value, working_calendar
from apps.standing.selectors import good_standing


class LettersView(View):
    """Every statement as it would stand today, with its source; then the letters so far."""

    access = SIGNED_IN

    def get(self, request):
        today = clock.today()
        membership = own_membership(request.actor, on=today)
        letters = letters_of_member(request.actor).prefetch_related("steps")
        context = {
            "membership": membership,
            "standing": good_standing(membership, on=today) if membership else None,
            "status_letters": rule_value("letter.status_letter", on=today),
            "days": rule_value("letter.decide_days", on=today),
            "rows": [progress_of(letter, working_calendar(), today=today) for letter in letters],
            "contact": contact_for(national_body()),
        }
        return render(request, "letters/own.html", context)


@method_decorator(never_cache, name="dispatch")
class AskView(View):
    """The questions, then all answers once more, then the request: each press carries everything, scripts or not."""

    access = SIGNED_IN

    def dispatch(self, request):
        self.membership = own_membership(request.actor, on=clock.today()) if request.actor.is_signed_in else None
        if request.actor.is_signed_in and self.membership is None:
            messages.info(request, _("您今天不是会员，没有可以证明的会员资格。"))
            return redirect("letters:own")
        return super().dispatch(request)

    def get(self, request):
        return self.questions(self.form(initial=self.proposal()))

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.questions(form, changing="change" in request.POST)
        if "ask" not in request.POST:
            return self.check(form)
        try:
            letter = ask_for_letter(
                actor=request.actor,
                answers=form.answers(),
                consents=form.cleaned_data["consent"],
                language=get_language(),
                now=clock.now(),
            )
        except PortalError as error:
            for sentence in getattr(error, "missing", None) or [error.message]:
                form.add_error(None, sentence)
            return self.questions(form)
        request.session["letters.receipt"] = letter.reference
        return redirect("letters:letter", letter.reference)

    def form(self, *args, **kwargs) -> AskForm:
        has_firm = membership_state(self.membership, on=clock.today()).firm is not None
        return AskForm(*args, today=clock.today(), has_firm=has_firm, **kwargs)

    def proposal(self) -> dict:
        """The spelling confirmed last, or else by pinyin."""
        person_id = self.request.actor.person_id
        if kept := english_name_of(person_id):
            return {"surname": kept.surname or "", "given": kept.given, "spelling": kept.source}
        proposed = propose_english_name(get_person(person_id).name)
        return {"surname": proposed.surname, "given": proposed.given, "spelling": SpellingSource.PINYIN}

    def questions(self, form: AskForm, *, changing: bool = False):
        name = get_person(self.request.actor.person_id).name
        proposed = propose_english_name(name)
        context = {"form": form, "name": name, "proposed": proposed}
        if changing and form.is_valid():
            context["form"] = self.form(initial=form.cleaned_data)
        return render(self.request, "letters/ask.html", context)

    def check(self, form: AskForm):
        answers = form.answers()
        standing = good_standing(self.membership, on=clock.today())
        hidden = [(name, value) for name, value in self.request.POST.items() if name in form.fields]
        context = {
            "answers": answer_rows(answers),
            "abroad": goes_abroad(answers),
            "standing": standing,
            "hidden": hidden,
            "older": letter_in_force_for(self.request.actor.person_id, purpose_index(answers), today=clock.today()),
            "status_letters": rule_value("letter.status_letter", on=clock.today()),
            "days": rule_value("letter.decide_days", on=clock.today()),
        }
        return render(self.request, "letters/check.html", context)


class OwnLetterView(View):
    """What only the member sees: another's letter does not exist here."""

    access = SIGNED_IN

    def load(self) -> Letter:
        letter = letters_of_member(self.request.actor).filter(reference=self.kwargs["reference"]).first()
        if letter is None:
            raise Http404
        return letter


class LetterView(OwnLetterView):
    """The receipt the first time; then the stage in plain words, the days, who acts next, the file."""

    def get(self, request, reference):
        letter = self.load()
        context = {
            "letter": letter,
            "progress": progress_of(letter, working_calendar(), today=clock.today()),
            "answers": answer_rows(letter.answers),
            "is_new": request.session.pop("letters.receipt", "") == letter.reference,
            "reason": get_reason(letter.reason_code) if letter.state == "refused" else None,
            "actions": actions_open_to(request.actor, letter, MEMBER_ACTIONS),
            "contact": contact_for(national_body()),
        }
        return render(request, "letters/letter.html", context)


class EndView(OwnLetterView):
    """Withdraw while nobody has decided, cancel afterwards; both are asked once more."""

    def get(self, request, reference):
        letter = self.load()
        actions = actions_open_to(request.actor, letter, MEMBER_ACTIONS)
        if not actions:
            return redirect("letters:letter", reference)
        context = {"letter": letter, "is_cancelling": Action.CANCEL in actions, "abroad": goes_abroad(letter.answers)}
        return render(request, "letters/end.html", context)

    def post(self, request, reference):
        letter = self.load()
        cancels = Action.CANCEL in actions_open_to(request.actor, letter, MEMBER_ACTIONS)
        service = cancel_letter if cancels else withdraw_request
        try:
            service(actor=request.actor, letter_id=letter.pk, version=posted_version(request), now=clock.now())
        except PortalError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("证明已作废。") if cancels else _("证明申请已撤回。"))
        return redirect("letters:letter", reference)


class FileView(OwnLetterView):
    def get(self, request, reference):
        try:
            letter = download_letter(actor=request.actor, letter=self.load(), now=clock.now())
        except NotPermitted as refusal:
            raise Http404 from refusal
        return file_response(latest_file(letter.file), f"CICPA-letter-{letter.reference}.pdf")
