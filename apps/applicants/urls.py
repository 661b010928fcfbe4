"""Addresses of the joining process: the candidate's, and the office's."""

from django.urls import path  # noqa: F401

app_name = "applicants"

candidate: list = []

office: list = []

urlpatterns = [*candidate, *office]
