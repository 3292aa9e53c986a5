"""How a command says that it cannot: what is wrong with its remedy, and where the manual says more."""

import sys

from ghapp.errors import Again, See, StartError, UserError

SAYABLE = (UserError, StartError, Again)  # what somebody can mend, or what passes


def say(error: UserError | StartError | Again) -> None:
    """The error's sentence, and its part of the manual."""
    tell(str(error), error.see)


def tell(sentence: str, see: See) -> None:
    """A sentence on standard error, and below it the part of the manual, which needs no server to be read."""
    sys.stderr.write(f"ghapp: {sentence}\nMore: ghapp manual {see}\n")
