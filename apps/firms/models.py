"""The register of accounting firms and their branches, and who acts for them in the portal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.models import Row
from apps.firms.enums import FirmRole, FirmStatus


class Firm(Row):
    code = models.CharField(max_length=12, unique=True)
    """The number of the firm's licence: 8 digits, or 12 of a branch. Text: it may begin with 0."""
    name = models.CharField(max_length=100)
    association = models.ForeignKey("associations.Association", on_delete=models.PROTECT, related_name="+")
    uscc = models.CharField(max_length=18, blank=True)
    """统一社会信用代码; empty where no file has said it yet."""
    head_office = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="branches")
    """Of a branch, where the register has it: a file may bring the branch first."""
    status = models.CharField(max_length=8, choices=FirmStatus, default=FirmStatus.OPEN)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="firm_code_shape", condition=Q(code__regex=r"^\d{8}(\d{4})?$")),
            models.CheckConstraint(name="firm_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="firm_uscc_shape", condition=Q(uscc="") | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="one_firm_per_uscc"),
            models.CheckConstraint(
                name="only_branches_have_a_head_office",
                condition=Q(head_office__isnull=True) | Q(code__regex=r"^\d{12}$"),
            ),
            models.CheckConstraint(name="firm_status_is_known", condition=Q(status__in=FirmStatus.values)),
        ]

    def __str__(self):
        return self.name

    @property
    def licence_code(self) -> str:
        """The firm's 8 digits, of a branch those of its head office: a CPA's number begins with them."""
        return self.code[:8]

    @property
    def is_open(self) -> bool:
        return self.status == FirmStatus.OPEN


class FirmSeat(Row):
    """user × firm × role, from the first day to the last, both included."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=8, choices=FirmRole)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    granted_at = models.DateTimeField()
    granted_by_label = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["user", "from_on"], name="firm_seat_by_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "firm", "role"], condition=Q(to_on__isnull=True), name="one_open_firm_seat_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["firm"], condition=Q(to_on__isnull=True, role=FirmRole.HEAD), name="one_head_a_firm"
            ),
            models.CheckConstraint(
                name="firm_seat_ends_after_it_starts",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="firm_role_is_known", condition=Q(role__in=FirmRole.values)),
        ]
