/**
 * Frames and long tasks of a page's main thread, by the browser's own measurements: requestAnimationFrame, the Long
 * Tasks API, and the Long Animation Frames API, which says what a frame that took over 50 ms spent them on.
 */
import type { Page } from '@playwright/test';
import { type AnimationFrame, type LongTask, withSources } from './longTasks.ts';

export interface FrameFigures {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly tasks: readonly LongTask[];
}

interface Meter {
  frames: number;
  readonly began: number;
  readonly tasks: { readonly start: number; readonly ms: number }[];
  readonly animations: AnimationFrame[];
}

/** The parts of the API that are read; not yet among TypeScript's own types. */
interface FrameTiming extends PerformanceEntry {
  readonly renderStart: number;
  readonly styleAndLayoutStart: number;
  readonly scripts: readonly {
    readonly invoker: string;
    readonly duration: number;
    readonly forcedStyleAndLayoutDuration: number;
  }[];
}

/** Starts to count; `readMeter` stops. */
export async function startMeter(page: Page): Promise<void> {
  await page.evaluate(() => {
    // A method: a function with a name of its own would need a helper of the compiler that the page lacks.
    const meter: Meter & { count(): void } = {
      frames: 0,
      began: performance.now(),
      tasks: [],
      animations: [],
      count() {
        meter.frames++;
        requestAnimationFrame(meter.count);
      },
    };
    requestAnimationFrame(meter.count);
    new PerformanceObserver((list) => {
      for (const { startTime: start, duration: ms } of list.getEntries()) meter.tasks.push({ start, ms });
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as FrameTiming[]) {
        meter.animations.push({
          start: entry.startTime,
          ms: entry.duration,
          layoutFrom: entry.styleAndLayoutStart,
          scripts: entry.scripts.map((script) => ({
            invoker: script.invoker,
            ms: script.duration,
            forcedLayoutMs: script.forcedStyleAndLayoutDuration,
          })),
        });
      }
    }).observe({ type: 'long-animation-frame' });
    Object.assign(globalThis, { meter });
  });
}

export async function readMeter(page: Page): Promise<FrameFigures> {
  const { meter, ms } = await page.evaluate(() => {
    const { frames, began, tasks, animations } = (globalThis as unknown as { meter: Meter }).meter;
    return { meter: { frames, tasks, animations }, ms: performance.now() - began };
  });
  return {
    frames: meter.frames,
    framesPerSecond: Math.round((1000 * meter.frames) / ms),
    tasks: withSources(meter.tasks, meter.animations),
  };
}
