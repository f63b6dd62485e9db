import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs a package of the distribution, where that is Debian's and we are root.
 * @returns whether it is there now
 */
export function fromDebian(name: string): boolean {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  try {
    // Output goes to standard error: standard output belongs to the command that asked.
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2] });
    execFileSync('apt-get', ['install', '-y', '-qq', name], { stdio: ['ignore', 2, 2] });
    return true;
  } catch {
    return false;
  }
}
