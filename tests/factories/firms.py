from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.firms.services import register_firm


def make_firm(code="33000012", name="杭州诚信会计师事务所（特殊普通合伙）", association_code="330000"):
    return register_firm(
        actor=Actor.system("test"), code=code, name=name, association_code=association_code, now=present()
    )
