/** Serves the built page and classes from one address: `npm run room -- --help` says how. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, preview } from 'vite';
import { messageOf } from '../src/experiment/problem.ts';
import { BadInput, readArguments, runCommand, wholeNumberOf } from './commandLine.ts';
import { serveClasses } from './room/serve.ts';
import { words } from './room/words.ts';
import { builtHeaders } from './siteHeaders.ts';

const options = {
  port: { type: 'string', default: '4173' },
  host: { type: 'string', default: '0.0.0.0' },
  folder: { type: 'string', default: '.depthscope-classes' },
  help: { type: 'boolean', default: false },
} as const;

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist');

/** Lets pages know that their server has classes: nobody has to ask a server that has none. */
function classesInPages(): Plugin {
  return {
    name: 'classes-in-pages',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://page');
        const [, name = 'index'] = /^\/(?:([\w-]+)\.html)?$/.exec(pathname) ?? [];
        if (!/^\/(?:[\w-]+\.html)?$/.test(pathname)) return next();
        readFile(join(built, `${name}.html`), 'utf8').then(
          (html) => {
            response.writeHead(200, { ...builtHeaders, 'content-type': 'text/html', 'cache-control': 'no-cache' });
            response.end(html.replace('<head>', '<head><meta name="depthscope-classes" content="here">'));
          },
          () => next(),
        );
      });
    },
  };
}

async function main(): Promise<void> {
  const { port: asked, host, folder, help } = readArguments('room', process.argv.slice(2), options);
  if (help) {
    process.stdout.write(words.help);
    return;
  }
  const port = wholeNumberOf('port', asked, { min: 1, max: 65_535, integer: true });
  const redisUrl = process.env.REDIS_URL || null;
  const server = await preview({
    root,
    logLevel: 'silent',
    plugins: [classesInPages()],
    // Schools give their machines names of their own.
    preview: { host, port, strictPort: true, allowedHosts: true },
  }).catch((error: unknown) => {
    throw /in use/.test(String(error)) ? new BadInput(words.portTaken(port)) : error;
  });
  const classes = await serveClasses(server.httpServer as Server, { folder, redisUrl }).catch((error: unknown) => {
    throw redisUrl ? new BadInput(words.noRedis(messageOf(error))) : error;
  });
  const { local = [], network = [] } = server.resolvedUrls ?? {};
  process.stdout.write(words.at([...local, ...network]) + (redisUrl ? words.onRedis : words.kept(folder)));
  const stop = async (): Promise<void> => {
    await classes.close();
    await server.close();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

runCommand(main);
