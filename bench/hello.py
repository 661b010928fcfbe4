"""The yardstick of measurements.md: a Django view that returns a short text, no middleware, no database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="of a yardstick", MIDDLEWARE=[])

urlpatterns = [path("", lambda request: HttpResponse("hello", content_type="text/plain"))]
application = get_wsgi_application()
