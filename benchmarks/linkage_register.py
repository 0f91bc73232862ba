"""The generated registers that are measured on: engage/modelling/register.py, where the models are checked too."""

from engage.modelling.register import Register, generate

__all__ = ["Register", "generate"]
