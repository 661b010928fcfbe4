"""Addresses of practising registration: the firm's, the candidate's, the office's."""

from django.urls import path

from apps.registrations.views import candidate, firm, staff

app_name = "registrations"

at_the_firm: list = [
    path("firm/", firm.ListView.as_view(), name="firm"),
    path("firm/registrations/<str:reference>/", firm.CaseView.as_view(), name="firm_case"),
    path("firm/registrations/<str:reference>/photo/file/", firm.PhotoView.as_view(), name="firm_photo"),
    path("firm/registrations/<str:reference>/letter/file/", firm.LetterView.as_view(), name="firm_letter"),
    path("firm/registrations/<str:reference>/invite/", firm.InviteView.as_view(), name="firm_invite"),
    path("firm/registrations/<str:reference>/take-back/", firm.TakeBackView.as_view(), name="firm_take_back"),
    path("firm/registrations/<str:reference>/file/", firm.FileView.as_view(), name="firm_file"),
    path("firm/registrations/<str:reference>/send-back/", firm.SendBackView.as_view(), name="firm_send_back"),
    path("firm/registrations/<str:reference>/withdraw/", firm.WithdrawView.as_view(), name="firm_withdraw"),
    path("firm/registrations/<str:reference>/<str:page>/", firm.PageView.as_view(), name="firm_page"),
]

of_the_candidate: list = [
    path("registration/", candidate.LookupView.as_view(), name="candidate"),
    path("registration/code/", candidate.CodeView.as_view(), name="candidate_code"),
    path("registration/<str:reference>/", candidate.CaseView.as_view(), name="candidate_case"),
    path("registration/<str:reference>/photo/", candidate.PhotoView.as_view(), name="candidate_photo"),
    path("registration/<str:reference>/letter/", candidate.LetterView.as_view(), name="candidate_letter"),
    path("registration/<str:reference>/confirm/", candidate.ConfirmView.as_view(), name="candidate_confirm"),
    path("registration/<str:reference>/decline/", candidate.DeclineView.as_view(), name="candidate_decline"),
    path("registration/<str:reference>/withdraw/", candidate.WithdrawView.as_view(), name="candidate_withdraw"),
]

at_the_office: list = [
    path("office/registrations/", staff.WorkListView.as_view(), name="office"),
    path("office/registrations/export/", staff.ExportView.as_view(), name="export"),
    path("office/registrations/reconciliation/", staff.ReconciliationView.as_view(), name="reconciliation"),
    path("office/registrations/reconciliation.csv", staff.ReconciliationFileView.as_view(), name="reconciliation_file"),
    path("office/registrations/duties/", staff.DutiesView.as_view(), name="duties"),
    path("office/registrations/<str:reference>/", staff.CaseView.as_view(), name="office_case"),
    path("office/registrations/<str:reference>/photo/", staff.PhotoView.as_view(), name="office_photo"),
    path("office/registrations/<str:reference>/letter/", staff.LetterView.as_view(), name="office_letter"),
    path("office/registrations/<str:reference>/accept/", staff.AcceptView.as_view(), name="accept"),
    path("office/registrations/<str:reference>/confirmation/", staff.ConfirmationView.as_view(), name="confirmation"),
    path("office/registrations/<str:reference>/gaps/", staff.GapsView.as_view(), name="gaps"),
    path("office/registrations/<str:reference>/telling/", staff.TellView.as_view(), name="telling"),
    path("office/registrations/<str:reference>/propose/", staff.ProposeView.as_view(), name="propose"),
    path("office/registrations/<str:reference>/approve/", staff.ApproveView.as_view(), name="approve"),
    path("office/registrations/<str:reference>/disagree/", staff.DisagreeView.as_view(), name="disagree"),
    path("office/registrations/<str:reference>/refuse/", staff.RefuseView.as_view(), name="refuse"),
    path("office/registrations/<str:reference>/extension/", staff.ExtensionView.as_view(), name="extension"),
    path("office/registrations/<str:reference>/extend/", staff.ExtendView.as_view(), name="extend"),
]

urlpatterns = [*at_the_firm, *of_the_candidate, *at_the_office]
