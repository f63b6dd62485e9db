/**
 * Finds the Python that generated PyTorch programs are trained in by the tests: $PYTHON, then the machine's, and last (on Debian, as
 * root) one with the distribution's python3-torch.
 */
import { execFileSync } from 'node:child_process';
import { fromDebian } from './debian.ts';

/** Says why PyTorch programs are not tested, and what to do. */
export const noPyTorch =
  'PyTorch programs, NOT TESTED: no Python here can import torch. Install it (on Debian or Ubuntu `apt-get install python3-torch`, elsewhere `pip install torch`), or set PYTHON to an interpreter that has it';

/** Whether an interpreter runs, and has a module: importing torch only to find out takes more than a second. */
function has(python: string, module: string): boolean {
  const find = `import sys, importlib.util; sys.exit(importlib.util.find_spec("${module}") is None)`;
  try {
    execFileSync(python, ['-c', find], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function pythons(): readonly string[] {
  return [process.env.PYTHON, 'python3', '/usr/bin/python3', 'python'].flatMap((name) => (name ? [name] : []));
}

/** An interpreter to compile Python with; null where there is none. */
export function anyPython(): string | null {
  return pythons().find((python) => has(python, 'py_compile')) ?? null;
}

/** An interpreter that can import torch; null where there is none. */
export function pythonWithTorch(): string | null {
  return pythons().find((python) => has(python, 'torch')) ?? null;
}

/** The same, installed first where that takes no more than asking Debian. */
export function installedPythonWithTorch(): string | null {
  return pythonWithTorch() ?? (fromDebian('python3-torch') ? pythonWithTorch() : null);
}
