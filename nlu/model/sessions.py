"""Exported networks at work: onnxruntime on the processor, on as many threads as the settings say."""

from pathlib import Path

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

FAULTS = (
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NoSuchFile,
    state.NotImplemented,
    state.RuntimeException,
)
"""What onnxruntime raises for a file or an input that it cannot run; they share no base but Exception."""


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """A network that can be run. Raises one of FAULTS when the file cannot be."""
    return onnxruntime.InferenceSession(str(path), _options(threads), providers=["CPUExecutionProvider"])


def _options(threads: int) -> onnxruntime.SessionOptions:
    """One thread is best for the packaged model: a second gains 0.2 ms and costs long tails on a shared machine.

    Without an arena the process gives back what a long message took. Packed weights stay: without them a message takes
    half as long again.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return options
