"""Announcements, for everybody to read and for no robot to collect."""

from django.http import Http404
from django.views.generic import ListView

from apps.content.selectors import announcements, entries_of, get_announcement
from apps.core.access import PUBLIC

PER_PAGE = 50


class _UnlistedPage:
    """Names are published to be read, not to be gathered by search engines."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response


class AnnouncementsView(_UnlistedPage, ListView):
    access = PUBLIC
    template_name = "content/announcements.html"
    paginate_by = PER_PAGE
    context_object_name = "announcements"

    def get_queryset(self):
        return announcements()


class AnnouncementView(_UnlistedPage, ListView):
    access = PUBLIC
    template_name = "content/announcement.html"
    paginate_by = PER_PAGE
    context_object_name = "entries"

    def get_queryset(self):
        self.announcement = get_announcement(self.kwargs["document_number"])
        if self.announcement is None:
            raise Http404
        return entries_of(self.announcement)

    def get_context_data(self, **kwargs):
        return super().get_context_data(announcement=self.announcement, **kwargs)
