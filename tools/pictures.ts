/**
 * `npm run pictures -- readme|home|embeds|lessons|previews [NAME …]`: takes the pictures of the page that are in the repository, from real runs; of
 * lessons, embeds and previews only those with a name, if any is given.
 */
import { withBrowser } from './browserPage.ts';
import { BadInput, runCommand } from './commandLine.ts';
import { takeEmbeds } from './pictures/embeds.ts';
import { takeHome } from './pictures/home.ts';
import { takeLessons } from './pictures/lessons.ts';
import { takePreviews } from './pictures/previews.ts';
import { takeReadme } from './pictures/readme.ts';
import type { Take } from './pictures/take.ts';

const takes: Readonly<Record<string, Take>> = {
  readme: takeReadme,
  home: takeHome,
  embeds: takeEmbeds,
  lessons: takeLessons,
  previews: takePreviews,
};

runCommand(async () => {
  const [which = '', ...wanted] = process.argv.slice(2);
  const take = Object.hasOwn(takes, which) ? takes[which] : undefined;
  if (!take) throw new BadInput(`Say which pictures: npm run pictures -- ${Object.keys(takes).join('|')}`);
  await withBrowser('index.html', (browser, url) => take(browser, url, wanted));
});
