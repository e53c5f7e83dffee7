"""Pictures without a screen."""

from types import ModuleType


def plotting() -> ModuleType:
    """matplotlib's pyplot, drawing into files only; imported here, since only reports need it."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot
