"""The demo's cases, one a story: who applies, how long ago, and what the offices did then."""

from dataclasses import dataclass

ZHEJIANG, BEIJING = "330000", "110000"


@dataclass(frozen=True)
class Story:
    """`days_ago` is the submission; each move is (what, days after the submission). `roll` is what the roll will say
    of the answers: exact, near (the name differs) or none. `filled` False leaves a draft with one page done.
    """

    key: str
    name: str
    days_ago: int = 0
    moves: tuple[tuple[str, int], ...] = ()
    association: str = ZHEJIANG
    roll: str = "exact"
    submitted: bool = True
    filled: bool = True

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@example.org"


UNANSWERED = (
    ("ask_correction", 3),
    ("open", 4),
    ("remind", 20),
    ("remind", 33),
    ("remind", 35),
    ("expire", 50),
)
AGREED_AND_SENT = (("agree", 4), ("send", 5))

STORIES = (
    Story("draft_begun", "赵静", submitted=False, filled=False),
    Story("draft_full", "孙明远", submitted=False),
    Story("submitted", "周安宁", days_ago=1),
    Story("submitted_near", "欧阳思远", days_ago=9, roll="near"),
    Story("submitted_unknown", "冯博", days_ago=14, roll="none"),
    Story("submitted_nearly_due", "蒋文涵", days_ago=25),
    Story("submitted_overdue", "阿依古丽·艾则孜", days_ago=45),
    Story("submitted_beijing", "韩齐", days_ago=3, association=BEIJING),
    Story("correction", "吴子静", days_ago=7, moves=(("ask_correction", 3),)),
    Story("corrected", "郑雅", days_ago=12, moves=(("ask_correction", 3), ("answer_correction", 6))),
    Story("expired", "王远", days_ago=70, moves=UNANSWERED),
    Story("withdrawn", "陈安", days_ago=10, moves=(("withdraw", 2),)),
    Story("refused", "褚明", days_ago=20, roll="none", moves=(("refuse", 9),)),
    Story("sent", "卫齐静", days_ago=8, moves=AGREED_AND_SENT),
    Story("sent_overdue", "沈思涵", days_ago=40, moves=AGREED_AND_SENT),
    Story("returned", "杨文", days_ago=15, moves=(*AGREED_AND_SENT, ("return", 8))),
    Story("confirmed", "李雅文", days_ago=30, moves=(*AGREED_AND_SENT, ("confirm", 12))),
    Story("agreed", "钱博远", days_ago=5, moves=(("agree", 4),)),
)
"""Those that are sent come before the one that waits in the open batch: sending takes along whatever waits there."""
