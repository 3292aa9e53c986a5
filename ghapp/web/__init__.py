"""Network in: routes, pages and the webhook; nothing here is slow, and nothing here decides."""

from ghapp.web.keys import State
from ghapp.web.routes import application, runner, signs_of_life
from ghapp.web.setup_once import Finished, Kept, Place, SetUp

__all__ = ["Finished", "Kept", "Place", "SetUp", "State", "application", "runner", "signs_of_life"]
