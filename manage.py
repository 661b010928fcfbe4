#!/usr/bin/env python3
"""Django's command line. `bin/manage` calls it with the portal's databases and keys at hand."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cicpa_portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
