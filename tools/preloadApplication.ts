/**
 * Names the application, which an entry imports once it knows the language, in the built page: the browser fetches it at
 * once, with the page's other files, and not only when the entry has come and runs.
 */
import type { HtmlTagDescriptor, Plugin } from 'vite';

export function preloadApplication(): Plugin {
  return {
    name: 'preload-application',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, chunk }) {
        const scripts = new Set<string>();
        const styles = new Set<string>();
        const take = (file: string): void => {
          const found = bundle[file];
          if (found?.type !== 'chunk' || scripts.has(file)) return;
          scripts.add(file);
          // Styles of what a chunk imports come first, so that its own prevail.
          found.imports.forEach(take);
          for (const style of found.viteMetadata?.importedCss ?? []) styles.add(style);
        };
        for (const file of chunk?.dynamicImports ?? []) {
          const found = bundle[file];
          if (found?.type === 'chunk' && found.facadeModuleId?.endsWith('/main.tsx')) take(file);
        }
        const link = (rel: string, file: string): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        });
        const isNew = (file: string) => !html.includes(`"./${file}"`);
        return [
          ...[...scripts].filter(isNew).map((file) => link('modulepreload', file)),
          ...[...styles].filter(isNew).map((file) => link('stylesheet', file)),
        ];
      },
    },
  };
}
