"""The mails that the demo has sent, as a reader's mail program shows their HTML: one of each subject and language."""

import email
import email.policy
import re
from pathlib import Path

from bench.screenshots.looks import Looker
from tests.support.browser import Visit

BETWEEN = re.compile(rb"^-{60,}$", re.MULTILINE)
ANYTHING = re.compile(r"[A-Z]{2}-\d{4}-[0-9A-Z-]+|\d+")


def look_at_mails(browser, folder: Path, looker: Looker) -> None:
    visit = Visit(browser, "http://localhost", width=1024, height=768, scripts=True, language="zh-CN")
    for subject, html in _one_of_each(folder).items():
        visit.page.set_content(html)
        looker.look(visit, "mail", subject, "en" if 'lang="en"' in html else "zh-hans")
    visit.context.close()


def _one_of_each(folder: Path) -> dict[str, str]:
    found = {}
    for file in sorted(folder.iterdir()):
        for text in BETWEEN.split(file.read_bytes()):
            message = email.message_from_bytes(text.strip(), policy=email.policy.default)
            body = message.get_body(preferencelist=("html",))
            if body:
                found[ANYTHING.sub("", message["subject"])] = body.get_content()
    return found
