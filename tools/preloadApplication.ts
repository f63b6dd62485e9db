/**
 * Names the application, which an entry imports once it knows the language, in the built page: the browser fetches it at
 * once, with the page's other files, and not only when the entry has come and runs. An embed starts with a poster, and is not to fetch any of it: so the
 * names wait in a template, which a script of one line puts into the head where the address asks for no embed.
 */
import type { HtmlTagDescriptor, Plugin } from 'vite';

/** The only script in a page: the policy for content names it by its hash (`siteHeaders.ts`). */
export const writeNames =
  "if(!/[?&]embed=(?!0)/.test(location.search)||/[?&]ui=full/i.test(location.search))document.head.append(document.getElementById('application').content)";

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
        });
        const isNew = (file: string) => !html.includes(`"./${file}"`);
        const names = [
          ...[...scripts].filter(isNew).map((file) => link('modulepreload', file)),
          ...[...styles].filter(isNew).map((file) => link('stylesheet', file)),
        ];
        if (names.length === 0) return [];
        return [
          { tag: 'template', attrs: { id: 'application' }, children: names, injectTo: 'head' },
          { tag: 'script', children: writeNames, injectTo: 'head' },
        ];
      },
    },
  };
}
