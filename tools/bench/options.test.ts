import { describe, expect, it } from 'vitest';
import { BadInput } from '../commandLine.ts';
import { readOptions } from './options.ts';

const all = ['webgpu', 'tfjs-webgpu', 'jax-js', 'cpu', 'cpu-1', 'tfjs-wasm'];

/** Cases as `depth/width/size/batch`. */
const casesOf = (...args: string[]) =>
  readOptions(args).cases.map(({ depth, width, size, batch }) => [depth, width, size, batch].join('/'));

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
    expect(readOptions([])).toMatchObject({
      help: false,
      json: false,
      mode: 'engines',
      contenders: all,
      depths: [8, 20, 56],
      steps: 7,
    });
    expect(casesOf()).toHaveLength(3 * 2 * 2);
    expect(casesOf().slice(0, 4)).toEqual(['8/8/14/32', '8/8/28/32', '8/16/14/32', '8/16/28/32']);
  });

  it('narrow down what is benched', () => {
    const args = '--only jax-js,webgpu --network resnet-14,resnet-110 --width 32 --size 14 --steps 21 --json';
    expect(readOptions(args.split(' '))).toMatchObject({
      json: true,
      contenders: ['jax-js', 'webgpu'],
      steps: 21,
    });
    expect(casesOf(...args.split(' '))).toEqual(['14/32/14/32', '110/32/14/32']);
  });

  it('have a quick form: one small case', () => {
    expect(readOptions(['--quick'])).toMatchObject({ mode: 'quick', contenders: all, steps: 7 });
    expect(casesOf('--quick')).toEqual(['8/8/28/32']);
    expect(casesOf('--quick', '--network', 'resnet-20')).toEqual(['20/8/28/32']);
  });

  it('have a form for processors, with PyTorch, and one for kernels', () => {
    const contenders = ['cpu', 'cpu-1', 'tfjs-wasm', 'jax-js-wasm', 'torch'];
    expect(readOptions(['--cpu'])).toMatchObject({ mode: 'cpu', contenders, steps: 21 });
    expect(readOptions(['--memory'])).toMatchObject({ mode: 'memory', contenders: ['cpu'], steps: 10_000 });
    expect(casesOf('--cpu')).toEqual(['8/8/28/32', '20/8/28/32', '56/8/14/64', '20/16/28/32']);
    expect(readOptions(['--kernels'])).toMatchObject({ mode: 'kernels', contenders: ['cpu', 'webgpu'] });
    expect(casesOf('--kernels')).toEqual(['8/8/28/32', '20/8/28/32']);
  });

  it('have a form over depth: the fused engine, unless another is named', () => {
    const growth = { mode: 'growth', depths: [8, 20, 38, 56, 74, 92, 110] };
    expect(casesOf('--growth')).toEqual([8, 20, 38, 56, 74, 92, 110].map((depth) => `${depth}/8/14/32`));
    expect(readOptions(['--growth'])).toMatchObject({ ...growth, contenders: ['webgpu'] });
    expect(readOptions(['--growth', '--only', 'tfjs-wasm'])).toMatchObject({ ...growth, contenders: ['tfjs-wasm'] });
  });

  it.each([
    [['--speed'], /^Unknown option '--speed'.* npm run bench -- --help/],
    [['--quick', '--page'], /^Choose one of --quick, --cpu, --growth, --kernels, --memory, --page and --class\.$/],
    [['--page', '--steps', '9'], /^--page .*--steps cannot/],
    [['--growth', '--network', 'resnet-8,resnet-20'], /at least three depths/],
    [['--only', 'webgpu,pytorch'], /^--only is “pytorch”, but must be webgpu, webgpu-4, .*, jax-js-wasm,? or torch\.$/],
    [['--network', 'resnet-9'], /^--network is “resnet-9”, but must be resnet-8, resnet-14, /],
    [['--width', '2'], /^--width is “2”, but must be a whole number from 4 to 64\.$/],
    [['--size', '15'], /^--size is “15”, but must be 14 or 28\.$/],
    [['--steps', '2'], /^--steps is “2”, but must be a whole number from 3 to 100,000\.$/],
  ])('are refused with a sentence: %j', (args, words) => expect(refusal(...args)).toMatch(words));
});
