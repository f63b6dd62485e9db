/** A layer in front of all others that changes nothing: the gradient by its output is the gradient by the images. */
import type { GraphNode, NetworkGraph, NodeId, Parameter } from './graph.ts';
import { dirac } from './init.ts';

export interface WithInputLayer {
  /** Every other node has moved back by one; layers and rows do not count the new one. */
  readonly graph: NetworkGraph;
  /** The one of the new layer stands last. */
  readonly parameters: readonly Float32Array[];
  /** The new layer's output. */
  readonly input: NodeId;
}

/**
 * A 1×1 conv of weight 1 without a bias between the images and all that reads them.
 * @param parameters of the graph, in its order
 */
export function withInputLayer(graph: NetworkGraph, parameters: readonly Float32Array[]): WithInputLayer {
  const [images, ...others] = graph.nodes;
  if (!images) throw new RangeError('a graph without an input');
  const channels = images.shape[2];
  const weight: Parameter = {
    id: graph.parameters.length,
    name: 'input weight',
    role: 'weight',
    shape: [1, 1, channels, channels],
    fanIn: channels,
    fanOut: channels,
    initializer: 'dirac',
  };
  const layer: GraphNode = {
    id: 1,
    op: { kind: 'conv', kernel: 1, stride: 1, weight: weight.id, bias: null },
    inputs: [0],
    shape: images.shape,
  };
  const moved = (id: NodeId) => id + 1;
  const nodes = others.map((node) => ({ ...node, id: moved(node.id), inputs: node.inputs.map(moved) }));
  const layers = graph.layers.map((each) => ({
    ...each,
    z: moved(each.z),
    response: moved(each.response),
    output: moved(each.output),
  }));
  return {
    graph: {
      nodes: [images, layer, ...nodes],
      parameters: [...graph.parameters, weight],
      layers,
      rows: graph.rows,
      logits: moved(graph.logits),
    },
    parameters: [...parameters, dirac(weight.shape)],
    input: layer.id,
  };
}
