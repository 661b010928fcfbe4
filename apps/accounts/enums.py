"""Ways to sign in, purposes of one-time codes, and the office's roles with what each may do."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NATIONAL_CODE = "000000"
"""The national body, as an association: a seat there is what gives a national permission its scope."""


class SignInKind(TextChoices):
    """The doors of the sign-in page. Which of them a value belongs to is chosen by the person, never guessed."""

    PRACTISING_NUMBER = "practising", _("执业会员编号（注册会计师）")
    NON_PRACTISING_NUMBER = "non_practising", _("非执业会员编号")
    EMAIL = "email", _("电子邮箱")
    PHONE = "phone", _("手机号码")


class CodePurpose(TextChoices):
    START_APPLICATION = "start_application", _("开始入会申请")
    SIGN_IN = "sign_in", _("登录账号")
    PROGRESS = "progress", _("查询申请进度")
    REGISTRATION = "registration", _("确认或查看执业注册申请")


class Role(TextChoices):
    """What a seat makes of somebody. Administrator, auditor and security stay apart (三员分立)."""

    REVIEWER = "reviewer", _("地方注协经办")
    RECHECKER = "rechecker", _("中注协复核")
    DIRECTOR = "director", _("协会负责人")
    REGISTRAR = "registrar", _("注册管理")
    ADMINISTRATOR = "administrator", _("系统管理员")
    AUDITOR = "auditor", _("审计员")
    SECURITY = "security", _("安全管理员")


class Permission(TextChoices):
    IMPORT_ROLL = "import_roll", _("导入全科合格名单")
    IMPORT_MEMBERS = "import_members", _("导入会员")
    REVIEW_APPLICATION = "review_application", _("审查入会申请")
    SEND_BATCH = "send_batch", _("报送汇总表")
    SEE_REGISTRATIONS = "see_registrations", _("查看执业注册申请")
    REVIEW_REGISTRATION = "review_registration", _("办理执业注册")
    EXTEND_REGISTRATION = "extend_registration", _("批准延长执业注册的审查期限")
    IMPORT_PLATFORM_RESULTS = "import_platform_results", _("导入监管平台的注册结果")
    APPOINT_FIRM_HEADS = "appoint_firm_heads", _("设定事务所负责人席位")
    IMPORT_FIRMS = "import_firms", _("导入会计师事务所")
    IMPORT_PHOTOS = "import_photos", _("导入本协会的照片")
    IMPORT_ALL_PHOTOS = "import_all_photos", _("导入全国的照片")
    COMPARE_PHOTOS = "compare_photos", _("比对会员照片")
    RECHECK_APPLICATION = "recheck_application", _("复核入会申请")
    HANDLE_LETTERS = "handle_letters", _("办理会员资格英文证明")
    DECIDE_APPEAL = "decide_appeal", _("决定申诉")
    ANSWER_TIPS = "answer_tips", _("处理线索")
    GRANT_SEATS = "grant_seats", _("授予席位")
    MANAGE_RULES = "manage_rules", _("维护规则和日历")
    RECORD_FACTS = "record_facts", _("登记不予登记的情形")
    IMPORT_MEMBER_RECORDS = "import_member_records", _("导入本协会会员的年检、继续教育和会费")
    READ_AUDIT = "read_audit", _("查看操作记录")
    ISSUE_CERTIFICATES = "issue_certificates", _("批量重新签发会员证")
    OPERATE = "operate", _("处理失败的任务")
    MANAGE_SEAL_KEYS = "manage_seal_keys", _("更换和停用印章密钥（须两人）")
