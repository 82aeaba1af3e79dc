"""Lays an int8 encoder out in as few operations as it needs: the same weights and scales, a fifth fewer cycles.

    python training/graph.py encoder.onnx laid_out.onnx

What quantize_dynamic leaves has three products, five transpositions and eight reshapings for each attention, and ONNX
Runtime joins additions with the normalisation after them into an operation that takes six times as long as both apart.
Here attention is one operation on one matrix, positions are one table, and one sentence needs no mask: rows of one call
must be of one length. Only for networks built as BERT is (the larger one is not).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]
HEADS = 12  # of each attention of MiniLM
LONGEST = 192  # positions that are kept: sentences are cut before
EPSILON = 1e-12  # of BERT's normalisation
OWN = "com.microsoft"


@dataclass(frozen=True)
class Dense:
    """A layer in int8: weights (in, out), a scale for each column, and what is added in float32."""

    weights: Array
    scales: Array
    bias: Array


def read(path: Path) -> tuple[dict[str, Array], dict[str, Dense]]:
    """The tables of an encoder that quantize_dynamic wrote, and its layers by the name of their bias.

    Raises ValueError where a layer is not quantised symmetrically.
    """
    graph = onnx.load(str(path)).graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    maker = {name: node for node in graph.node for name in node.output}
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    layers = {}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        _, weights, _, zero = node.input
        if held[zero].any():
            raise ValueError(f"{node.name}: zero points are not zero")
        # integers -> Cast -> Mul with the product of both scales -> Add of the bias
        cast = users[node.output[0]][0]
        scaled = users[cast.output[0]][0]
        product = maker[next(name for name in scaled.input if name != cast.output[0])]
        scales = held[next(name for name in product.input if name in held)]
        bias = next(name for name in users[scaled.output[0]][0].input if name in held)
        wide = np.broadcast_to(scales.astype(np.float32), (held[weights].shape[1],))
        layers[bias] = Dense(held[weights], np.array(wide), held[bias].astype(np.float32))
    return held, layers


class Layout:
    """A graph in the making: nodes and tables in order."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.tables: list[Any] = []

    def table(self, name: str, values: Array) -> str:
        """A constant."""
        self.tables.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, given: list[str], made: str, *more: str, domain: str = "", **how: Any) -> str:
        """An operation; the name of its first output."""
        self.nodes.append(helper.make_node(kind, given, [made, *more], name=made, domain=domain, **how))
        return made

    def dense(self, given: str, layer: Dense, made: str) -> str:
        """A layer whose input is brought to eight bits by its own least and greatest value."""
        tables = [
            self.table(f"{made}.weights", layer.weights),
            self.table(f"{made}.scales", layer.scales),
            self.table(f"{made}.zeros", np.zeros(len(layer.scales), np.int8)),
            self.table(f"{made}.bias", layer.bias),
        ]
        return self.node("DynamicQuantizeMatMul", [given, *tables], made, domain=OWN)

    def attention(self, given: str, layers: list[Dense], made: str) -> str:
        """Query, key and value by one product, and what the heads read."""
        whole = Dense(
            np.concatenate([layer.weights for layer in layers], 1),
            np.concatenate([layer.scales for layer in layers]),
            np.concatenate([layer.bias for layer in layers]),
        )
        self.node("DynamicQuantizeLinear", [given], f"{made}.given", f"{made}.scale", f"{made}.zero")
        weights = self.table(f"{made}.weights", whole.weights)
        scales = self.table(f"{made}.scales", whole.scales)
        bias = self.table(f"{made}.bias", whole.bias)
        zeros = self.table(f"{made}.zeros", np.zeros(len(whole.scales), np.int8))
        asked = [f"{made}.given", weights, bias, f"{made}.scale", scales, "", f"{made}.zero", zeros]
        return self.node("QAttention", asked, made, domain=OWN, num_heads=HEADS)

    def normal(self, given: str, weight: Array, bias: Array, made: str) -> str:
        """A normalised layer."""
        tables = [self.table(f"{made}.weight", weight), self.table(f"{made}.shift", bias)]
        return self.node("LayerNormalization", [given, *tables], made, axis=-1, epsilon=EPSILON)


def lay_out(path: Path, out: Path) -> None:
    """Writes an encoder as quantize_dynamic leaves it in the layout of this module."""
    held, layers = read(path)
    graph = Layout()
    state = _embedded(graph, held)
    count = 1 + max(int(name.split(".layer.")[1].split(".")[0]) for name in layers)
    for number in range(count):
        here = f"encoder.encoder.layer.{number}"
        own = [layers[f"{here}.attention.self.{name}.bias"] for name in ("query", "key", "value")]
        read_ = graph.attention(state, own, f"{number}.attention")
        told = graph.dense(read_, layers[f"{here}.attention.output.dense.bias"], f"{number}.told")
        summed = graph.node("Add", [told, state], f"{number}.with")
        state = _normal(graph, held, summed, f"{here}.attention.output.LayerNorm", f"{number}.middle")
        wide = graph.dense(state, layers[f"{here}.intermediate.dense.bias"], f"{number}.wide")
        wide = graph.node("Gelu", [wide], f"{number}.gelu", domain=OWN)
        narrow = graph.dense(wide, layers[f"{here}.output.dense.bias"], f"{number}.narrow")
        summed = graph.node("Add", [narrow, state], f"{number}.sum")
        last = "states" if number == count - 1 else f"{number}.out"
        state = _normal(graph, held, summed, f"{here}.output.LayerNorm", last)
    width = len(held["encoder.embeddings.LayerNorm.bias"])
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["sentences", "tokens"])],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["sentences", "tokens", width])],
        graph.tables,
    )
    sets = [helper.make_opsetid("", 17), helper.make_opsetid(OWN, 1)]
    onnx.save(helper.make_model(made, opset_imports=sets, ir_version=8, producer_name="communique"), str(out))


def _embedded(graph: Layout, held: dict[str, Array]) -> str:
    """Words as bytes with one scale; positions and the one type of sentence in one table of floats."""
    name = "encoder.embeddings.{}_embeddings.weight".format
    places, kinds = (_plain(held, name(each)) for each in ("position", "token_type"))
    graph.table("words", held[name("word") + "_quantized"])
    graph.table("words.scale", held[name("word") + "_scale"])
    graph.table("words.zero", held[name("word") + "_zero_point"])
    graph.table("places", places[:LONGEST] + kinds[0])
    graph.table("first", np.array([0], np.int64))
    graph.node("Gather", ["words", "input_ids"], "bytes")
    graph.node("DequantizeLinear", ["bytes", "words.scale", "words.zero"], "named")
    graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    graph.node("Slice", ["places", "first", "length", "first"], "placed")
    graph.node("Add", ["named", "placed"], "begun")
    return _normal(graph, held, "begun", "encoder.embeddings.LayerNorm", "start")


def _plain(held: dict[str, Array], name: str) -> Array:
    whole = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
    return (whole * held[f"{name}_scale"]).astype(np.float32)


def _normal(graph: Layout, held: dict[str, Array], given: str, name: str, made: str) -> str:
    return graph.normal(given, held[f"{name}.weight"], held[f"{name}.bias"], made)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
