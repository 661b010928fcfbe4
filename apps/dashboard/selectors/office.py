"""What a member of staff finds on coming in: the piles that wait, and the ways to the rest, by permission."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.applicants.selectors.appeals import waiting_appeals
from apps.applicants.selectors.batches import batches_of_own_association, sent_batches
from apps.applicants.selectors.deadlines import cases_by_days_left
from apps.applicants.selectors.desk_page import pile_counts
from apps.associations.selectors import seats_due_for_review
from apps.certificates.selectors.names import open_name_tasks
from apps.complaints.selectors import waiting_tips
from apps.core.actor import Actor
from apps.core.clock import start_of_day
from apps.dashboard.selectors.charts import BarChart, bar_chart
from apps.letters.selectors import pile_counts as letter_counts
from apps.movements.selectors import offers_at_office
from apps.outbox.selectors import dead_deliveries
from apps.registrations.selectors.worklist import pile_counts as registration_counts
from apps.rules.selectors import rule_words, working_calendar


@dataclass(frozen=True)
class Entry:
    """A way into the office's work; `count` is what waits there, None where nothing is counted."""

    label: str
    url: str
    text: str = ""
    count: int | None = None


NAVIGATION = [
    (Permission.REVIEW_APPLICATION, _("工作列表"), "applicants:worklist", {}),
    (Permission.SEND_BATCH, _("汇总表"), "applicants:batches", {}),
    (Permission.REVIEW_APPLICATION, _("休假代办"), "associations:leave", {}),
    (Permission.COMPARE_PHOTOS, _("会员照片"), "movements:photos", {}),
    (Permission.RECHECK_APPLICATION, _("全国复核"), "applicants:recheck", {}),
    (Permission.RECHECK_APPLICATION, _("撤销登记"), "applicants:undos", {}),
    (Permission.SEE_REGISTRATIONS, _("执业注册"), "registrations:office", {}),
    (Permission.HANDLE_LETTERS, _("英文证明"), "letters:office", {}),
    (Permission.DECIDE_APPEAL, _("申诉"), "applicants:appeals", {}),
    (Permission.ANSWER_TIPS, _("线索"), "complaints:office", {}),
    (Permission.IMPORT_ROLL, _("导入合格名单"), "imports:upload", {"kind": "roll"}),
    (Permission.IMPORT_MEMBERS, _("导入会员"), "imports:upload", {"kind": "members"}),
    (Permission.IMPORT_FIRMS, _("导入事务所"), "imports:upload", {"kind": "firms"}),
    (Permission.IMPORT_PHOTOS, _("导入会员照片"), "imports:upload", {"kind": "member_photos"}),
    (Permission.IMPORT_ALL_PHOTOS, _("导入会员照片"), "imports:upload", {"kind": "member_photos"}),
    (Permission.IMPORT_PHOTOS, _("导入考试照片"), "imports:upload", {"kind": "roll_photos"}),
    (Permission.IMPORT_ALL_PHOTOS, _("导入考试照片"), "imports:upload", {"kind": "roll_photos"}),
    (Permission.IMPORT_MEMBER_RECORDS, _("导入会员情况"), "imports:upload", {"kind": "member_records"}),
    (Permission.RECORD_FACTS, _("导入会员情况"), "imports:upload", {"kind": "member_records"}),
    (Permission.GRANT_SEATS, _("席位"), "associations:seats", {}),
    (Permission.MANAGE_RULES, _("规则"), "rules:rules", {}),
    (Permission.RECORD_FACTS, _("不予登记情形记录"), "standing:facts", {}),
    (Permission.RECORD_FACTS, _("会员情况记录"), "standing:member_records", {}),
    (Permission.ISSUE_CERTIFICATES, _("会员证"), "certificates:office", {}),
    (Permission.OPERATE, _("失败的任务"), "dashboard:deliveries", {}),
]


DECIDING = (Permission.REVIEW_APPLICATION, Permission.RECHECK_APPLICATION)


