import { readFileSync } from 'node:fs';
import temml from 'temml';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../experiment/check.ts';
import { formatLink } from '../experiment/link.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { teachers } from '../messages/en/lessons/teachers.ts';
import { figuresOf } from '../messages/figures.ts';
import { lessonText } from '../messages/lessonText.ts';
import { text } from '../messages/messages.ts';
import { quantities } from '../records/records.ts';
import { readLessonLink } from './lessonLink.ts';
import { at, lessons } from './lessons.ts';
import { experimentAt, storyExperiments } from './story/experiments.ts';
import { graftsOnto } from './story/identity/grafts.ts';

const places = lessons.flatMap((lesson, index) =>
  lesson.parts.map((part, which) => ({
    name: `${lesson.key}.${part.key}`,
    lesson,
    part,
    place: { lesson: index + 1, part: which },
  })),
);

/** Every sentence of an object of texts; functions are asked with figures that are all 1. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    const figures = figuresOf(new Proxy({}, { get: () => 1 }));
    return sentences(value(figures));
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : [];
}

const prose = [...sentences(lessonText.lessons), ...sentences(teachers)];

describe('the story', () => {
  it('has its lessons in the order of their titles', () => {
    expect(lessons.map(({ key }) => key)).toEqual(Object.keys(text.lessons.titles));
  });

  it.each(places)('has words for $name, also for a run that does not show the effect', ({ lesson, part }) => {
    const words = lessonText.lessons[lesson.key][part.key];
    expect(words?.before.length).toBeGreaterThan(0);
    expect(words?.ask !== undefined).toBe(part.question !== null);
    if (part.question?.kind === 'choose') expect(Object.keys(words?.options ?? {})).toEqual(part.question.options);
    expect(words?.shown !== undefined).toBe(part.check !== null);
    expect(words?.notShown !== undefined).toBe(part.check !== null);
  });

  it.each(places)(
    'loads an experiment for $name that can be run, in both sizes, and that a link can hold',
    ({ place }) => {
      for (const size of ['small', 'large'] as const) {
        const experiment = experimentAt(place, size);
        expect(checkExperiment(experiment)).toEqual([]);
        expect(parseLink(formatLink(experiment))).toEqual({ experiment, problems: [] });
      }
      expect(experimentAt(place, 'small', { seed: 9 }).training.seed).toBe(9);
    },
  );

  it('has an experiment for every part, the first of a lesson its own', () => {
    expect(storyExperiments.map(({ length }) => length)).toEqual(lessons.map(({ parts }) => parts.length));
    for (const [first] of storyExperiments) expect(first).toBeTypeOf('function');
  });

  it('says nothing about a run that has not begun', () => {
    for (const { part, place } of places) {
      const evidence = { experiment: experimentAt(place, 'small'), runs: {}, graft: null, blocks: null };
      if (part.check && !part.isAtOnce) expect(part.check(evidence)).toBeNull();
    }
  });

  it('opens a lesson at its first part where the part is not there', () => {
    expect(at({ lesson: 2, part: 7 }).part.key).toBe('sigmoid');
  });

  it('grafts onto a base that its graft part trains, within the limits', () => {
    expect(checkExperiment(graftsOnto(experimentAt({ lesson: 6, part: 1 }, 'small')))).toEqual([]);
  });
});

describe('the prose', () => {
  it('marks only terms that the glossary explains, and uses every entry', () => {
    const marked = new Set(
      prose.flatMap((sentence) => [...sentence.matchAll(/\[\[([^\]|]+)/g)].map(([, term]) => term)),
    );
    expect([...marked].filter((term) => !Object.hasOwn(lessonText.glossary, term ?? ''))).toEqual([]);
    expect(Object.keys(lessonText.glossary).filter((term) => !marked.has(term))).toEqual([]);
  });

  it('offers to show only quantities that there are, and says at which step its verdicts are about one', () => {
    const offered = prose.flatMap((sentence) => [...sentence.matchAll(/\{(\w+)(?:@\d+)?\|/g)].map(([, name]) => name));
    expect(offered.length).toBeGreaterThan(5);
    for (const name of offered) expect(quantities).toContain(name);
    const shown = places.filter(({ part }) => part.shows);
    expect(shown.map(({ name }) => name)).toEqual([
      'vanishing.sigmoid',
      'vanishing.trap',
      'exploding.edge',
      'cures.four',
      'cures.growth',
      'degradation.gradients',
    ]);
    for (const { lesson, part } of shown) {
      const { shown: one, notShown: other } = lessonText.lessons[lesson.key][part.key] ?? {};
      const step = new RegExp(`\\bstep ${part.shows?.step}\\b`);
      for (const said of [one, other]) expect(sentences(said).join(' ')).toMatch(step);
    }
  });

  it('has formulas that can be typeset, as MathML', () => {
    const formulas = prose.flatMap((sentence) => [...sentence.matchAll(/\$+([^$]+)\$+/g)].map(([, tex]) => tex ?? ''));
    expect(formulas.length).toBeGreaterThan(10);
    for (const tex of formulas) expect(temml.renderToString(tex, { throwOnError: true })).toMatch(/^<math/);
  });

  it('links to sources by https, to lessons that exist, and to the first screen', () => {
    const addresses = prose.flatMap((sentence) =>
      [...sentence.matchAll(/\]\(([^)]+)\)/g)].map(([, address]) => address ?? ''),
    );
    expect(addresses.length).toBeGreaterThan(20);
    for (const address of addresses) {
      if (address.startsWith('https://')) expect(URL.canParse(address)).toBe(true);
      else if (address !== './')
        expect(readLessonLink(address.replace('./', ''))).toMatchObject({ lesson: expect.any(Number), problems: [] });
    }
  });

  it('quotes the cosines of neighbouring gradients as this page measures them: those of README’s table', () => {
    const table = /^Shattering at initialisation[\s\S]*?^\| 56 .*$/m.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
    const cells = (depth: number) =>
      new RegExp(`^\\| ${depth} \\| (.*) \\|$`, 'm').exec(table)?.[1]?.split(' | ') ?? [];
    const mean = (cell = '') => cell.split(' ')[0];
    const [plain8, , residual8] = cells(8);
    const [plain56, , residual56 = ''] = cells(56);
    const [, low, high] = /\((.*)–(.*)\)/.exec(residual56) ?? [];
    const said = sentences(lessonText.lessons.limits.beyond).find((sentence) => sentence.includes('neighbouring'));
    expect(said).toContain(`a cosine of ${mean(plain8)} in plain 8 and ${mean(plain56)} in plain 56`);
    expect(said).toContain(`in residual 8 and 56, of ${mean(residual8)} and ${mean(residual56)}`);
    expect(said).toContain(`from ${low} to ${high} in the last`);
  });
});
