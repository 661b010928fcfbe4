"""Addresses of tips: for anybody, and for the national body's office."""

from django.urls import path

from apps.complaints.views import public, staff

app_name = "complaints"

urlpatterns = [
    path("complaints/", public.TipView.as_view(), name="tip"),
    path("complaints/received/", public.ReceivedView.as_view(), name="received"),
    path("office/tips/", staff.TipsView.as_view(), name="office"),
    path("office/tips/<str:reference>/", staff.TipView.as_view(), name="office_tip"),
    path("office/tips/<str:reference>/note/", staff.NoteView.as_view(), name="note"),
    path("office/tips/<str:reference>/answer/", staff.AnswerView.as_view(), name="answer"),
    path("office/tips/<str:reference>/pages/<int:number>/", staff.PictureView.as_view(), name="picture"),
]
