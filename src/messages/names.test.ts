import { describe, expect, it } from 'vitest';
import { formatData } from '../experiment/dataRef.ts';
import { anyCifar10 } from '../experiment/paper.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { text } from './messages.ts';

const namesOf = (link: string, isFull = false) => {
  const { networks, training } = parseLink(link).experiment;
  return text.names.networks(networks, training.size, isFull);
};

describe('the names of networks side by side', () => {
  it('are those of their families where these differ', () => {
    expect(namesOf('#a=t7-plain-8&b=t7-residual-8')).toEqual(['Plain, 8 layers', 'Residual, 8 layers']);
    expect(namesOf('#a=residual-20&b=base+conv-18&c=vgg-16&d=conv-8*11')).toEqual([
      'Residual, 20 layers',
      'Base + 18 conv',
      'VGG-16-like',
      'Custom, 12 layers',
    ]);
  });

  it('hold the settings that differ, and nothing else where only those do', () => {
    expect(namesOf('#a=f7-plain-12&b=f7-plain-12&init=normal&a.act=tanh')).toEqual(['tanh', 'ReLU']);
    expect(namesOf('#a=t7-plain-38&b=t7-plain-38&b.norm=none')).toEqual(['Batch norm', 'No normalisation']);
    expect(namesOf('#a=t7-plain-8&b=t7-plain-8&b.gain=3')).toEqual(['Gain 1', 'Gain 3']);
    expect(namesOf('#a=t7-plain-8&b=t7-plain-8&b.head=flatten')).toEqual(['GAP', 'Flatten']);
    expect(namesOf('#a=t7-plain-8&b=t7-plain-8&b.width=16')).toEqual(['Width 8', 'Width 16']);
    expect(namesOf('#a=f7-plain-12&b=f7-plain-12&init=normal&b.std=0.01')).toEqual(['Normal(0.05)', 'Normal(0.01)']);
    expect(namesOf('#a=t7-residual-20&b=t7-residual-20&gate=shortcut&b.gatebias=0')).toEqual(['Gate −6', 'Gate 0']);
  });

  it('tell the cures apart by activation, weights and normalisation', () => {
    const cures =
      '#a=f7-10&b=f7-10&c=f7-10&d=f7-10&a.act=tanh&a.init=xavier&c.init=normal&c.std=0.01&c.norm=batch&d.act=sigmoid&d.norm=batch';
    expect(namesOf(cures)).toEqual([
      'tanh, Xavier',
      'ReLU, He',
      'ReLU, normal(0.01) + batch norm',
      'Sigmoid, He + batch norm',
    ]);
  });

  it('have the stack behind what differs where that differs, too, or where one has no word for it', () => {
    expect(namesOf('#a=f7-plain-12&b=f7-plain-4&c=f7-plain-12&c.act=tanh')).toEqual([
      'ReLU (Flat plain, 12 layers)',
      'Flat plain, 4 layers',
      'tanh (Flat plain, 12 layers)',
    ]);
    expect(namesOf('#a=f7-plain-12&b=f7-plain-4&a.act=tanh')).toEqual([
      'tanh (Flat plain, 12 layers)',
      'Flat plain, 4 layers',
    ]);
    expect(namesOf('#a=t7-residual-20&b=t7-residual-20&c=t7-residual-20&b.skipscale=0.5&c.gate=shortcut')).toEqual([
      'Residual, 20 layers',
      'Skip ×0.5 (Residual, 20 layers)',
      'Gate −6 (Residual, 20 layers)',
    ]);
  });

  it('leave out what all share', () => {
    expect(namesOf('#a=f7-4&b=f7-8&c=f7-12&act=sigmoid&init=xavier')).toEqual([
      'Flat plain, 4 layers',
      'Flat plain, 8 layers',
      'Flat plain, 12 layers',
    ]);
    expect(namesOf('#a=t7-plain-8&b=t7-residual-8&order=pre')).toEqual(['Plain, 8 layers', 'Residual, 8 layers']);
    expect(namesOf('#a=t7-residual-20&b=t7-residual-20&order=pre&b.act=tanh')).toEqual(['ReLU', 'tanh']);
  });

  it('name the items that custom stacks of one depth do not share', () => {
    expect(namesOf('#a=conv-8*3,conv-16,dense-32&b=conv-8*3,conv-32/2,dense-32')).toEqual([
      'Conv 16',
      'Conv 32 stride 2',
    ]);
    expect(namesOf('#a=conv-8,conv-16&b=conv-8,maxpool,conv-16')).toEqual([
      'Custom, 3 layers',
      'Max pool (Custom, 3 layers)',
    ]);
    expect(namesOf('#a=conv-4,conv-8,conv-16*2&b=conv-8*2,conv-4,conv-8')).toEqual([
      'Conv 4, conv 8, …',
      'Conv 8 ×2, conv 4, …',
    ]);
  });

  it('end with a letter where nothing differs that means anything', () => {
    expect(namesOf('#a=f7-12&b=f7-12')).toEqual(['Flat plain, 12 layers (a)', 'Flat plain, 12 layers (b)']);
    // Nothing of a plain network depends on what its blocks would do, nor of He's weights on the spread of others.
    expect(namesOf('#a=t7-plain-20&b=t7-plain-20&b.order=pre&b.std=0.5')).toEqual([
      'Plain, 20 layers (a)',
      'Plain, 20 layers (b)',
    ]);
  });

  it('have the stack in them where they are read far from the page', () => {
    expect(namesOf('#a=f7-plain-12&b=f7-plain-12&a.act=tanh', true)).toEqual([
      'tanh (Flat plain, 12 layers, no normalisation)',
      'ReLU (Flat plain, 12 layers, no normalisation)',
    ]);
  });
});

describe('the name of a network by itself', () => {
  const nameOf = (link: string) => namesOf(link, true)[0];

  it('says what its family does not stand for', () => {
    expect(nameOf('#a=t7-plain-38')).toBe('Plain, 38 layers, 7×7 maps');
    expect(nameOf('#a=t7-plain-38&norm=none')).toBe('No normalisation (Plain, 38 layers, 7×7 maps)');
    expect(nameOf('#a=t7-plain-38&act=tanh&norm=none')).toBe('tanh, no normalisation (Plain, 38 layers, 7×7 maps)');
    expect(nameOf('#a=f7-12&act=sigmoid&init=xavier')).toBe(
      'Sigmoid, Xavier (Flat plain, 12 layers, no normalisation)',
    );
    expect(nameOf('#a=t7-residual-38&gate=shortcut')).toBe('Gate −6 (Residual, 38 layers, 7×7 maps)');
    expect(nameOf('#a=conv-8*11&act=tanh&norm=none')).toBe('tanh (Custom, 12 layers)');
  });

  it('says which maps its layers work on, for images of that size', () => {
    expect(nameOf('#a=t7-plain-38&size=28')).toBe('Plain, 38 layers, 14×14 maps');
    expect(nameOf(`#a=residual-1202&size=32&data=${formatData(anyCifar10)}`)).toBe(
      'Residual, 1,202 layers, 32×32 maps',
    );
  });

  it('is not F7, which means without normalisation, of flat stacks that have it or are pooled', () => {
    expect(nameOf('#a=f7-plain-2')).toBe('Flat plain, 2 layers, no normalisation');
    expect(nameOf('#a=conv-8/2,conv-8*19')).toBe('Flat plain, 21 layers');
    expect(nameOf('#a=f7-residual-12&norm=batch')).toBe('Flat residual, 12 layers');
    expect(nameOf('#a=f7-plain-12&head=gap')).toBe('Flat plain, 12 layers');
  });
});
