"""The English words of each room: found in its sources, kept in locale/<room>/en/LC_MESSAGES/django.po."""
