"""Builds the encoder as an ONNX graph with int8 weights, from the tensors of `weights`.

Inputs `embedded` (batch, length, width) and `mask` (batch, length; 1 real, 0 padding), output
`states` (batch, length, width). Weights are int8 with one scale for each output; activations are
quantised as they come (DynamicQuantizeLinear), once for query, key and value together.
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from house.retrieval.embedding.base import Floats
from house.retrieval.embedding.weights import Weights


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def nodes_out(
        self, kind: str, inputs: list[str], outputs: list[str], **attributes: object
    ) -> None:
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))

    def linear(self, x: str, name: str, matrix: Floats, bias: Floats) -> str:
        scale = (np.abs(matrix).max(axis=0) / 127).astype(np.float32)
        whole = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        packed = [f"{name}.x", f"{name}.x_scale", f"{name}.x_zero"]
        self.nodes_out("DynamicQuantizeLinear", [x], packed)
        weight = self.constant(f"{name}.weight", whole)
        self.node("MatMulInteger", [packed[0], weight, packed[2]], f"{name}.whole")
        self.node("Cast", [f"{name}.whole"], f"{name}.float", to=TensorProto.FLOAT)
        scales = self.constant(f"{name}.weight_scale", scale)
        self.node("Mul", [packed[1], scales], f"{name}.scale")
        self.node("Mul", [f"{name}.float", f"{name}.scale"], f"{name}.product")
        return self.node("Add", [f"{name}.product", self.constant(f"{name}.bias", bias)], name)

    def normalised(self, x: str, name: str, weight: Floats, bias: Floats, epsilon: float) -> str:
        inputs = [x, self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=epsilon)


def _attention(graph: Graph, weights: Weights, layer: str, x: str) -> str:
    width, heads = weights.width, weights.heads
    matrix = np.concatenate([weights.matrix(f"{layer}.{p}.w", width) for p in "qkv"], axis=1)
    bias = np.concatenate([weights.floats(f"{layer}.{p}.b") for p in "qkv"])
    joined = graph.linear(x, f"{layer}.qkv", matrix, bias)
    parts = [f"{layer}.q", f"{layer}.k", f"{layer}.v"]
    graph.nodes_out("Split", [joined], parts, axis=-1, num_outputs=3)
    by_head = graph.constant("by_head", np.array([0, 0, heads, width // heads], np.int64))
    for part, order in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True):
        graph.node("Reshape", [part, by_head], f"{part}.split")
        graph.node("Transpose", [f"{part}.split"], f"{part}.heads", perm=order)
    query, key, value = (f"{part}.heads" for part in parts)
    scale = graph.constant("scale", np.array((width // heads) ** -0.5, np.float32))
    graph.node("MatMul", [query, key], f"{layer}.scores")
    graph.node("Mul", [f"{layer}.scores", scale], f"{layer}.scaled")
    graph.node("Add", [f"{layer}.scaled", "unseen"], f"{layer}.masked")
    graph.node("Softmax", [f"{layer}.masked"], f"{layer}.weights", axis=-1)
    graph.node("MatMul", [f"{layer}.weights", value], f"{layer}.context")
    graph.node("Transpose", [f"{layer}.context"], f"{layer}.ordered", perm=[0, 2, 1, 3])
    together = graph.constant("together", np.array([0, 0, width], np.int64))
    graph.node("Reshape", [f"{layer}.ordered", together], f"{layer}.joined")
    matrix = weights.matrix(f"{layer}.ao.w", width)
    out = graph.linear(f"{layer}.joined", f"{layer}.ao", matrix, weights.floats(f"{layer}.ao.b"))
    return graph.node("Add", [x, out], f"{layer}.attended")


def _feed_forward(graph: Graph, weights: Weights, layer: str, x: str) -> str:
    matrix = weights.matrix(f"{layer}.fi.w", weights.width)
    wide = graph.linear(x, f"{layer}.fi", matrix, weights.floats(f"{layer}.fi.b"))
    graph.node("Gelu", [wide], f"{layer}.gelu")
    matrix = weights.matrix(f"{layer}.fo.w", weights.inner)
    bias = weights.floats(f"{layer}.fo.b")
    narrow = graph.linear(f"{layer}.gelu", f"{layer}.fo", matrix, bias)
    return graph.node("Add", [x, narrow], f"{layer}.fed")


def build(weights: Weights) -> onnx.ModelProto:
    graph = Graph()
    graph.node("Sub", [graph.constant("one", np.array(1, np.float32)), "mask"], "padding")
    far = graph.constant("far", np.array(-1e9, np.float32))
    graph.node("Mul", ["padding", far], "unseen_flat")
    axes = graph.constant("axes", np.array([1, 2], np.int64))
    graph.node("Unsqueeze", ["unseen_flat", axes], "unseen")
    x = "embedded"
    epsilon = float(weights.epsilon)
    for number in range(weights.layers):
        layer = f"l{number}"
        norm = [weights.floats(f"{layer}.{name}") for name in ("aln.w", "aln.b", "oln.w", "oln.b")]
        x = _attention(graph, weights, layer, x)
        x = graph.normalised(x, f"{layer}.aln", norm[0], norm[1], epsilon)
        x = _feed_forward(graph, weights, layer, x)
        x = graph.normalised(x, f"{layer}.oln", norm[2], norm[3], epsilon)
    graph.node("Identity", [x], "states")
    shape = ["batch", "length", weights.width]
    whole = helper.make_graph(
        graph.nodes,
        "encoder",
        [
            helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape),
            helper.make_tensor_value_info("mask", TensorProto.FLOAT, shape[:2]),
        ],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
        list(graph.constants.values()),
    )
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
