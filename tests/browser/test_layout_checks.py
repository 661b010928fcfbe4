"""The look at a layout finds what it is for, and nothing on a page in order."""

import pytest

from tests.support.layout import layout_faults

pytestmark = pytest.mark.browser

PAGE = "<!doctype html><html lang=zh-Hans><body style='margin:16px;font:17px/1.75 sans-serif'>{}"
LONG = "浙江省注册会计师协会"

PLANTED = {
    "too wide": "<div style='width:400px;background:red'>宽</div>",
    "overlap": "<p style='margin:0'>第一段话</p><p style='margin-top:-30px'>第二段话</p>",
    "overlap: <p> “盖住” and <button>": "<button>同意</button><p style='margin-top:-20px'>盖住</p>",
    "cut text": f"<div style='width:60px;overflow:hidden;white-space:nowrap'>{LONG}</div>",
    "cut text: <p>": f"<div style='height:20px;overflow:hidden'><p style='margin:0'>{LONG * 5}</p></div>",
    "small text": "<p style='font-size:12px'>小字</p>",
    "small text: 7.0 px": "<svg width=100 viewBox='0 0 200 20'><text y=15 font-size=14>图</text></svg>",
    "text beyond the left edge": "<p style='margin-left:-60px'>左边看不见</p>",
    "no room in field": f"<input style='width:80px' placeholder='例如：{LONG}'>",
    "small target": "<p><button style='width:20px;height:20px;padding:0'>×</button>",
}

IN_ORDER = {
    "words for ears": "<p>可见<span style='position:absolute;width:1px;height:1px;overflow:hidden'>只供读屏</span></p>",
    "ellipsis with the whole in its title": (
        f"<p title='{LONG}' style='width:80px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>{LONG}</p>"
    ),
    "a table in its own window": f"<div tabindex=0 style='overflow-x:auto'><table style='width:900px'><td>{LONG}",
    "tight lines": f"<h1 style='line-height:1.2'>{LONG * 4}</h1>",
    "a label with its box": "<label><input type=checkbox style='width:24px;height:24px'> 我保证属实</label>",
    "closed details": "<details><summary>为什么问</summary><p>因为</p></details>",
}


def faults_on(visit, content: str) -> list[str]:
    page = visit(width=320, height=640).page
    page.set_content(PAGE.format(content))
    return layout_faults(page)


def test_each_planted_fault_is_found(visit):
    found = {kind: faults_on(visit, content) for kind, content in PLANTED.items()}
    assert {kind: faults for kind, faults in found.items() if not any(f.startswith(kind) for f in faults)} == {}


def test_nothing_is_found_where_all_is_well(visit):
    found = {name: faults_on(visit, content) for name, content in IN_ORDER.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
