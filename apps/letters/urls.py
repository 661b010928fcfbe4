"""Addresses of the English letter: the member's and the office's."""

from django.urls import path

from apps.letters.views import member, staff

app_name = "letters"

of_the_member: list = [
    path("account/letters/", member.LettersView.as_view(), name="own"),
    path("account/letters/ask/", member.AskView.as_view(), name="ask"),
    path("account/letters/<str:reference>/", member.LetterView.as_view(), name="letter"),
    path("account/letters/<str:reference>/end/", member.EndView.as_view(), name="end"),
    path("account/letters/<str:reference>/file/", member.FileView.as_view(), name="file"),
]

at_the_office: list = [
    path("office/letters/", staff.WorkListView.as_view(), name="office"),
    path("office/letters/<str:reference>/", staff.CaseView.as_view(), name="office_letter"),
    path("office/letters/<str:reference>/propose/", staff.ProposeView.as_view(), name="propose"),
    path("office/letters/<str:reference>/refuse/", staff.ProposeRefusalView.as_view(), name="propose_refusal"),
    path("office/letters/<str:reference>/approve/", staff.ApproveView.as_view(), name="approve"),
    path("office/letters/<str:reference>/agree-refusal/", staff.RefuseView.as_view(), name="refuse"),
    path("office/letters/<str:reference>/disagree/", staff.DisagreeView.as_view(), name="disagree"),
    path("office/letters/<str:reference>/file/", staff.FileView.as_view(), name="office_file"),
]

urlpatterns = [*of_the_member, *at_the_office]
