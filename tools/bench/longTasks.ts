/** What tasks of over 50 ms spent their time on: scripts by what called them, style and layout, and the rest. */

/** A frame that took over 50 ms, with times in milliseconds. */
export interface AnimationFrame {
  readonly start: number;
  readonly ms: number;
  /** When style and layout began, behind the frame's scripts; 0 where nothing was drawn. */
  readonly layoutFrom: number;
  readonly scripts: readonly { readonly invoker: string; readonly ms: number; readonly forcedLayoutMs: number }[];
}

export interface LongTask {
  readonly ms: number;
  /** Milliseconds by what took them, the longest first. */
  readonly sources: Readonly<Record<string, number>>;
}

/** Of a frame: what lies between its end and the start of layout is style, layout and painting. */
function sourcesOf(frame: AnimationFrame): Record<string, number> {
  const sources: Record<string, number> = {};
  const add = (name: string, ms: number) => {
    if (ms >= 1) sources[name] = Math.round((sources[name] ?? 0) + ms);
  };
  for (const { invoker, ms, forcedLayoutMs } of frame.scripts) {
    add(invoker, ms - forcedLayoutMs);
    add('forced layout', forcedLayoutMs);
  }
  if (frame.layoutFrom > 0) add('style, layout and paint', frame.start + frame.ms - frame.layoutFrom);
  return Object.fromEntries(Object.entries(sources).sort(([, one], [, other]) => other - one));
}

/** Each task with the sources of the frame that it is part of; none where the browser names no such frame. */
export function withSources(
  tasks: readonly { readonly start: number; readonly ms: number }[],
  frames: readonly AnimationFrame[],
): LongTask[] {
  return tasks.map(({ start, ms }) => {
    // Clocks are rounded to a tenth of a millisecond or worse: the middle of a task is safely within its frame.
    const middle = start + ms / 2;
    const frame = frames.find((each) => each.start <= middle && middle <= each.start + each.ms);
    return { ms: Math.round(ms), sources: frame ? sourcesOf(frame) : {} };
  });
}
