"""Settings, one short file per concern. PORTAL_MODE chooses: production (default), demo or test."""

from cicpa_portal.settings.apps import *
from cicpa_portal.settings.cache import *
from cicpa_portal.settings.celery import *
from cicpa_portal.settings.database import *
from cicpa_portal.settings.evidence import *
from cicpa_portal.settings.files import *
from cicpa_portal.settings.languages import *
from cicpa_portal.settings.logs import *
from cicpa_portal.settings.mail import *
from cicpa_portal.settings.mode import *
from cicpa_portal.settings.page import *
from cicpa_portal.settings.seals import *
from cicpa_portal.settings.secrets import *
from cicpa_portal.settings.security import *
from cicpa_portal.settings.signin import *
