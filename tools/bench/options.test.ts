import { describe, expect, it } from 'vitest';
import { BadInput } from '../commandLine.ts';
import { readOptions } from './options.ts';

const all = ['webgpu', 'tfjs-webgpu', 'cpu', 'cpu-1', 'tfjs-wasm', 'jax-js'];

function refusal(...args: string[]): string {
  try {
    readOptions(args);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the options of the bench', () => {
  it('are, without any, every contender on ResNet-8, -20 and -56 at two widths and sizes, 7 steps each', () => {
    expect(readOptions([])).toEqual({
      help: false,
      json: false,
      mode: 'engines',
      contenders: all,
      depths: [8, 20, 56],
      widths: [8, 16],
      sizes: [14, 28],
      steps: 7,
    });
  });

  it('narrow down what is benched', () => {
    const args = '--only jax-js,webgpu --network resnet-14,resnet-110 --width 32 --size 14 --steps 21 --json'.split(
      ' ',
    );
    expect(readOptions(args)).toMatchObject({
      json: true,
      contenders: ['jax-js', 'webgpu'],
      depths: [14, 110],
      widths: [32],
      sizes: [14],
      steps: 21,
    });
  });

  it('have a quick form: one small case', () => {
    const quick = { mode: 'quick', contenders: all, depths: [8], widths: [8], sizes: [28], steps: 7 };
    expect(readOptions(['--quick'])).toMatchObject(quick);
    expect(readOptions(['--quick', '--network', 'resnet-20'])).toMatchObject({ ...quick, depths: [20] });
  });

  it('have a form over depth: the fused engine, unless another is named', () => {
    const growth = { mode: 'growth', depths: [8, 20, 38, 56, 74, 92, 110], widths: [8], sizes: [14] };
    expect(readOptions(['--growth'])).toMatchObject({ ...growth, contenders: ['webgpu'] });
    expect(readOptions(['--growth', '--only', 'tfjs-wasm'])).toMatchObject({ ...growth, contenders: ['tfjs-wasm'] });
  });

  it.each([
    [['--speed'], /^Unknown option '--speed'.* npm run bench -- --help/],
    [['--quick', '--page'], /^Choose one of --quick, --growth and --page\.$/],
    [['--page', '--steps', '9'], /^--page .*--steps cannot/],
    [['--growth', '--network', 'resnet-8,resnet-20'], /at least three depths/],
    [
      ['--only', 'webgpu,pytorch'],
      /^--only is “pytorch”, but must be webgpu, tfjs-webgpu, cpu, cpu-1, tfjs-wasm,? or jax-js\.$/,
    ],
    [['--network', 'resnet-9'], /^--network is “resnet-9”, but must be resnet-8, resnet-14, /],
    [['--width', '2'], /^--width is “2”, but must be a whole number from 4 to 64\.$/],
    [['--size', '15'], /^--size is “15”, but must be 14 or 28\.$/],
    [['--steps', '2'], /^--steps is “2”, but must be a whole number from 3 to 1,000\.$/],
  ])('are refused with a sentence: %j', (args, words) => expect(refusal(...args)).toMatch(words));
});
