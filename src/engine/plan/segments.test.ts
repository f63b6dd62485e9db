import { describe, expect, it } from 'vitest';
import { Draft } from '../../network/drafting.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { type Segment, segmentsOf } from './segments.ts';

const weighted = { initializer: 'spec', bias: false } as const;

/** A conv of four channels behind the images, and what is made of it. */
function segmentsBehind(make: (draft: Draft, x: NodeId) => NodeId): readonly Segment[] {
  const draft = new Draft([8, 8, 1]);
  const logits = make(draft, draft.conv(0, 3, 1, 4, { ...weighted, name: 'first' }));
  const { nodes, parameters, layers, rows } = draft;
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
    const segments = segmentsBehind((draft, x) => draft.activation(draft.norm(x, 'batch', 'first'), 'relu'));
    expect(texts(segments)).toEqual(['input', 'conv norm relu']);
  });

  it('is a view of another one where its norm or activation shares its input', () => {
    const segments = segmentsBehind((draft, x) => {
      const view = draft.activation(draft.norm(x, 'batch', 'second'), 'relu');
      const conv = draft.conv(view, 3, 1, 4, { ...weighted, name: 'second' });
      return draft.node({ kind: 'add' }, [conv, x]);
    });
    expect(texts(segments)).toEqual(['input', 'conv', 'batchNorm relu', 'conv', 'add']);
    expect(segments[2]?.inputs[0]?.segment).toBe(segments[1]);
  });

  it('multiplies the terms of a sum as it reads them, in their order', () => {
    const [, conv, sum] = segmentsBehind((draft, x) => {
      const shortcut = draft.node({ kind: 'padShortcut', stride: 2 }, [x], 6);
      const branch = draft.node({ kind: 'padShortcut', stride: 2 }, [x], 6);
      const factor = draft.dropped(draft.scaled(branch, 0.5), 0.9, 'element');
      return draft.node({ kind: 'add' }, [factor, draft.scaled(shortcut, 2)]);
    });
    expect(
      sum?.inputs.map(({ segment, pad, factors }) => [segment === conv, pad, ...factors.map(({ kind }) => kind)]),
    ).toEqual([
      [true, 2, 'constant', 'drop'],
      [true, 2, 'constant'],
    ]);
  });

  it('stores what is multiplied where anything but one sum reads it', () => {
    const segments = segmentsBehind((draft, x) => {
      const dropped = draft.dropped(x, 0.9, 'element');
      const conv = draft.conv(dropped, 3, 1, 4, { ...weighted, name: 'second' });
      return draft.node({ kind: 'add' }, [conv, dropped]);
    });
    expect(texts(segments)).toEqual(['input', 'conv', 'drop', 'conv', 'add']);
  });

  it('reads no more than one buffer besides each of two terms', () => {
    const segments = segmentsBehind((draft, x) => {
      const term = draft.dropped(draft.learnedScale(x, 'first'), 0.9, 'minibatch');
      return draft.node({ kind: 'add' }, [term, x]);
    });
    // The learned scale is read with the term that the drop stores.
    expect(texts(segments)).toEqual(['input', 'conv', 'drop', 'add']);
  });
});
