"""The demo's officers as actors, with today's seats and their second factor, and the imports that they make."""

from apps.accounts.enums import SignInKind
from apps.accounts.selectors import user_by_sign_in_name
from apps.associations.selectors import seats_on
from apps.core import clock
from apps.core.actor import Actor, ActorKind
from apps.dashboard.management.demo.staff import POSTS
from apps.imports.services import commit_job, upload_table, work_on_due
from apps.people.selectors import person_id_of_user


def officer(role: str, association: str = "000000", place: int = 0) -> Actor:
    """The demo's officer of this role; of several at one association the one at `place`."""
    posts = [post for post in POSTS if post.role == role and post.association == association]
    return officer_by_email(posts[place].email)


def officer_by_email(email: str) -> Actor:
    user = user_by_sign_in_name(SignInKind.EMAIL, email)
    return Actor(
        ActorKind.USER,
        user.display_name,
        user_id=user.pk,
        person_id=person_id_of_user(user.pk),
        seats=seats_on(user.pk, clock.today()),
        second_factor=True,
    )


def import_table(kind: str, content: bytes, filename: str):
    """As the registrar would: upload, check, import. Returns the finished job."""
    registrar = officer("registrar")
    job = upload_table(
        actor=registrar, kind=kind, content=content, filename=filename, language="zh-hans", now=clock.now()
    )
    work_on_due(clock=clock.now)
    commit_job(actor=registrar, job_id=job.pk, now=clock.now())
    work_on_due(clock=clock.now)
    job.refresh_from_db()
    return job
