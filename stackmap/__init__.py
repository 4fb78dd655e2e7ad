"""stackmap answers one question: what breaks if these people leave, and how do we know?"""

__all__ = ["__version__"]

__version__ = "0.1.0"
