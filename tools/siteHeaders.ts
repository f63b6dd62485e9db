/**
 * What a server says with every file of the built page. Each built page says the same of itself in `<meta>` where that can be said, so that it holds
 * on static hosts too, which send no headers of ours.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { writeNames } from './preloadApplication.ts';

/**
 * Style elements that react-aria adds to the page; their texts are pinned by hash, so that no other can be added. Style attributes are set through
 * CSSOM, which no policy forbids.
 */
export const libraryStyles = [
  // From usePress: no delay of a click by a second tap.
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  // From usePreventScroll, on iOS alone: what lies behind a dialog does not scroll.
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
] as const;

const pinned = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page's one inline script, as a policy names it. A host whose own policy does not name it has a page that asks for its files a little later. */
export const ownScript = pinned(writeNames);

const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'", ownScript],
  'style-src': ["'self'", ...libraryStyles.map(pinned)],
  'font-src': ["'self'"],
  // Charts are downloaded as pictures by way of these.
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  // Share shows what becomes of an embed.
  'frame-src': ["'self'"],
  // TensorFlow.js starts its threads from a blob; in a sandboxed frame the training worker comes from a data: URL (app/connectWorker.ts).
  'worker-src': ["'self'", 'blob:', 'data:'],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Says nothing of frames: the page may stand in anybody's. */
export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, sources]) => [name, ...sources].join(' '))
  .join('; ');

const referrerPolicy = 'no-referrer';

/**
 * Of the development server. Cross-origin isolation: without it the browser gives no shared memory, and WebAssembly no threads. Anybody may load the
 * page's files, since in a sandboxed frame the page itself is nobody in particular.
 */
export const commonHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': referrerPolicy,
};

/**
 * Of the server of the built page. The development server's pages hold inline scripts, so they are without a policy for content. Isolation of the
 * document alone gives threads to a frame of a page that is not isolated itself (Chrome 137 and later; others ignore it).
 */
export const builtHeaders = {
  ...commonHeaders,
  'Document-Isolation-Policy': 'isolate-and-require-corp',
  'Content-Security-Policy': contentSecurityPolicy,
};

/** Writes the policies into the built pages, before anything that they concern. */
export function policiesInPages(): Plugin {
  const meta = (attrs: Record<string, string>) => ({ tag: 'meta', attrs, injectTo: 'head-prepend' as const });
  return {
    name: 'policies-in-pages',
    apply: 'build',
    transformIndexHtml: () => [
      meta({ 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }),
      meta({ name: 'referrer', content: referrerPolicy }),
    ],
  };
}

/** Files whose names change with their content: browsers need not ask for them again, and keep what they have compiled of them. */
const namedByContent = /^\/(?:assets\/[\w.-]+-[\w-]{8}\.\w+|data\/[\w-]+\.[0-9a-f]{8}\.bin)(?=\?|$)/;

/** Has the server of the built page say of such files that they stay as they are, and nothing of those that are not there. */
export function lastingFiles(): Plugin {
  return {
    name: 'lasting-files',
    configurePreviewServer({ middlewares, config }) {
      const built = resolve(config.root, config.build.outDir);
      middlewares.use(({ url = '/' }, response, next) => {
        const [file] = namedByContent.exec(url) ?? [];
        if (file && existsSync(join(built, file)))
          response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        next();
      });
    },
  };
}
