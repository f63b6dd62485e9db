/** The Python files of generated programs, as the page loads them. */
import core from './python/core.py?raw';
import reproduce from './python/reproduce.py?raw';
import sweep from './python/sweep.py?raw';
import type { PythonSources } from './reproduction.ts';

export const pythonSources: PythonSources = { core, reproduce, sweep };
