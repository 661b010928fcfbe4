from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core import clock
from apps.registrations.enums import Page
from apps.registrations.forms.pages import PAGE_FORMS
from apps.registrations.policies import can_type
from apps.registrations.selectors.drafts import is_page_done, open_gaps, pages_open_to_change
from apps.registrations.services.drafts import PageClosed, keep_typed, save_page, save_photo
from apps.registrations.views.firm.case import CaseDoor
from apps.registrations.views.posted import as_posted, typed_values


class PageView(CaseDoor):
    """One page of the form. What is typed is kept even where it is not in order yet."""

    def dispatch(self, request, *args, reference, page):
        if page not in PAGE_FORMS:
            raise Http404
        self.page = Page(page)
        return super().dispatch(request, *args, reference=reference, page=page)

    def get(self, request, reference, page):
        self.registration = self.load()
        if not self._is_open():
            return self._closed()
        typed = self.registration.answers.get("typed", {}).get(page)
        return self._show(self._form(as_posted(typed) if typed else None))

    def post(self, request, reference, page):
        self.registration = self.load()
        if not self._is_open():
            return self._closed()
        if page == Page.PHOTO and "photo" not in request.FILES and self.registration.photo_id:
            return redirect(self._onwards())
        form = self._form(request.POST, request.FILES)
        try:
            if form.is_valid():
                self._save(form)
                return redirect(self._onwards())
            if typed := typed_values(request.POST, form.fields):
                keep_typed(actor=request.actor, registration_id=self.registration.pk, page=self.page, typed=typed)
        except PageClosed:
            return self._closed()
        return self._show(form)

    def _is_open(self) -> bool:
        return can_type(self.request.actor, self.registration) and self.page in pages_open_to_change(self.registration)

    def _closed(self):
        messages.info(self.request, str(PageClosed.message))
        return redirect("registrations:firm_case", self.registration.reference)

    def _save(self, form) -> None:
        given = {"actor": self.request.actor, "registration_id": self.registration.pk, "now": clock.now()}
        if self.page == Page.PHOTO:
            self.registration = save_photo(**given, picture=form.picture)
            messages.success(self.request, _("照片已保存。"))
        else:
            self.registration = save_page(**given, page=self.page, answers=form.answers())

    def _onwards(self) -> str:
        """The next page that is not done, or the case. A new photo is looked at first."""
        reference = self.registration.reference
        if self.page == Page.PHOTO and self.request.FILES:
            return reverse("registrations:firm_page", args=[reference, Page.PHOTO])
        pages = pages_open_to_change(self.registration)
        later = [page for page in pages if list(Page).index(page) > list(Page).index(self.page)]
        rest = [page for page in (*later, *pages) if not is_page_done(self.registration, page)]
        if rest:
            return reverse("registrations:firm_page", args=[reference, rest[0]])
        return reverse("registrations:firm_case", args=[reference])

    def _form(self, data=None, files=None):
        return PAGE_FORMS[self.page](data, files, saved=self.registration.answers, today=clock.today())

    def _show(self, form):
        context = {
            "form": form,
            "page": self.page,
            "registration": self.registration,
            "gaps": open_gaps(self.registration),
        }
        return render(self.request, "registrations/firm/page.html", context)
