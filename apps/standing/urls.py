from django.urls import path

from apps.standing.views import member_records, staff

app_name = "standing"

urlpatterns = [
    path("office/facts/", staff.FactsView.as_view(), name="facts"),
    path("office/facts/new/", staff.AddFactView.as_view(), name="add_fact"),
    path("office/facts/<uuid:fact_id>/", staff.FactView.as_view(), name="fact"),
    path("office/member-records/", member_records.MemberRecordsView.as_view(), name="member_records"),
    path("office/member-records/new/", member_records.AddMemberRecordView.as_view(), name="add_member_record"),
    path("office/member-records/<uuid:record_id>/", member_records.MemberRecordView.as_view(), name="member_record"),
]
