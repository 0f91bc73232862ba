"""The generated registers that are measured on: those that the models are checked against, other seeds."""

from engage.modelling.register import Register, generate, growing

__all__ = ["Register", "generate", "growing"]
