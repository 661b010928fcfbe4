"""Addresses at which anybody checks what somebody holds; the first two stand on paper and never move. And of links."""

from django.urls import path

from apps.verification.views import member, offline, public, published, shared

app_name = "verification"

urlpatterns = [
    path("verify/", public.VerifyView.as_view(), name="verify"),
    path("verify/keys.json", published.KeysView.as_view(), name="keys"),
    path("verify/status/<int:number>", published.StatusListView.as_view(), name="status_list"),
    path("verify/evidence/<str:sha256>.json", published.EvidenceView.as_view(), name="evidence"),
    path("v/offline", offline.OfflineView.as_view(), name="offline"),
    path("v/worker.js", offline.WorkerView.as_view(), name="worker"),
    path("v/<str:code>", public.CheckView.as_view(), name="check"),
    path("s/<str:secret>", shared.SharedView.as_view(), name="shared"),
    path("account/links/", member.LinksView.as_view(), name="links"),
    path("account/links/new/<uuid:membership_id>/", member.NewLinkView.as_view(), name="new_link"),
    path("account/links/<uuid:link_id>/revoke/", member.RevokeView.as_view(), name="revoke_link"),
]
