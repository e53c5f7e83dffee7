"""How the shipped model is made: corpus, tokeniser, masked pre-training, fine-tuning, export, figures.

Needs the `train` extra (torch, onnx, onnxscript, matplotlib); nothing here is imported when the counter runs.
"""
