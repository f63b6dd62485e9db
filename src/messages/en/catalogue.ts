/**
 * All text in English, a file a room. `problems` holds a sentence for each problem code: a template with `{value}`
 * holes, or a function of the values. `text` holds labels; a text with parameters is a function.
 */
import { app, appProblems } from './app.ts';
import { blocks } from './blocks.ts';
import { charts } from './charts.ts';
import { code } from './code.ts';
import { dataProblems } from './data.ts';
import { distributions } from './distributions.ts';
import { engine, engineProblems } from './engine.ts';
import { figure } from './figure.ts';
import { finding } from './finding.ts';
import { home } from './home.ts';
import { inside } from './inside.ts';
import { instruments } from './instruments.ts';
import { lesions } from './lesions.ts';
import { lessonProblems, lessons } from './lessons.ts';
import { library } from './library.ts';
import { names } from './names.ts';
import { quantities } from './quantities.ts';
import { shattering } from './shattering.ts';
import { slice } from './slice.ts';
import { spec, specProblems } from './spec.ts';
import { stack } from './stack.ts';
import { sweep, sweepProblems } from './sweep.ts';

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
    blocks,
    stack,
    spec,
    names,
    figure,
    finding,
    home,
    engine,
    lessons,
    code,
    instruments,
    distributions,
    shattering,
    lesions,
    inside,
    library,
    slice,
    sweep,
  },
};
