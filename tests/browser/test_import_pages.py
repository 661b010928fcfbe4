"""An import as a browser sees it: bring a file, read what is wrong with it, write the rest; scripts on or off."""

import pytest

from apps.accounts.enums import Role
from apps.imports.models import Job
from tests.browser.test_public_pages import axe_findings
from tests.factories.accounts import make_officer
from tests.imports.samples import comma_separated
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = ["全科合格证号", "姓名", "证件类型", "证件号码", "合格证日期", "省份"]
REST = ["居民身份证", "11010519491231002X", "2024-12-20", "浙江"]
FAULTY = [[f"QZ24330{number:04d}", "", "工作证", *REST[1:]] for number in range(130)]
FILE = {
    "name": "2026年全科合格名单（第一批）.csv",
    "mimeType": "text/csv",
    "buffer": comma_separated([["QZ243300123", "王小明", *REST], *FAULTY], HEADER),
}
LANGUAGES = [("zh-CN", "上传并检查", "下一页", "导入 1 行"), ("en", "Upload and check", "Next page", "Import rows: 1")]


@pytest.fixture
def registrar():
    return make_officer("registrar@example.org", role=Role.REGISTRAR, association_code="000000")


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (1024, False), (360, True)])
@pytest.mark.parametrize(("language", "upload", "following", "write"), LANGUAGES, ids=["Chinese", "English"])
def test_file_is_brought_read_and_written(
    visit, sign_in, registrar, width, scripts, language, upload, following, write
):
    reader = visit(width=width, scripts=scripts, language=language)
    sign_in(reader, registrar)
    page = reader.page
    page.goto("/office/imports/roll/")
    assert_in_order(reader, scripts)
    page.locator("input[type=file]").set_input_files(FILE)
    press(page, upload)
    assert_in_order(reader, scripts)
    page.get_by_role("link", name=following).click()
    assert page.locator("#faults + p + div tbody tr").first.locator("td").first.text_content() == "103"
    with page.expect_download() as download:
        page.locator("#faults + p a").click()
    assert download.value.suggested_filename.endswith(".csv")
    press(page, write)
    assert_in_order(reader, scripts)
    assert Job.objects.get().state == "committed"


def assert_in_order(reader, scripts) -> None:
    assert reader.overflow() <= 0
    assert not scripts or axe_findings(reader.page) == []
