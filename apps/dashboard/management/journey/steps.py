"""The whole job, step by step, as a candidate, three officers, a member and the public see it."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from apps.dashboard.management.journey.codes import authenticator_code, mailed_code, wait_for, wait_for_next_code
from apps.dashboard.management.journey.invented import Passer, portrait
from apps.dashboard.management.journey.visitor import JourneyFailed, Visitor

LONGEST_TAKE_BACK = 15 * 60
"""Seconds: the rule says ten minutes, and one in the demo."""
TICKS = dict.fromkeys(("capacity", "criminal", "penalty", "revoked", "cancelled", "expelled", "truth"), "on")


@dataclass
class Journey:
    """What one step learns and a later one needs."""

    base_url: str
    accounts: dict[str, dict]
    """By role: `email`, `password`, `totp_secret` (of `registrar`, `reviewer`, `rechecker`)."""
    association: str
    passer: Passer
    today: date
    folder: Path
    cpa: dict[str, str] | None = None
    """`name` and `number` of somebody on the register of CPAs, where one is known."""
    reference: str = ""
    member_number: str = ""
    check_address: str = ""
    verdict: str = ""
    certificate: Path | None = None
    reviewer: Visitor | None = None
    candidate: Visitor = field(init=False)

    def __post_init__(self):
        self.candidate = Visitor(self.base_url)

    @property
    def document_number(self) -> str:
        return f"会协〔{self.today.year}〕{int(self.passer.certificate_number[-4:]) + 1}号"


def steps(journey: Journey) -> Iterator[tuple[str, Callable[[Journey], str]]]:
    """Each step's name and what does it; it returns a sentence on what came of it."""
    yield "the registrar imports a roll with one passer", import_roll
    yield "the candidate learns the route and the last day", ask_eligibility
    yield "the candidate opens an account by a mailed code", open_account
    yield "the candidate fills in page by page", fill_in
    yield "the candidate submits and gets a reference", submit
    yield "the candidate sees who acts next", look_at_progress
    yield "the provincial officer agrees", agree
    yield "the minutes pass in which the officer could take it back", wait_for_batch
    yield "the provincial officer sends the batch", send_batch
    yield "the national officer confirms", confirm
    yield "the candidate reads the member number", read_number
    yield "the member signs in with the number and downloads the certificate", download_certificate
    yield "anybody checks the code", check_code
    yield "anybody checks the file, whole and with one byte changed", check_file
    if journey.cpa:
        yield "anybody finds a CPA by number, and nobody by a wrong one", search_register


def import_roll(journey: Journey) -> str:
    with officer(journey, "registrar") as registrar:
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["全科合格证号", "姓名", "证件类型", "证件号码", "发证日期", "省份"])
        passer = journey.passer
        rows.writerow(
            [
                passer.certificate_number,
                passer.name,
                "居民身份证",
                passer.identity_number,
                passer.certificate_on.isoformat(),
                journey.association,
            ]
        )
        content = table.getvalue().encode("utf-8-sig")
        registrar.open("/office/imports/roll/")
        registrar.fill(button="上传并检查", files={"file": ("journey.csv", content, "text/csv")})
        wait_for(lambda: registrar.again().has_form("导入 1 行"), "the dry run of the roll")
        registrar.fill(button="导入 1 行")
        wait_for(lambda: "新增" in registrar.again().text, "the import of the roll")
        return f"{passer.name}, {passer.certificate_number}"


def ask_eligibility(journey: Journey) -> str:
    candidate, day = journey.candidate.open("/apply/").follow("开始"), journey.passer.certificate_on
    candidate.fill({"practising": "never"}, button="继续")
    dates = {"certificate_on_year": day.year, "certificate_on_month": day.month, "certificate_on_day": day.day}
    candidate.fill({"has_certificate": "yes", **dates}, button="继续")
    candidate.fill({"identity_type": "resident_id"}, button="继续")
    candidate.expect("登记办法").expect(f"{day.year + 5}年{day.month}月")
    return candidate.heading


def open_account(journey: Journey) -> str:
    candidate = journey.candidate.fill(button="开始填写")
    candidate.fill({"email": journey.passer.email}, button="发送验证码")
    candidate.fill({"code": mailed_code(journey.base_url, journey.passer.email)}, button="登录并继续")
    return candidate.expect("共 6 项").heading


def fill_in(journey: Journey) -> str:
    passer, candidate = journey.passer, journey.candidate
    candidate.open("/apply/identity/").fill(
        {"name": passer.name, "identity_type": "resident_id", "identity_number": passer.identity_number.lower()}
    )
    candidate.open("/apply/certificate/").fill({"certificate_number": passer.certificate_number.lower()})
    candidate.open("/apply/association/").fill({"association": journey.association})
    candidate.open("/apply/contact/").fill({"phone": "１３８００１３８０００"})
    candidate.open("/apply/photo/").fill(files={"photo": ("IMG_0001.PNG", portrait(), "image/png")})
    candidate.open("/apply/declarations/").fill(TICKS)
    return candidate.open("/apply/check/").expect(passer.name).heading


