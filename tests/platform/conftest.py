import sys

from django.conf import settings

sys.path.insert(0, str(settings.BASE_DIR / "bin"))
