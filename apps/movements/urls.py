from django.urls import path

from apps.movements.views import member, staff

app_name = "movements"

urlpatterns = [
    path("account/photo/", member.PhotoView.as_view(), name="photo"),
    path("account/photo/withdraw/", member.WithdrawView.as_view(), name="withdraw_photo"),
    path("account/photo/<slug:which>.jpg", member.PictureView.as_view(), name="own_picture"),
    path("office/photos/", staff.PhotosView.as_view(), name="photos"),
    path("office/photos/desk/", staff.DeskView.as_view(), name="desk_photo"),
    path("office/photos/<uuid:offer_id>/", staff.OfferView.as_view(), name="photo_offer"),
    path("office/photos/<uuid:offer_id>/<slug:which>.jpg", staff.OfferPictureView.as_view(), name="offer_picture"),
]