def submit(journey: Journey) -> str:
    candidate = journey.candidate.fill(button="提交申请").expect("我们已收到您的申请")
    journey.reference = candidate.response.url.path.rstrip("/").split("/")[-1]
    return journey.reference


def look_at_progress(journey: Journey) -> str:
    """Somebody without the session asks by reference and a mailed code."""
    used = mailed_code(journey.base_url, journey.passer.email)
    with Visitor(journey.base_url) as asker:
        asker.open("/progress/").fill(
            {"reference": journey.reference, "email": journey.passer.email}, button="发送验证码"
        )
        asker.fill({"code": mailed_code(journey.base_url, journey.passer.email, after=used)})
        return asker.expect(journey.reference).heading


def agree(journey: Journey) -> str:
    journey.reviewer = officer(journey, "reviewer")
    desk = journey.reviewer.open(f"/office/applications/{journey.reference}/").expect(journey.passer.name)
    desk.fill(button="同意，报中注协复核").expect("已同意")
    return "no membership yet"


def wait_for_batch(journey: Journey) -> str:
    """Nobody shortens the wait: an agreed case is in the open batch once its minutes are over (one in the demo)."""
    prefix, desk = journey.reference.split("-")[0], journey.reviewer

    def look():
        desk.open("/office/batches/")
        return journey.reference in desk.open(desk.address_with("/office/batches/", prefix)).text

    wait_for(look, "the case in the open batch", patience=LONGEST_TAKE_BACK, pause=2)
    return "it is in the batch"


def send_batch(journey: Journey) -> str:
    desk = journey.reviewer.again().expect(journey.reference)
    number = desk.response.url.path.rstrip("/").split("/")[-1]
    desk.fill(button="报送")
    return number


def confirm(journey: Journey) -> str:
    with officer(journey, "rechecker") as desk:
        desk.open(f"/office/recheck/cases/{journey.reference}/").expect(journey.passer.name)
        desk.fill({"document_number": journey.document_number}, button="复核通过，公告并编号")
        return journey.document_number


def read_number(journey: Journey) -> str:
    journey.member_number = journey.candidate.open(f"/progress/{journey.reference}/").expect("会员编号").receipt
    return journey.member_number


def download_certificate(journey: Journey) -> str:
    used = mailed_code(journey.base_url, journey.passer.email)
    with Visitor(journey.base_url) as member:
        member.open("/signin/").fill(
            {"kind": "non_practising", "value": journey.member_number}, button="用邮箱验证码登录"
        )
        member.fill({"code": mailed_code(journey.base_url, journey.passer.email, after=used)})
        wait_for(lambda: "下载电子会员证" in member.open("/account/").text, "the certificate")
        journey.check_address = member.address_with("/v/")
        pdf = member.open(member.address_with("/account/certificate/")).response.content
    journey.certificate = journey.folder / f"{journey.member_number}.pdf"
    journey.certificate.write_bytes(pdf)
    if not pdf.startswith(b"%PDF-"):
        raise JourneyFailed("the download is no PDF")
    return f"{journey.certificate} ({len(pdf):,} bytes)"


def check_code(journey: Journey) -> str:
    with Visitor(journey.base_url) as anybody:
        page = anybody.open(journey.check_address).expect("有效")
        if journey.passer.name in page.text or journey.member_number in page.text:
            raise JourneyFailed("the verify page gives away the name or the number")
        journey.verdict = page.verdict
        return page.verdict


def check_file(journey: Journey) -> str:
    whole = journey.certificate.read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 3] ^= 1
    with Visitor(journey.base_url) as anybody:
        verdicts = []
        for content in (whole, bytes(changed)):
            anybody.open("/verify/")
            anybody.fill(button="查验文件", files={"file": ("certificate.pdf", content, "application/pdf")})
            verdicts.append(anybody.verdict)
    if "有效" not in verdicts[0] or "有效" in verdicts[1]:
        raise JourneyFailed(f"the file's verdicts are {verdicts}")
    return " / ".join(verdicts)


def search_register(journey: Journey) -> str:
    number, name = journey.cpa["number"], journey.cpa["name"]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with Visitor(journey.base_url) as anybody:
        found = anybody.open("/register/").fill({"number": number}, button="查询").expect(name).text
        if name in anybody.open("/register/").fill({"number": wrong}, button="查询").text:
            raise JourneyFailed(f"{wrong} finds {name}, whose number is {number}")
    return found[found.index(name) :][:60]


def officer(journey: Journey, role: str) -> Visitor:
    """An officer, signed in with password and authenticator."""
    account, visitor = journey.accounts[role], Visitor(journey.base_url)
    visitor.open("/signin/?next=/office/").fill(
        {"kind": "email", "value": account["email"], "password": account["password"]}, button="登录"
    )
    try:
        visitor.fill({"code": authenticator_code(account["totp_secret"])})
    except JourneyFailed:  # each code works once, and an earlier journey may have used this one
        wait_for_next_code()
        visitor.fill({"code": authenticator_code(account["totp_secret"])})
    return visitor
