"""`python -m bench`: every measurement in turn, after a line that names the machine."""

import asyncio
import os
import platform
import sys

from bench import command_line, judging, queue, server


def machine() -> str:
    """The machine in one line: figures mean nothing without it."""
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    print(machine())
    judging.main()
    command_line.main()
    asyncio.run(queue.main())
    asyncio.run(server.main())
    sys.exit(0)
