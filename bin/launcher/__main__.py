"""`python -m launcher run|manage|test`: what bin/run, bin/manage and bin/test call."""

import sys

from launcher.progress import Trouble, complain


def main() -> int:
    command, *arguments = sys.argv[1:] or ["run"]
    try:
        if command == "run":
            from launcher.running import run

            return run(arguments)
        if command == "manage":
            from launcher.managing import manage

            return manage(arguments)
        from launcher.testing import test

        return test(arguments)
    except Trouble as trouble:
        complain(str(trouble))
        return 1
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
