import { number } from '../../src/messages/format.ts';

export const words = {
  help: `npm run room -- [options]

Builds the page, serves it, and with it classes: a teacher opens one in the view Class, and others join it with its code.

  --port 4173     the port
  --host 0.0.0.0  the address to listen at; 127.0.0.1 is for this computer alone, as behind a proxy
  --folder .depthscope-classes
                  where classes are kept, a file each, until two hours after their last word
  --help          this

REDIS_URL=redis://host:6379 keeps classes in Redis instead, where any number of these commands, on any number of machines, serve the same ones.
`,
  at: (urls: readonly string[]) => `Classes at ${urls.join(' and ')}\n`,
  kept: (folder: string) => `Kept in ${folder} until two hours after their last word.\n`,
  onRedis: 'Kept in Redis until two hours after their last word.\n',
  noRedis: (reason: string) => `Redis does not answer (${reason}). Start it, or leave REDIS_URL out.`,
  portTaken: (port: number) =>
    `Port ${number(port)} is taken. End what uses it, or name another: npm run room -- --port ${port + 1}`,
};
