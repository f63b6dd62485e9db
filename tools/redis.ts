/** Finds the redis-server that classes are tested on: the machine's, or (on Debian, as root) the distribution's. */
import { execFileSync } from 'node:child_process';
import { fromDebian } from './debian.ts';

/** Says why classes are not tested on Redis, and what to do. */
export const noRedis =
  'Classes on Redis, NOT TESTED: there is no redis-server here. Install it (on Debian or Ubuntu `apt-get install redis-server`)';

export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether there is one, installed first where that takes no more than asking Debian. */
export function hasInstalledRedis(): boolean {
  return hasRedis() || (fromDebian('redis-server') && hasRedis());
}
