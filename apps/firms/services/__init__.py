"""Registering firms, and seating those who act for them."""

from apps.firms.services.register import register_firm
from apps.firms.services.seats import appoint_head, end_firm_seat, name_agent

__all__ = ["appoint_head", "end_firm_seat", "name_agent", "register_firm"]
