/**
 * All text in English that the page begins with, a file a room (`later.ts` has the rest). `problems` holds a sentence for each problem code: a template with `{value}`
 * holes, or a function of the values. `text` holds labels; a text with parameters is a function.
 */
import { app, appProblems } from './app.ts';
import { charts } from './charts.ts';
import { dataProblems } from './data.ts';
import { embed } from './embed.ts';
import { engine, engineProblems } from './engine.ts';
import { figure } from './figure.ts';
import { finding } from './finding.ts';
import { home } from './home.ts';
import { lessonProblems, lessons } from './lessons.ts';
import { names } from './names.ts';
import { quantities } from './quantities.ts';
import { settings } from './settings.ts';
import { spec, specProblems } from './spec.ts';
import { stack } from './stack.ts';
import { sweepProblems } from './sweepProblems.ts';

export const en = {
  problems: {
    ...appProblems,
    ...specProblems,
    ...dataProblems,
    ...engineProblems,
    ...lessonProblems,
    ...sweepProblems,
  },
  text: {
    quantities,
    app,
    charts,
    settings,
    stack,
    spec,
    names,
    figure,
    finding,
    home,
    embed,
    engine,
    lessons,
  },
};
