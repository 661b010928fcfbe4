"""Invented rolls: passers of every kind that the portal must cope with, and practising members in invented firms."""

import csv
import io
import random
from datetime import date, timedelta

from apps.core.dates import add_years
from apps.dashboard.management.journey.invented import GIVEN, SURNAMES
from apps.people.selectors import with_check_digit

ROLL_HEAD = ["全科合格证号", "姓名", "证件类型", "证件号码", "合格证日期", "省份"]
MEMBERS_HEAD = [
    "姓名",
    "性别",
    "证件类型",
    "证件号码",
    "注册会计师证书编号",
    "注册日期",
    "所属协会",
    "事务所编号",
    "事务所名称",
]
PROVINCES = ("330000", "110000", "310000", "440000", "440300", "320000", "510000")
RARE_NAMES = ("阿卜杜拉·买买提", "阿依古丽·艾则孜", "王𠮷", "李𤩽", "欧阳思远", "司马静", "䶮明")
FIRMS = ("诚信", "衡远", "正则", "明鉴", "求是", "安信达")
TODAY_PASSERS = 50


def passers(today: date, chance: random.Random) -> list[list[str]]:
    """Fresh ones, some near the last day of their five years, some beyond it, some from abroad; 61 in all."""
    days = [today - timedelta(days=chance.randrange(20, 700)) for _ in range(TODAY_PASSERS - 10)]
    days += [add_years(today, -5) + timedelta(days=offset) for offset in (-400, -30, -1, 0, 1, 7, 30, 60, 90, 120)]
    rows = [_passer(place, day, chance) for place, day in enumerate(days)]
    return rows + _from_abroad(today, chance) + _with_rare_names(today, chance)


def practising_members(today: date, chance: random.Random) -> list[list[str]]:
    """40 practising members in six firms of four provinces."""
    return [_practising(place, today, chance) for place in range(40)]


def as_csv(head: list[str], rows: list[list[str]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(head)
    writer.writerows(rows)
    return table.getvalue().encode("utf-8-sig")


def _passer(place: int, day: date, chance: random.Random, name: str = "") -> list[str]:
    return [
        f"Q{chance.choice('ZY')}{day:%y}99{place:05d}",
        name or _name(chance),
        "居民身份证",
        _resident_number(place, chance),
        day.isoformat(),
        chance.choice(PROVINCES),
    ]


def _with_rare_names(today: date, chance: random.Random) -> list[list[str]]:
    return [_passer(80 + n, today - timedelta(days=60 + n), chance, name) for n, name in enumerate(RARE_NAMES)]


def _from_abroad(today: date, chance: random.Random) -> list[list[str]]:
    day = today - timedelta(days=90)
    documents = [
        ("港澳居民来往内地通行证", f"H{chance.randrange(10**8):08d}", "何咏恩"),
        ("港澳居民来往内地通行证", f"M{chance.randrange(10**8):08d}", "区家豪"),
        ("台湾居民来往大陆通行证", f"{chance.randrange(10**8):08d}", "张雅婷"),
        ("护照", f"K{chance.randrange(10**8):08d}", "TAN WEI LING"),
    ]
    return [
        [f"QZ{day:%y}99{70 + n:05d}", name, kind, number, day.isoformat(), "000000"]
        for n, (kind, number, name) in enumerate(documents)
    ]


def _practising(place: int, today: date, chance: random.Random) -> list[str]:
    province = PROVINCES[place % 4]
    firm = place % len(FIRMS)
    firm_code = f"{province[:2]}00{firm + 1:04d}"
    number = _resident_number(200 + place, chance)
    return [
        _name(chance),
        "男" if int(number[16]) % 2 else "女",
        "居民身份证",
        number,
        f"{firm_code}{place + 1:04d}",
        (today - timedelta(days=chance.randrange(400, 8000))).isoformat(),
        province,
        firm_code,
        f"{FIRMS[firm]}会计师事务所（演示）",
    ]


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))


def _resident_number(place: int, chance: random.Random) -> str:
    born = date(1970, 1, 1) + timedelta(days=chance.randrange(10000))
    return with_check_digit(f"330100{born:%Y%m%d}{place:03d}")
