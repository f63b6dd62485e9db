/**
 * All text in English, a file a room. `problems` holds a sentence for each problem code: a template with `{value}`
 * holes, or a function of the values. `text` holds labels; a text with parameters is a function.
 */
import { app, appProblems } from './enApp.ts';
import { bench, benchProblems } from './enBench.ts';
import { blocks } from './enBlocks.ts';
import { charts } from './enCharts.ts';
import { code } from './enCode.ts';
import { commandProblems } from './enCommands.ts';
import { data, dataProblems } from './enData.ts';
import { distributions } from './enDistributions.ts';
import { engine } from './enEngine.ts';
import { fuzz, fuzzProblems } from './enFuzz.ts';
import { inside } from './enInside.ts';
import { instruments } from './enInstruments.ts';
import { lab, labProblems } from './enLab.ts';
import { lesions } from './enLesions.ts';
import { lessonProblems, lessons } from './enLessons.ts';
import { library } from './enLibrary.ts';
import { names } from './enNames.ts';
import { plan } from './enPlan.ts';
import { quantities } from './enQuantities.ts';
import { shattering } from './enShattering.ts';
import { slice } from './enSlice.ts';
import { spec, specProblems } from './enSpec.ts';
import { stack } from './enStack.ts';
import { sweep, sweepProblems } from './enSweep.ts';

export const en = {
  problems: {
    ...appProblems,
    ...specProblems,
    ...dataProblems,
    ...labProblems,
    ...lessonProblems,
    ...commandProblems,
    ...benchProblems,
    ...fuzzProblems,
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
    data,
    engine,
    lab,
    lessons,
    code,
    plan,
    bench,
    fuzz,
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
