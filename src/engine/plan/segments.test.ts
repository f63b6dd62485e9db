import { describe, expect, it } from 'vitest';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { GraphBuilder } from '../../network/graphBuilder.ts';
import { type Segment, segmentsOf } from './segments.ts';

const weighted = { initializer: 'spec', bias: false } as const;

/** A conv of four channels behind the images, and what is made of it. */
function segmentsBehind(make: (builder: GraphBuilder, x: NodeId) => NodeId): readonly Segment[] {
  const builder = new GraphBuilder([8, 8, 1]);
  const logits = make(builder, builder.conv(0, 3, 1, 4, { ...weighted, name: 'first' }));
  const { nodes, parameters, layers, rows } = builder;
  const graph: NetworkGraph = { nodes, parameters, layers, rows, logits };
  return segmentsOf(graph).segments;
}

/** For instance `conv relu`: what is stored, and what readers do to it. */
function text({ op, norm, activation }: Segment): string {
  const behind = [
    ...(norm && op.kind !== 'batchNorm' ? ['norm'] : []),
    ...(activation === 'linear' ? [] : [activation]),
  ];
  return [op.kind, ...behind].join(' ');
}

const texts = (segments: readonly Segment[]) => segments.map(text);

describe('a segment', () => {
  it('takes in the norm and the activation that alone read it', () => {
    const segments = segmentsBehind((builder, x) =>
      builder.activation(builder.norm(x, { norm: 'batch', groups: 1 }, 'first'), 'relu'),
    );
    expect(texts(segments)).toEqual(['input', 'conv norm relu']);
  });

  it('is a view of another one where its norm or activation shares its input', () => {
    const segments = segmentsBehind((builder, x) => {
      const view = builder.activation(builder.norm(x, { norm: 'batch', groups: 1 }, 'second'), 'relu');
      const conv = builder.conv(view, 3, 1, 4, { ...weighted, name: 'second' });
      return builder.node({ kind: 'add' }, [conv, x]);
    });
    expect(texts(segments)).toEqual(['input', 'conv', 'batchNorm relu', 'conv', 'add']);
    expect(segments[2]?.inputs[0]?.segment).toBe(segments[1]);
  });

  it('multiplies the terms of a sum as it reads them, in their order', () => {
    const [, conv, sum] = segmentsBehind((builder, x) => {
      const shortcut = builder.node({ kind: 'padShortcut', stride: 2 }, [x], 6);
      const branch = builder.node({ kind: 'padShortcut', stride: 2 }, [x], 6);
      const factor = builder.dropped(builder.scaled(branch, 0.5), 0.9, 'element');
      return builder.node({ kind: 'add' }, [factor, builder.scaled(shortcut, 2)]);
    });
    expect(
      sum?.inputs.map(({ segment, pad, factors }) => [segment === conv, pad, ...factors.map(({ kind }) => kind)]),
    ).toEqual([
      [true, 2, 'constant', 'drop'],
      [true, 2, 'constant'],
    ]);
  });

  it('stores what is multiplied where anything but one sum reads it', () => {
    const segments = segmentsBehind((builder, x) => {
      const dropped = builder.dropped(x, 0.9, 'element');
      const conv = builder.conv(dropped, 3, 1, 4, { ...weighted, name: 'second' });
      return builder.node({ kind: 'add' }, [conv, dropped]);
    });
    expect(texts(segments)).toEqual(['input', 'conv', 'drop', 'conv', 'add']);
  });

  it('reads no more than one buffer besides each of two terms', () => {
    const segments = segmentsBehind((builder, x) => {
      const term = builder.dropped(builder.learnedScale(x, 'first'), 0.9, 'minibatch');
      return builder.node({ kind: 'add' }, [term, x]);
    });
    // The learned scale is read with the term that the drop stores.
    expect(texts(segments)).toEqual(['input', 'conv', 'drop', 'add']);
  });
});
