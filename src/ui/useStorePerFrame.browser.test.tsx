import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { useNextFrame, useStorePerFrame } from './useStorePerFrame.ts';

it('draws all that wait for a frame at once, and shows the last state of it', async () => {
  const store = createStore(() => ({ step: 0, name: 'a' }));
  const drawn: string[] = [];
  const Step = ({ of }: { readonly of: string }) => {
    const step = useStorePerFrame(store, (state) => state.step);
    drawn.push(of + step);
    return <p>{step}</p>;
  };
  const Name = () => {
    drawn.push(useStorePerFrame(store, (state) => state.name));
    return null;
  };
  let commits = 0;
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  root.render(
    <Profiler id="all" onRender={() => commits++}>
      <Step of="x" />
      <Step of="y" />
      <Name />
    </Profiler>,
  );
  await expect.poll(() => place.textContent).toBe('00');
  [drawn.length, commits] = [0, 0];
  for (const step of [1, 2, 3]) store.setState({ step });
  await expect.poll(() => place.textContent).toBe('33');
  expect({ drawn, commits }).toEqual({ drawn: ['x3', 'y3'], commits: 1 });
  root.unmount();
  place.remove();
});

it('leaves what can wait to a commit of its own', async () => {
  const commits: string[] = [];
  const Later = () => (useNextFrame() ? <p>now</p> : null);
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  root.render(
    <Profiler id="all" onRender={() => commits.push(place.textContent ?? '')}>
      <p>first, </p>
      <Later />
    </Profiler>,
  );
  await expect.poll(() => place.textContent).toBe('first, now');
  expect(commits).toHaveLength(2);
  root.unmount();
  place.remove();
});
