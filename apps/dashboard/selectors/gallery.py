"""Invented content for the gallery: each component in the states that break pages."""

from datetime import UTC, date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.dashboard.selectors.charts import bar_chart, line_chart
from apps.mail.selectors import Delivery

NAMES = {
    "two": "李娜",
    "five": "买买提依明",
    "long": "阿卜杜拉·买买提依明·吐尔逊江·艾力肯木·古丽巴哈尔·热依汗古丽",
    "english": "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Alexanders",
}
LONG_WORDS = _(
    "您上传的照片背景不是白色，并且有文字和水印。请换成本人近一年内的白底正面免冠照片，JPG、PNG 或 HEIC 格式，"
    "不超过 20 MB；请不要使用自拍、美颜或翻拍的照片。不清楚怎样拍的，请到照相馆拍一寸照，并要电子文件。"
)
NOTICES = [
    {"tone": "info", "title": _("说明"), "text": _("省级注协审查您的资料，您现在无需操作。")},
    {"tone": "waiting", "title": _("等您补正"), "text": _("请在 2026年12月31日 前更换照片。")},
    {"tone": "done", "title": _("有效"), "text": _("我们已收到您的申请。")},
    {"tone": "refused", "title": _("已失效"), "text": _("会员资格已于 2026年3月5日 终止。")},
]
ROWS = [
    *({"label": _("姓名"), "value": name, "change_url": "/"} for name in NAMES.values()),
    {"label": _("全科合格证号"), "value": "QZ24330001234", "change_url": "/"},
    {"label": _("补充说明"), "value": LONG_WORDS, "change_url": "/"},
    {"label": _("工作单位"), "value": ""},
]


def _steps(*states: str) -> list[dict]:
    labels = (_("已提交"), _("协会审查"), pgettext_lazy("stage", "中注协复核"), _("成为会员"))
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


STEPS = [
    _steps("current", "todo", "todo", "todo"),
    _steps("done", "current", "todo", "todo"),
    _steps("done", "stopped", "todo", "todo"),
    _steps("done", "done", "done", "done"),
]
DUE_ON = date(2026, 3, 28)
CLOCKS = [
    {"used": 0},
    {"used": 7},
    {"used": 9, "paused": True},
    {"used": 19, "provisional": True},
    {"used": 22},
    {"used": 11, "stopped": True},
]
HISTORY = [
    {"at": datetime(2026, 3, 2, 2, 0, tzinfo=UTC), "words": _("您提交了申请")},
    {"at": datetime(2026, 3, 9, 2, 0, tzinfo=UTC), "words": LONG_WORDS},
]
DELIVERIES = [
    Delivery("1", LONG_WORDS, "sms", "queued", "+86138****8000", HISTORY[1]["at"], False),
    Delivery("2", _("已收到您的入会申请"), "email", "delivered", "l***@example.org", HISTORY[1]["at"], False),
    Delivery("3", _("已收到您的入会申请"), "email", "bounced", "l***@example.org", HISTORY[0]["at"], True),
]
MANY = 24


def table_rows(count: int) -> list[dict]:
    names = list(NAMES.values())
    return [
        {"name": names[n % len(names)], "reference": f"ZJ-2026-{n:04d}-9Q", "used": n % 23, "notice": NOTICES[n % 4]}
        for n in range(count)
    ]


def tables() -> list[list[dict]]:
    return [table_rows(0), table_rows(1), table_rows(MANY)]


def charts() -> dict:
    numbers = [
        (_("剩 10 个工作日以上"), 12),
        (_("剩 6–10 个工作日"), 7),
        (_("剩 0–5 个工作日"), 3, "near"),
        (_("已超期"), 1, "late"),
    ]
    months = [(f"{month}", value) for month, value in enumerate((3, 8, 5, 13, 9, 21, 17, 6), start=1)]
    title, unit = _("待决定的申请，按剩余工作日"), _("件")
    return {
        "bars": [
            bar_chart(title, unit, rows) for rows in (numbers, [(_("其他"), 10_000), (_("已超期"), 1, "late")], [])
        ],
        "lines": [line_chart(_("每月申请"), unit, rows) for rows in (months, months[:1], [])],
    }


PAGES = {
    "not-found": "404.html",
    "forbidden": "403.html",
    "expired": "403_csrf.html",
    "bad-request": "400.html",
    "too-many": "429.html",
    "error": "500.html",
    "maintenance": "503.html",
}
"""Whole pages that nobody can ask for: their own address in the gallery, by its last part."""
WORK_LISTS = {f"work-list-{kind}": kind for kind in ("full", "filtered", "nothing", "nothing-found")}
"""The desk's own page with invented work, the same way."""
PAGES |= dict.fromkeys(WORK_LISTS, "applicants/office/work_list.html")