def office_navigation(actor: Actor) -> list[Entry]:
    """The pages that the actor's seats open, home first; nothing for those without a seat."""
    if not actor.seats:
        return []
    home = Entry(_("办公首页"), reverse("dashboard:office"))
    ways = [
        Entry(label, _url(name, kwargs))
        for permission, label, name, kwargs in NAVIGATION
        if has_permission(actor, permission)
    ]
    if any(has_permission(actor, permission) for permission in DECIDING):
        ways.append(Entry(_("利害关系申报"), _url("people:conflicts", {})))
    return list({way.url: way for way in [home, *ways] if way.url}.values())


def office_entries(actor: Actor, *, today: date) -> list[Entry]:
    """The same pages with what waits in each: at most eight queries."""
    counters: list[tuple[str, Callable[[Actor], list[Entry]]]] = [
        (Permission.REVIEW_APPLICATION, partial(_review_entries, today=today)),
        (Permission.SEND_BATCH, _batch_entries),
        (Permission.COMPARE_PHOTOS, _photo_entries),
        (Permission.RECHECK_APPLICATION, _recheck_entries),
        (Permission.SEE_REGISTRATIONS, partial(_registration_entries, today=today)),
        (Permission.HANDLE_LETTERS, _letter_entries),
        (Permission.DECIDE_APPEAL, _appeal_entries),
        (Permission.ANSWER_TIPS, _tip_entries),
        (Permission.IMPORT_ROLL, _roll_entries),
        (Permission.IMPORT_MEMBERS, _member_entries),
        (Permission.IMPORT_FIRMS, _firm_entries),
        (Permission.GRANT_SEATS, partial(_seat_entries, today=today)),
        (Permission.MANAGE_RULES, _rule_entries),
        (Permission.RECORD_FACTS, _fact_entries),
        (Permission.ISSUE_CERTIFICATES, _certificate_entries),
        (Permission.OPERATE, _delivery_entries),
    ]
    entries = [entry for permission, make in counters if has_permission(actor, permission) for entry in make(actor)]
    return [entry for entry in entries if entry.url]


def deadline_chart(actor: Actor, *, today: date) -> BarChart | None:
    """The open cases that the actor's offices must decide, by working days left; None for who decides nothing."""
    if not any(has_permission(actor, permission) for permission in DECIDING):
        return None
    return bar_chart(
        _("待决定的申请，按剩余工作日"), _("件"), cases_by_days_left(actor, working_calendar(), today=today)
    )


def _review_entries(actor: Actor, *, today: date) -> list[Entry]:
    counts = pile_counts(actor, working_calendar(), now=start_of_day(today))
    url = _url("applicants:worklist")
    return [
        Entry(_("待我方决定"), f"{url}?pile=decide", _("从最接近期限的一件开始"), counts["decide"]),
        Entry(_("申请人有新答复"), f"{url}?pile=answered", _("看过后标为看过，再作决定"), counts["answered"]),
        Entry(_("复核退回"), f"{url}?pile=returned", _("中注协退回，请重新决定"), counts["returned"]),
        Entry(_("等申请人补正"), f"{url}?pile=waiting", _("期限暂停，您无需操作"), counts["waiting"]),
        Entry(_("没有送达的通知"), _url("applicants:unreached"), _("请致电申请人，或再发一次")),
    ]


def _batch_entries(actor: Actor) -> list[Entry]:
    waiting = sum(batch.agreed_count for batch in batches_of_own_association(actor) if batch.state == "open")
    return [Entry(_("已同意，待报送"), _url("applicants:batches"), _("在汇总表里，等待报送中注协"), waiting)]


def _photo_entries(actor: Actor) -> list[Entry]:
    waiting = offers_at_office(actor).count()
    return [Entry(_("会员照片"), _url("movements:photos"), _("与存档的照片比对，采用后换发会员证"), waiting)]


