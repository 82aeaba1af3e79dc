"""What the desk keeps of an archive beside it, so that its lists need not look at every act of a state."""

from communique.web.register.register import Register

__all__ = ["Register"]
