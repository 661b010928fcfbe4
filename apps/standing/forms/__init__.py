from apps.standing.forms.facts import FactForm, WithdrawForm
from apps.standing.forms.member_records import EndForm, MemberRecordForm

__all__ = ["EndForm", "FactForm", "MemberRecordForm", "WithdrawForm"]