def _recheck_entries(actor: Actor) -> list[Entry]:
    waiting = sum(batch.waiting_count for batch in sent_batches(actor))
    return [Entry(_("待全国复核"), _url("applicants:recheck"), _("各地报送的汇总表，逐件复核"), waiting)]


def _registration_entries(actor: Actor, *, today: date) -> list[Entry]:
    counts = registration_counts(actor)
    url = _url("registrations:office")
    to_check, to_decide = (rule_words(f"practising.{key}_days", on=today) for key in ("form_check", "decide"))
    check, decide = (_("%(limit)s内一次告知或受理"), _("受理之日起 %(limit)s"))
    return [
        Entry(_("执业注册：待形式审查"), f"{url}?pile=check", check % {"limit": to_check}, counts["check"]),
        Entry(_("执业注册：待决定"), f"{url}?pile=decide", decide % {"limit": to_decide}, counts["decide"]),
    ]


def _letter_entries(actor: Actor) -> list[Entry]:
    counts, url = letter_counts(actor), _url("letters:office")
    return [
        Entry(_("英文证明：待经办"), f"{url}?pile=check", _("核对事实，提出意见"), counts["check"]),
        Entry(_("英文证明：待批准"), f"{url}?pile=approve", _("由没有经办的人批准"), counts["approve"]),
    ]


def _appeal_entries(actor: Actor) -> list[Entry]:
    waiting = waiting_appeals(actor).count()
    return [
        Entry(_("申诉"), _url("applicants:appeals"), _("由没有参与那件申请的人决定"), waiting),
        Entry(_("补问及原因"), _url("applicants:late_questions"), _("各协会没有一次告知的要求")),
    ]


def _tip_entries(actor: Actor) -> list[Entry]:
    waiting = waiting_tips(actor).count()
    return [Entry(_("线索"), _url("complaints:office"), _("有人觉得某张会员证不对"), waiting)]


def _roll_entries(actor: Actor) -> list[Entry]:
    return [Entry(_("导入合格名单"), _url("imports:upload", {"kind": "roll"}), _("先检查，再写入"))]


def _member_entries(actor: Actor) -> list[Entry]:
    return [Entry(_("导入会员"), _url("imports:upload", {"kind": "members"}), _("执业会员名单，先检查，再写入"))]


def _seat_entries(actor: Actor, *, today: date) -> list[Entry]:
    url = _url("associations:seats")
    due = seats_due_for_review(today)
    return [Entry(_("席位"), f"{url}?view=due", _("本季度待复核；授予、调整、终止席位也在这里"), due)]


def _rule_entries(actor: Actor) -> list[Entry]:
    return [Entry(_("规则"), _url("rules:rules"), _("期限、年限和要求，注明依据；放假日历"))]


def _fact_entries(actor: Actor) -> list[Entry]:
    return [
        Entry(_("不予登记情形记录"), _url("standing:facts"), _("审查每一件申请时自动核对")),
        Entry(_("会员情况记录"), _url("standing:member_records"), _("惩戒、年检、继续教育、会费，英文证明据此出具")),
    ]


def _firm_entries(actor: Actor) -> list[Entry]:
    return [Entry(_("导入事务所"), _url("imports:upload", {"kind": "firms"}), _("事务所和分所名册，先检查，再写入"))]


def _certificate_entries(actor: Actor) -> list[Entry]:
    text = _("姓名里的字没有字体可印；批量重新签发也在这里")
    return [Entry(_("等字体的会员证"), _url("certificates:office"), text, open_name_tasks().count())]


def _delivery_entries(actor: Actor) -> list[Entry]:
    text = _("例如没有做成的会员证；改正原因后重试")
    return [Entry(_("失败的任务"), _url("dashboard:deliveries"), text, dead_deliveries().count())]


def _url(name: str, kwargs: dict | None = None) -> str:
    try:
        return reverse(name, kwargs=kwargs or {})
    except NoReverseMatch:
        return ""
