/**
 * Finds the Python that generated PyTorch programs are trained in by the tests: $PYTHON, then the machine's, and last (on Debian, as
 * root) one with the distribution's python3-torch.
 */
import { execFileSync } from 'node:child_process';
import { fromDebian } from './debian.ts';

/** Says why PyTorch programs are not tested, and what to do. */
export const noPyTorch =
  'PyTorch programs, NOT TESTED: no Python here can import torch. Install it (on Debian or Ubuntu `apt-get install python3-torch`, elsewhere `pip install torch`), or set PYTHON to an interpreter that has it';

/** Whether an interpreter runs, and can import a module. */
function imports(python: string, module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
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
  return pythons().find((python) => imports(python, 'py_compile')) ?? null;
}

/** An interpreter that can import torch; null where there is none. */
export function pythonWithTorch(): string | null {
  return pythons().find((python) => imports(python, 'torch')) ?? null;
}

/** The same, installed first where that takes no more than asking Debian. */
export function installedPythonWithTorch(): string | null {
  return pythonWithTorch() ?? (fromDebian('python3-torch') ? pythonWithTorch() : null);
}
