"""The association compares photos, and takes those of members who come to the desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.documents.services import file_response
from apps.movements.forms import DeclineForm, DeskPhotoForm
from apps.movements.selectors import offers_at_office
from apps.movements.services import accept_photo_offer, decline_photo_offer, take_photo_at_desk
from apps.people.services import record_reading

PURPOSE = "movements.compare_photo"
SHOWN = 50


class PhotosView(View):
    """Those that wait, the oldest first; as they are dealt with the next ones come up."""

    access = Staff(Permission.COMPARE_PHOTOS)

    def get(self, request):
        rows = list(offers_at_office(request.actor)[: SHOWN + 1])
        offers = rows[:SHOWN]
        record_reading(
            actor=request.actor, person_ids=[offer.person_id for offer in offers], purpose=PURPOSE, now=clock.now()
        )
        return render(request, "movements/office/photos.html", {"offers": offers, "more": len(rows) > SHOWN})


class OfferDoor(View):
    """One that waits at the actor's association, or 404."""

    access = Staff(Permission.COMPARE_PHOTOS)

    def load(self):
        offer = offers_at_office(self.request.actor).filter(pk=self.kwargs["offer_id"]).first()
        if offer is None:
            raise Http404
        return offer


class OfferView(OfferDoor):
    """Side by side; accept, or decline with a reason."""

    def get(self, request, offer_id):
        if not offers_at_office(request.actor).filter(pk=offer_id).exists():
            messages.info(request, _("这张照片已经办理，或者已由会员收回。"))
            return redirect("movements:photos")
        offer = self.load()
        record_reading(actor=request.actor, person_ids=offer.person_id, purpose=PURPOSE, now=clock.now())
        return self.show(offer, DeclineForm())

    def post(self, request, offer_id):
        form = DeclineForm(request.POST)
        given = {"actor": request.actor, "offer_id": offer_id, "now": clock.now()}
        is_declined = "decline" in request.POST
        if is_declined and not form.is_valid():
            return self.show(self.load(), form)
        try:
            decline_photo_offer(**given, **form.cleaned_data) if is_declined else accept_photo_offer(**given)
        except PortalError as error:
            messages.error(request, str(error))
            return redirect("movements:photos")
        done = _("没有采用，会员会收到理由。") if is_declined else _("已采用，新的会员证正在制作。")
        messages.success(request, done)
        return redirect("movements:photos")

    def show(self, offer, form):
        return render(self.request, "movements/office/photo.html", {"offer": offer, "form": form})


class OfferPictureView(OfferDoor):
    def get(self, request, offer_id, which):
        offer = self.load()
        file = {"present": offer.person.photo, "offered": offer.picture}.get(which)
        if file is None:
            raise Http404
        return file_response(file, "photo.jpg", inline=True)


class DeskView(View):
    """A member stands here with an identity document."""

    access = Staff(Permission.COMPARE_PHOTOS)

    def get(self, request):
        return self.show(DeskPhotoForm(today=clock.today()))

    def post(self, request):
        form = DeskPhotoForm(request.POST, request.FILES, today=clock.today())
        if not form.is_valid():
            return self.show(form)
        member = {name: form.cleaned_data[name] for name in ("kind", "number")}
        try:
            take_photo_at_desk(actor=request.actor, picture=form.picture, now=clock.now(), **member)
        except PortalError as error:
            form.add_error("number", str(error))
            return self.show(form)
        messages.success(request, _("照片已采用，新的会员证正在制作。"))
        return redirect("movements:photos")

    def show(self, form):
        return render(self.request, "movements/office/desk.html", {"form": form})
