"""Filling in the application: its pages, the check of answers, the receipt."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from apps.applicants.enums import Field, Page
from apps.applicants.forms.pages import PAGE_FORMS
from apps.applicants.selectors.attachments import asked_papers
from apps.applicants.selectors.drafts import is_page_done, pages_of
from apps.applicants.selectors.progress import applications_of_user, own_application
from apps.applicants.selectors.reminders import erasure_day
from apps.applicants.selectors.requirements import missing_requirements
from apps.applicants.selectors.summary import summary_pages
from apps.applicants.services.drafts import keep_typed, save_page, save_photo
from apps.applicants.services.filling import day_on_roll
from apps.applicants.services.roll_photos import NoRollPhoto, use_roll_photo
from apps.applicants.services.submission import SecondApplication, submit_application
from apps.applicants.views import carried
from apps.associations.selectors import contact_for
from apps.core import clock
from apps.core.access import PUBLIC, SIGNED_IN
from apps.core.errors import NotPermitted, RequirementsMissing, TransitionRefused
from apps.documents.services import file_response
from apps.members.enums import MemberKind
from apps.members.selectors import current_membership_of

CERTIFICATE_DAY = [f"{Field.CERTIFICATE_ON}_{part}" for part in ("year", "month", "day")]


class DraftView(View):
    """A page of the account's draft. Somebody whose session is lost signs in again and is back here, with all that
    was typed: that is why the address itself is open to everybody."""

    access = PUBLIC

    def dispatch(self, request, *args, **kwargs):
        if not request.actor.is_signed_in:
            return self.sign_in_first(request, **kwargs)
        self.draft = carried.bring_to_draft(request, language=get_language(), now=clock.now())
        if self.draft is None:
            return self.without_draft(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotPermitted:
            messages.info(request, _("这件申请刚刚在另一个窗口提交了，不能再修改。"))
            return redirect("applicants:progress")

    def sign_in_first(self, request, **kwargs):
        request.session[carried.NEXT] = request.path
        if request.method == "POST":
            messages.info(request, _("登录已经结束（也许这一页放得太久）。请用同一个邮箱再登录一次，然后继续。"))
        return redirect("applicants:email")

    def without_draft(self, request):
        return redirect("applicants:apply")


class TasksView(DraftView):
    """What is done and what is missing."""

    def get(self, request):
        pages = pages_of(self.draft, today=clock.today())
        tasks = [{"page": page, "done": is_page_done(self.draft, page)} for page in pages]
        missing = missing_requirements(self.draft, today=clock.today())
        context = {
            "draft": self.draft,
            "tasks": tasks,
            "done_count": sum(task["done"] for task in tasks),
            "missing": missing,
            "papers": asked_papers(self.draft, today=clock.today()),
            "papers_done": all(item.page != "attachments" for item in missing),
            "kept_until": erasure_day(self.draft, today=clock.today()),
        }
        return render(request, "applicants/apply/tasks.html", context)


class PageView(DraftView):
    """One page of the form. What is typed is kept even where it is not in order yet."""

    def dispatch(self, request, *args, page):
        if page not in PAGE_FORMS:
            raise Http404
        self.page = Page(page)
        return super().dispatch(request, *args, page=page)

    def sign_in_first(self, request, page):
        if request.method == "POST":
            typed = carried.typed_values(request.POST, PAGE_FORMS[self.page].base_fields)
            carried.carry_typed(request, page, typed)
            request.session[carried.NEXT] = request.path
            messages.info(
                request,
                _(
                    "登录已经结束（也许这一页放得太久）。您刚才填写的内容还在：请用同一个邮箱再登录一次，就会回到这一页。"
                ),
            )
            return redirect("applicants:email")
        return super().sign_in_first(request)

    def get(self, request, page):
        typed = self.draft.answers.get("typed", {}).get(page)
        return self._show(request, self._form(carried.as_posted(typed) if typed else None))

    def post(self, request, page):
        if page == Page.PHOTO and "use_roll" in request.POST:
            return self._use_roll_photo(request)
        if page == Page.PHOTO and "photo" not in request.FILES and self.draft.photo_id:
            return redirect(self._onwards())
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            typed = carried.typed_values(request.POST, form.fields)
            if typed:
                keep_typed(self.draft.pk, actor=request.actor, page=page, typed=typed, now=clock.now())
            return self._show(request, form)
        self._save(request, form)
        return redirect(self._onwards())

    def _save(self, request, form):
        given = {"actor": request.actor, "now": clock.now()}
        if self.page == Page.PHOTO:
            self.draft = save_photo(self.draft.pk, picture=form.picture, **given)
            messages.success(request, _("照片已保存。"))
            return
        self.draft = save_page(self.draft.pk, page=self.page, answers=form.answers(), **given)
        if getattr(form, "filled_from_roll", False):
            messages.success(request, _("您没有填写日期：已按全科合格名单填入。"))
        for warning in getattr(form, "warnings", ()):
            messages.warning(request, warning)

    def _use_roll_photo(self, request):
        try:
            self.draft = use_roll_photo(actor=request.actor, application_id=self.draft.pk, now=clock.now())
        except NoRollPhoto as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("已选择使用考试报名时的照片，由工作人员核对。"))
        return redirect("applicants:page", Page.PHOTO)

    def _onwards(self) -> str:
        """The next page that is not done, or the check of all answers. A new photo is looked at first."""
        if self.page == Page.PHOTO and self.request.FILES:
            return reverse("applicants:page", args=[Page.PHOTO])
        pages = pages_of(self.draft, today=clock.today())
        later = pages[pages.index(self.page) + 1 :] if self.page in pages else []
        rest = [page for page in (*later, *pages) if not is_page_done(self.draft, page)]
        return reverse("applicants:page", args=[rest[0]]) if rest else reverse("applicants:check")

    def _form(self, data=None, files=None):
        saved = self.draft.answers
        if self.page == Page.CERTIFICATE and data is not None and not any(data.get(box) for box in CERTIFICATE_DAY):
            saved = saved | {"roll_day": day_on_roll(self.draft, data.get(Field.CERTIFICATE_NUMBER, ""))}
        return PAGE_FORMS[self.page](data, files, saved=saved, today=clock.today())

    def _show(self, request, form):
        pages = pages_of(self.draft, today=clock.today())
        if self.page not in pages:
            return redirect("applicants:tasks")
        context = {
            "form": form,
            "page": self.page,
            "place": pages.index(self.page) + 1,
            "total": len(pages),
            "draft": self.draft,
        }
        return render(request, f"applicants/apply/{self.page}.html", context)


class PhotoFileView(View):
    """The photo that the reader has uploaded, for the reader alone."""

    access = SIGNED_IN

    def get(self, request):
        draft = carried.bring_to_draft(request, language=get_language(), now=clock.now())
        if draft is None or draft.shown_photo is None:
            raise Http404
        return file_response(draft.shown_photo, "photo.jpg", inline=True)


class CheckView(DraftView):
    """All answers once more, each with its way back; then submit. A double click leads to the same receipt."""

    def without_draft(self, request):
        submitted = applications_of_user(request.actor.user_id)
        if request.method == "POST" and submitted:
            return redirect("applicants:receipt", submitted[0].reference)
        return super().without_draft(request)

    def get(self, request):
        return self._show(request)

    def post(self, request):
        try:
            application = submit_application(
                actor=request.actor,
                application_id=self.draft.pk,
                version=carried.posted_version(request),
                now=clock.now(),
            )
        except RequirementsMissing:
            return self._show(request)
        except TransitionRefused:
            messages.warning(request, _("您的资料在另一个窗口改过了，还没有提交。请再核对一次，然后提交。"))
            return redirect("applicants:check")
        except SecondApplication as error:
            return self._show(request, refusal=error)
        return redirect("applicants:receipt", application.reference)

    def _show(self, request, refusal=None):
        context = {
            "draft": self.draft,
            "pages": summary_pages(self.draft),
            "missing": missing_requirements(self.draft, today=clock.today()),
            "papers": asked_papers(self.draft, today=clock.today()),
            "refusal": refusal,
            "membership": self._own_membership(),
        }
        return render(request, "applicants/apply/check.html", context, status=409 if refusal else 200)

    def _own_membership(self):
        """Only an account of the member is told: whoever typed somebody's number learns nothing."""
        person_id = self.request.actor.person_id
        own = person_id and current_membership_of(person_id, on=clock.today())
        return own if own and own.kind == MemberKind.NON_PRACTISING else None


class ReceiptView(View):
    access = SIGNED_IN

    def get(self, request, reference):
        application = own_application(request.actor.user_id, reference)
        if application is None:
            raise Http404
        context = {
            "application": application,
            "pages": summary_pages(application, changeable=False),
            "contact": contact_for(application.association),
        }
        return render(request, "applicants/apply/receipt.html", context)
