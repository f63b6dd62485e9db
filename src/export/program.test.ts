import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anyPython } from '../../tools/python.ts';
import { familyStack } from '../experiment/families.ts';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import { frameworks, programOf } from './program.ts';
import { testPrograms } from './testPrograms.ts';

const residual20 = {
  stack: familyStack({ preset: 't7', kind: 'residual', layers: 20, width: 4 }),
  ...presets.t7.network,
};
const python = anyPython();

/** The right-hand side of every import in a program. */
function imports(program: string): string[] {
  const found = program.matchAll(/^\s*(?:import\s+([\w.]+)|from\s+([\w.]+)\s+import|import\s.*from\s+'([^']+)')/gm);
  return [...found].map(([, plain, from, quoted]) => quoted ?? from ?? plain ?? '');
}

describe.each(testPrograms)('the programs of $name', (each) => {
  const { name, spec } = each;
  it.each(frameworks)('import nothing but their framework, and say what they need: %s', (framework) => {
    const program = programOf(framework, spec, each, name);
    const [own, needs] = {
      pytorch: ['torch', 'Needs PyTorch'],
      keras: ['keras', 'Needs Keras 3'],
      tensorflowJs: ['@tensorflow/tfjs', 'Needs TensorFlow.js'],
    }[framework];
    expect(new Set(imports(program))).toEqual(new Set([own]));
    const [first, second] = program.split('\n').map((line) => line.replace(/^(#|\/\/) /, ''));
    const { parameters } = costOf(buildGraph(spec, each));
    expect(first).toBe(`${name}: ${parameters.toLocaleString('en')} parameters.`);
    expect(second?.startsWith(needs ?? '')).toBe(true);
  });
});

describe('the programs in Python', () => {
  it.skipIf(python === null)(python === null ? 'compile: NOT TESTED, as no Python is here' : 'compile', () => {
    const folder = mkdtempSync(join(tmpdir(), 'depthscope-programs-'));
    const files = testPrograms.flatMap((each, index) =>
      (['pytorch', 'keras'] as const).map((framework) => {
        const file = join(folder, `${framework}${index}.py`);
        writeFileSync(file, programOf(framework, each.spec, each, each.name));
        return file;
      }),
    );
    try {
      execFileSync(python ?? '', ['-m', 'py_compile', ...files], { stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('show the residual block: the input is kept, and added before the last activation', () => {
    const program = programOf('pytorch', residual20, { size: 14 }, 'Residual 20');
    expect(program).toMatch(/shortcut = x {2}#[\s\S]*return self\.act\(x \+ shortcut\)/);
  });

  it('number the blocks of stochastic depth, and drop without rescaling', () => {
    const program = programOf('pytorch', { ...residual20, survival: 0.5, dropout: 0.25 }, { size: 14 }, 'Residual 20');
    expect(program).toContain('survival=1 - block / 9 * (1 - 0.5)) for block in range(1, 4)]');
    expect(program).toContain('survival=1 - 4 / 9 * (1 - 0.5)),');
    expect(program).toContain('dropout(shortcut, 0.25, self.training)\n        shortcut = 0.75 * shortcut');
  });
});
