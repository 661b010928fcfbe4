"""Electronic seals on what the portal issues."""

from django.utils.translation import gettext_lazy as _

from apps.rules.enums import Subject
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.values import Choice, Several, Unit, WholeNumber

ORDERS = [
    ("home_first", _("先地方注协，后中注协")),
    ("national_first", _("先中注协，后地方注协")),
]
DOCUMENTS = [
    ("certificate", _("会员证")),
    ("letter", _("会员资格良好存续证明")),
]
RUNS = [
    ("association", _("一个协会的全部会员证")),
    ("kind", _("一类会员的全部会员证")),
    ("seal_key", _("用某个印章密钥签章的会员证")),
    ("token_key", _("二维码由某个密钥签名的会员证")),
    ("outdated", _("内容已与名册不同的会员证")),
]
"""Whose certificates are issued again in bulk."""
LEVELS = [
    ("t", _("时间戳（B-T）")),
    ("lt", _("时间戳和验证资料（B-LT）")),
    ("lta", _("时间戳、验证资料和归档时间戳（B-LTA）")),
]

SEALS = (
    RuleKind(
        "seal.order",
        Subject.SEALS,
        _("两枚电子印章的顺序"),
        _("先盖的印章认证文件，后盖的印章覆盖整个文件。"),
        Choice(ORDERS),
    ),
    RuleKind(
        "seal.stamped",
        Subject.SEALS,
        _("加盖时间戳的文件"),
        _("签章时向时间戳服务取时间戳。服务没有应答时照常签发，之后自动补上。"),
        Several(DOCUMENTS),
    ),
    RuleKind(
        "seal.shared",
        Subject.SEALS,
        _("共用时间戳的文件"),
        _(
            "签发以后，许多份文件合成一批，共用一个时间戳；每份文件各有一份证据，能证明自己在这一批里。已经单独加盖的不再共用。"
        ),
        Several(DOCUMENTS),
    ),
    RuleKind(
        "seal.shared_minutes",
        Subject.SEALS,
        _("等待共用时间戳的时间"),
        _("最早的一份等到这个时间，就合成一批；文件很多时不等。"),
        WholeNumber(Unit.MINUTES, 1, 1440),
    ),
    RuleKind(
        "seal.renew_days",
        Subject.SEALS,
        _("提前续盖时间戳的时间"),
        _("时间戳机构的证书到期之前这么多天，归档时间戳和共用的时间戳自动续盖，原有的保留在里面。"),
        WholeNumber(Unit.DAYS, 1, 1000),
    ),
    RuleKind(
        "seal.level",
        Subject.SEALS,
        _("时间戳的级别"),
        _("级别越高，印章证书到期以后，文件脱离本网站也能查验得越久。"),
        Choice(LEVELS),
    ),
    RuleKind(
        "run.mailed",
        Subject.SEALS,
        _("成批重新签发时发邮件的情形"),
        _("其余情形不发邮件：会员在自己的账户里看到新的会员证和原因。开始时可以另选。"),
        Several(RUNS),
    ),
    RuleKind(
        "run.mails_an_hour",
        Subject.SEALS,
        _("成批重新签发的邮件每小时最多多少封"),
        _("邮件按这个速度分散发出，不会让邮件服务器一下子收到几十万封。"),
        WholeNumber(Unit.MAILS, 100, 200_000),
    ),
)
