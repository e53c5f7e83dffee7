"""The trained reader at run time: a tokeniser and a configuration for `transformers`, weights for onnxruntime."""
