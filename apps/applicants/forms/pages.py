"""The pages by name."""

from apps.applicants.enums import Page
from apps.applicants.forms.association import AssociationForm
from apps.applicants.forms.certificate import CertificateForm
from apps.applicants.forms.contact import ContactForm
from apps.applicants.forms.declarations import DeclarationsForm
from apps.applicants.forms.identity import IdentityForm
from apps.applicants.forms.late import LateForm
from apps.applicants.forms.photo import PhotoForm
from apps.applicants.forms.practising import PractisingRecordForm
from apps.core.page_form import PageForm

PAGE_FORMS: dict[Page, type[PageForm]] = {
    Page.IDENTITY: IdentityForm,
    Page.PRACTISING: PractisingRecordForm,
    Page.CERTIFICATE: CertificateForm,
    Page.ASSOCIATION: AssociationForm,
    Page.LATE: LateForm,
    Page.CONTACT: ContactForm,
    Page.PHOTO: PhotoForm,
    Page.DECLARATIONS: DeclarationsForm,
}
