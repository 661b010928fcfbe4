"""Addresses of the joining process: the candidate's, and the office's."""

from django.urls import path

from apps.applicants.views import applicant, attachments, own_case, progress, public, staff

app_name = "applicants"

candidate: list = [
    path("apply/", public.ApplyView.as_view(), name="apply"),
    path("apply/questions/<str:step>/", public.QuestionView.as_view(), name="question"),
    path("apply/eligibility/", public.EligibilityView.as_view(), name="eligibility"),
    path("apply/email/", public.EmailView.as_view(), name="email"),
    path("apply/code/", public.CodeView.as_view(), name="code"),
    path("apply/tasks/", applicant.TasksView.as_view(), name="tasks"),
    path("apply/check/", applicant.CheckView.as_view(), name="check"),
    path("apply/receipt/<str:reference>/", applicant.ReceiptView.as_view(), name="receipt"),
    path("apply/photo/file/", applicant.PhotoFileView.as_view(), name="photo_file"),
    path("apply/attachments/", attachments.DraftAttachmentsView.as_view(), name="attachments"),
    path(
        "apply/attachments/<uuid:attachment_id>/<int:number>/",
        attachments.DraftAttachmentPageView.as_view(),
        name="attachment_page",
    ),
    path("apply/<str:page>/", applicant.PageView.as_view(), name="page"),
    path("progress/", progress.ProgressView.as_view(), name="progress"),
    path("progress/code/", progress.ProgressCodeView.as_view(), name="progress_code"),
    path("progress/<str:reference>/", progress.CaseView.as_view(), name="progress_case"),
    path("progress/<str:reference>/correction/", own_case.CorrectionView.as_view(), name="answer"),
    path(
        "progress/<str:reference>/attachments/",
        attachments.CaseAttachmentsView.as_view(),
        name="progress_attachments",
    ),
    path(
        "progress/<str:reference>/attachments/<uuid:attachment_id>/<int:number>/",
        attachments.CaseAttachmentPageView.as_view(),
        name="progress_attachment_page",
    ),
    path("progress/<str:reference>/photo/", own_case.PhotoView.as_view(), name="progress_photo"),
    path("progress/<str:reference>/reply/", own_case.ReplyView.as_view(), name="reply"),
    path("progress/<str:reference>/receipt/", progress.ReceiptFileView.as_view(), name="progress_receipt"),
    path("progress/<str:reference>/letter/", progress.LetterView.as_view(), name="progress_letter"),
    path("progress/<str:reference>/appeal/", own_case.AppealView.as_view(), name="appeal"),
    path("progress/<str:reference>/appeal/letter/", progress.AppealLetterView.as_view(), name="appeal_letter"),
    path("progress/<str:reference>/again/", own_case.AgainView.as_view(), name="again"),
    path("progress/<str:reference>/withdraw/", own_case.WithdrawView.as_view(), name="withdraw"),
]

office: list = [
    path("office/applications/", staff.WorkListView.as_view(), name="worklist"),
    path("office/applications/next/", staff.NextCaseView.as_view(), name="next"),
    path("office/applications/views/", staff.SavedViewsView.as_view(), name="views"),
    path("office/applications/bulk/", staff.BulkAgreeView.as_view(), name="bulk"),
    path("office/applications/<str:reference>/", staff.CaseView.as_view(), name="case"),
    path("office/applications/<str:reference>/photo/", staff.PhotoView.as_view(), name="photo"),
    path("office/applications/<str:reference>/roll/", staff.RollChoiceView.as_view(), name="roll_choice"),
    path(
        "office/applications/<str:reference>/persons/<str:possible>/",
        staff.PossiblePersonView.as_view(),
        name="possible_person",
    ),
    path(
        "office/applications/<str:reference>/attachments/<uuid:attachment_id>/<int:number>/",
        staff.AttachmentPageView.as_view(),
        name="case_attachment_page",
    ),
    path("office/applications/<str:reference>/agree/", staff.AgreeView.as_view(), name="agree"),
    path("office/applications/<str:reference>/handling/", staff.HandlingView.as_view(), name="handling"),
    path("office/applications/<str:reference>/take-back/", staff.TakeBackView.as_view(), name="take_back"),
    path("office/applications/<str:reference>/correction/", staff.CorrectionView.as_view(), name="correction"),
    path("office/applications/<str:reference>/refuse/", staff.RefuseView.as_view(), name="refuse"),
    path("office/applications/<str:reference>/hold/", staff.HoldView.as_view(), name="hold"),
    path("office/applications/<str:reference>/lift/", staff.LiftView.as_view(), name="lift"),
    path("office/cases/<str:reference>/note/", staff.NoteView.as_view(), name="note"),
    path("office/cases/<str:reference>/message/", staff.MessageView.as_view(), name="message"),
    path("office/cases/<str:reference>/answers-read/", staff.AnswersReadView.as_view(), name="answers_read"),
    path("office/cases/<str:reference>/ask/", staff.QuestionView.as_view(), name="ask"),
    path("office/cases/<str:reference>/answer/", staff.AnswerView.as_view(), name="question_answer"),
    path("office/applications/<str:reference>/phoned/", staff.PhoneCallView.as_view(), name="phone_call"),
    path("office/applications/<str:reference>/tell-again/", staff.TellAgainView.as_view(), name="tell_again"),
    path("office/applications/<str:reference>/send-again/", staff.SendAgainView.as_view(), name="send_again"),
    path("office/applications/<str:reference>/letter/", staff.LetterView.as_view(), name="letter"),
    path("office/appeals/", staff.AppealsView.as_view(), name="appeals"),
    path("office/appeals/<str:reference>/", staff.AppealView.as_view(), name="appeal_case"),
    path("office/unreached/", staff.UnreachedView.as_view(), name="unreached"),
    path("office/late-questions/", staff.LateQuestionsView.as_view(), name="late_questions"),
    path("office/batches/", staff.BatchesView.as_view(), name="batches"),
    path("office/batches/<str:number>/", staff.BatchView.as_view(), name="batch"),
    path("office/batches/<str:number>/sheet/", staff.SheetView.as_view(), name="sheet"),
    path("office/recheck/", staff.RecheckListView.as_view(), name="recheck"),
    path("office/recheck/green/", staff.GreenView.as_view(), name="green"),
    path("office/recheck/cases/<str:reference>/", staff.RecheckCaseView.as_view(), name="recheck_case"),
    path("office/recheck/cases/<str:reference>/photo/", staff.RecheckPhotoView.as_view(), name="recheck_photo"),
    path(
        "office/recheck/cases/<str:reference>/attachments/<uuid:attachment_id>/<int:number>/",
        staff.RecheckAttachmentPageView.as_view(),
        name="recheck_attachment_page",
    ),
    path("office/recheck/cases/<str:reference>/confirm/", staff.ConfirmView.as_view(), name="recheck_confirm"),
    path("office/recheck/cases/<str:reference>/return/", staff.ReturnView.as_view(), name="recheck_return"),
    path("office/recheck/cases/<str:reference>/undo/", staff.UndoView.as_view(), name="undo"),
    path("office/recheck/cases/<str:reference>/undo/decide/", staff.UndoDecisionView.as_view(), name="undo_decide"),
    path("office/undos/", staff.UndosView.as_view(), name="undos"),
    path("office/recheck/<str:number>/", staff.RecheckBatchView.as_view(), name="recheck_batch"),
]

urlpatterns = [*candidate, *office]
