"""Natural persons. Everything personal is sealed under the person's own key; blind indexes find it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.fields import BlindIndexField, EncryptedDateField, EncryptedTextField
from apps.core.models import Row
from apps.core.triggers import written_once
from apps.people.enums import IdentityType, RelationKind, Sex, SpellingSource, Tie


class Person(Row):
    """One human being, whatever documents and accounts they have."""

    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    """Destroying it erases the person."""
    name = EncryptedTextField()
    name_index = BlindIndexField(blank=True)
    """Empty after an erasure."""
    candidate_index = BlindIndexField(blank=True, default="")
    """Of how the name sounds and the day of birth together: equal for whoever may be the same human being."""
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    birth_on = EncryptedDateField(null=True)
    nationality = models.CharField(max_length=3, blank=True)
    """ISO 3166-1 alpha-3."""
    photo = models.ForeignKey("documents.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    """The survivor, where two rows turned out to be one human. Rows are never re-pointed, so it can be undone."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_index"], name="person_by_name"),
            models.Index(fields=["candidate_index"], name="person_by_candidate"),
        ]
        constraints = [
            models.CheckConstraint(name="person_sex_is_known", condition=Q(sex__in=["", *Sex.values])),
            models.CheckConstraint(
                name="person_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
            ),
        ]


class IdentityDocument(Row):
    """A document that names a person. Former ones stay: they still lead to the same person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identity_documents")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20, choices=IdentityType)
    number = EncryptedTextField()
    number_index = BlindIndexField()
    """The same for every form of one number: 15 and 18 digits, a permit with and without its issue count."""
    country = models.CharField(max_length=3, blank=True)
    """Who issued it, where the type does not say so: passports."""
    is_former = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_index", "country"], name="one_person_per_identity"),
            models.CheckConstraint(name="identity_type_is_known", condition=Q(type__in=IdentityType.values)),
            models.CheckConstraint(
                name="passport_names_its_country", condition=~Q(type=IdentityType.PASSPORT) | ~Q(country="")
            ),
        ]


class EnglishName(Row):
    """How a person writes their name in Latin letters, as they have confirmed it. Another spelling is another row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="english_names")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    surname = EncryptedTextField(null=True)
    """None where the person has none, or none is known to be one."""
    given = EncryptedTextField()
    source = models.CharField(max_length=8, choices=SpellingSource)
    confirmed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        triggers = written_once(but=("superseded_at",))
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(superseded_at__isnull=True), name="one_english_name_per_person"
            ),
            models.CheckConstraint(name="spelling_source_is_known", condition=Q(source__in=SpellingSource.values)),
        ]

    def __str__(self):
        return f"{self.surname or ''} {self.given}".strip()


class UserLink(Row):
    """Whose account it is. A person may have several accounts; an account belongs to one person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person_link")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="user_links")
    linked_at = models.DateTimeField()


class DeclaredRelation(Row):
    """What an officer says of themself: a person, or an employer, whose cases are not for them. Under its own key."""

    officer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declared_relations")
    data_key = models.ForeignKey("core.DataKey", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RelationKind)
    tie = models.CharField(max_length=9, choices=Tie, blank=True)
    name = EncryptedTextField()
    identity_type = models.CharField(max_length=20, choices=IdentityType, blank=True)
    identity_number = EncryptedTextField(null=True)
    index = BlindIndexField()
    """Of the identity document, or of the employer's name."""
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    """The last day with the employer; none while it goes on."""
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """Taken back by the officer: it no longer holds; the row stays."""

    class Meta:
        indexes = [models.Index(fields=["officer"], condition=Q(ended_at__isnull=True), name="relation_in_force")]
        constraints = [
            models.CheckConstraint(
                name="relation_names_a_person_or_an_employer",
                condition=Q(kind=RelationKind.PERSON, identity_number__isnull=False, to_on__isnull=True)
                & ~Q(identity_type="")
                & ~Q(tie="")
                | Q(kind=RelationKind.EMPLOYER, identity_number__isnull=True, identity_type="", tie=""),
            ),
            models.CheckConstraint(
                name="employment_ends_after_it_begins",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
            ),
        ]
