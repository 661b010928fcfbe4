"""An archive of photos as a browser sees it: brought, counted, written, taken back; scripts on or off."""

import os

import pytest

from apps.imports.models import Job
from tests.browser.test_public_pages import axe_findings
from tests.factories.accounts import make_officer
from tests.factories.archives import archive, face
from tests.factories.certificates import make_certifiable_member
from tests.factories.members import make_cpa
from tests.support.browser import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("P_SHOTS", "")


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (360, False)])
def test_archive_is_brought_written_and_taken_back(visit, sign_in, width, scripts):
    officer = make_officer("reviewer@example.org")
    member, other = make_cpa(), make_certifiable_member()
    photos = {f"照片/{member.number}.jpg": face(), f"照片/{other.number}.jpg": face("red"), "照片/王小明.jpg": face()}
    photos |= {"照片/330000120002.jpg": b"", "a/330000120003.jpg": face(), "b/330000120003.jpg": face()}
    reader = visit(width=width, scripts=scripts)
    sign_in(reader, officer)
    page = reader.page

    def look(name):
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert reader.overflow() <= 0
        assert not scripts or axe_findings(page) == []

    page.goto("/office/imports/member_photos/")
    look("upload")
    file = {"name": "2026年会员照片.zip", "mimeType": "application/zip", "buffer": archive(photos).getvalue()}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "上传并检查")
    look("checked")
    press(page, "导入 2 张")
    look("written")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载每张照片的结果").click()
    assert download.value.suggested_filename == "2026年会员照片 结果.csv"
    press(page, "撤回 2 张")
    look("undone")
    assert Job.objects.get().state == "undone"
