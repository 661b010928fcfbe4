"""Addresses of the joining process: the candidate's, and the office's."""

from django.urls import path

from apps.applicants.views import staff

app_name = "applicants"

candidate: list = []

office: list = [
    path("office/applications/", staff.WorkListView.as_view(), name="worklist"),
    path("office/applications/<str:reference>/", staff.CaseView.as_view(), name="case"),
    path("office/applications/<str:reference>/photo/", staff.PhotoView.as_view(), name="photo"),
    path("office/applications/<str:reference>/agree/", staff.AgreeView.as_view(), name="agree"),
    path("office/applications/<str:reference>/correction/", staff.CorrectionView.as_view(), name="correction"),
    path("office/applications/<str:reference>/refuse/", staff.RefuseView.as_view(), name="refuse"),
    path("office/batches/", staff.BatchesView.as_view(), name="batches"),
    path("office/batches/<str:number>/", staff.BatchView.as_view(), name="batch"),
    path("office/batches/<str:number>/sheet/", staff.SheetView.as_view(), name="sheet"),
    path("office/recheck/", staff.RecheckListView.as_view(), name="recheck"),
    path("office/recheck/cases/<str:reference>/", staff.RecheckCaseView.as_view(), name="recheck_case"),
    path("office/recheck/cases/<str:reference>/photo/", staff.RecheckPhotoView.as_view(), name="recheck_photo"),
    path("office/recheck/cases/<str:reference>/confirm/", staff.ConfirmView.as_view(), name="recheck_confirm"),
    path("office/recheck/cases/<str:reference>/return/", staff.ReturnView.as_view(), name="recheck_return"),
    path("office/recheck/<str:number>/", staff.RecheckBatchView.as_view(), name="recheck_batch"),
]

urlpatterns = [*candidate, *office]
