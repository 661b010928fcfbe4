"""The member's photo: what is on the certificate, what waits, and another one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.associations.selectors import contact_for
from apps.core import clock
from apps.core.access import SIGNED_IN
from apps.core.errors import PortalError
from apps.documents.services import file_response
from apps.movements.enums import PhotoState
from apps.movements.forms import OwnPhotoForm
from apps.movements.selectors import photo_page
from apps.movements.services import offer_photo, withdraw_photo_offer


class MemberDoor(View):
    """What only a member has; whoever is none is led to the account."""

    access = SIGNED_IN

    def dispatch(self, request, *args, **kwargs):
        self.page = photo_page(request.actor.user_id, today=clock.today()) if request.actor.is_signed_in else None
        if self.page is None and request.actor.is_signed_in:
            return redirect("dashboard:account")
        return super().dispatch(request, *args, **kwargs)


class PhotoView(MemberDoor):
    def get(self, request):
        return self.show(OwnPhotoForm(today=clock.today()))

    def post(self, request):
        form = OwnPhotoForm(request.POST, request.FILES, today=clock.today())
        if not form.is_valid():
            return self.show(form)
        try:
            offer = offer_photo(actor=request.actor, picture=form.picture, now=clock.now())
        except PortalError as error:
            form.add_error(None, str(error))
            return self.show(form)
        if offer.state == PhotoState.ACCEPTED:
            messages.success(request, _("照片已更换，新的会员证正在制作。"))
        else:
            messages.success(request, _("照片已收到，协会比对以后会采用，并为您换发会员证。"))
        return redirect("movements:photo")

    def show(self, form):
        context = {"page": self.page, "form": form, "contact": contact_for(self.page.home)}
        return render(self.request, "movements/photo.html", context)


class WithdrawView(MemberDoor):
    def post(self, request):
        if self.page.waiting is None:
            messages.info(request, _("没有等待比对的照片。"))
            return redirect("movements:photo")
        try:
            withdraw_photo_offer(actor=request.actor, offer_id=self.page.waiting.pk, now=clock.now())
        except PortalError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("照片已收回，可以另外上传一张。"))
        return redirect("movements:photo")


class PictureView(MemberDoor):
    """`which`: the one on the certificate, or the one that waits."""

    def get(self, request, which):
        waiting = self.page.waiting.picture if self.page.waiting else None
        file = {"present": self.page.person.photo, "waiting": waiting}.get(which)
        if file is None:
            raise Http404
        return file_response(file, "photo.jpg", inline=True)
