"""Network in: routes, pages and the webhook; nothing here is slow, and nothing here decides."""

from ghapp.web.keys import State
from ghapp.web.routes import application, runner, signs_of_life

__all__ = ["State", "application", "runner", "signs_of_life"]
