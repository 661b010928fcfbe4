"""Messages: a row before they are a mail or a text message."""

from django.db import models
from django.db.models import F, Q

from apps.core.encryption import open_for_portal, open_sealed, seal, seal_for_portal
from apps.core.fields import BlindIndexField
from apps.core.models import Row
from apps.mail.enums import Channel, MessageState

WENT_STATES = sorted({MessageState.SENT, MessageState.DELIVERED, MessageState.BOUNCED})


class Message(Row):
    """One message to one address. Address and words are sealed: under the person's key where there is one.

    `second_address` and `second_text` are the same message for the other channel, written with it: when this one
    bounces weeks later, nobody has to find its words again. The row that then goes out `follows` this one.
    """

    channel = models.CharField(max_length=5, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    purpose = models.CharField(max_length=60)
    case = models.CharField(max_length=40, blank=True)
    data_key = models.ForeignKey("core.DataKey", null=True, on_delete=models.PROTECT, related_name="+")
    address = models.BinaryField()
    address_index = BlindIndexField()
    subject = models.BinaryField(null=True)
    text = models.BinaryField(null=True)
    html = models.BinaryField(null=True)
    second_address = models.BinaryField(null=True)
    second_text = models.BinaryField(null=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    """The message of the first channel that did not arrive; one can be followed once."""
    repeats = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated_by")
    """The message that an officer had sent once more."""
    is_secret = models.BooleanField(default=False)
    """Carries a one-time code or link: its words are purged once it has gone, or has failed for good."""
    is_urgent = models.BooleanField(default=False)
    """Somebody waits for it: goes before all others."""
    state = models.CharField(max_length=9, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Claiming moves it into the future: if the worker dies, the message comes due again by itself."""
    sent_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    """When the report came that it arrived, or that it came back."""
    purged_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_that_went_has_time",
                condition=Q(state__in=WENT_STATES, sent_at__isnull=False)
                | (~Q(state__in=WENT_STATES) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="reported_message_has_time",
                condition=~Q(state__in=[MessageState.DELIVERED, MessageState.BOUNCED]) | Q(reported_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_has_words_or_is_purged",
                condition=Q(text__isnull=False, purged_at__isnull=True)
                | Q(text__isnull=True, html__isnull=True, subject__isnull=True, purged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="secret_words_do_not_outlive_sending",
                condition=Q(is_secret=False) | Q(state=MessageState.QUEUED) | Q(purged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="second_channel_is_whole_and_never_secret",
                condition=Q(second_address__isnull=True, second_text__isnull=True)
                | Q(second_address__isnull=False, second_text__isnull=False, is_secret=False),
            ),
            models.CheckConstraint(name="message_does_not_follow_itself", condition=~Q(follows=F("id"))),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="message_due", condition=Q(state=MessageState.QUEUED)),
            models.Index(
                fields=["due_at"], name="urgent_message_due", condition=Q(state=MessageState.QUEUED, is_urgent=True)
            ),
            models.Index(fields=["case", "created_at"], name="message_by_case"),
        ]

    def seal_part(self, part: str, words: str) -> None:
        context = f"mail.message.{part}"
        plain = words.encode()
        sealed = seal(self.data_key, plain, context) if self.data_key else seal_for_portal(plain, self._own(context))
        setattr(self, part, sealed)

    def open_part(self, part: str) -> str:
        """Raises DataKeyDestroyed after an erasure; a purged part is empty."""
        sealed = getattr(self, part)
        if sealed is None:
            return ""
        context = f"mail.message.{part}"
        if self.data_key:
            return open_sealed(self.data_key, sealed, context).decode()
        return open_for_portal(sealed, self._own(context)).decode()

    def _own(self, context: str) -> str:
        """Bound to this row: a sealed part cannot be moved into another message."""
        return f"{context}\0{self.pk}"
