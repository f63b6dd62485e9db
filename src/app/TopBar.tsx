import { lazy, memo, Suspense } from 'react';
import { testCount } from '../experiment/dataRef.ts';
import { LessonsButton } from '../lessons/LessonMenu.tsx';
import { closeLesson, useProgress } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { type ViewName, type Views, viewNames } from '../session/views.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { Badge } from './Badge.tsx';
import { Help, type HelpProps } from './Help.tsx';
import { ShareButton } from './share/ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import './topBar.css';

const words = text.app.views;

/** The name of the page leads to the first screen. */
const tabs = viewNames.filter((name) => name !== 'home');

/** Of those who have left the first screen. */
const LabTools = lazy(() => import('./LabTools.tsx'));
const PresetMenu = lazy(() => import('./PresetMenu.tsx'));

export interface TopBarProps extends HelpProps {
  readonly views: Views;
}

export const TopBar = memo(function TopBar({ views, ...help }: TopBarProps) {
  const view = useStorePerFrame(views, (state) => state.view);
  const progress = useStorePerFrame(views, (state) => state.progress);
  const nameOf = (key: ViewName) =>
    key === 'sweep' && progress ? words.training(progress.done, progress.all) : words.names[key];
  const isHome = view === 'home';
  const isLesson = useProgress(({ lesson }) => lesson !== null);
  // What a lesson does not need is put away.
  const isLab = !isHome && !isLesson;
  const goHome = () => {
    views.setState({ view: 'home' });
    closeLesson();
  };
  // The question is the heading of the first screen.
  const Name = isHome ? 'p' : 'h1';
  const dataSet = useLab((state) => state.dataSet?.name ?? null);
  const training = useLab((state) => state.experiment.training);
  return (
    <header className="row top-bar">
      <Name className="top-bar-name large heavy">
        <Button look="icon" className="top-bar-home" onPress={goHome}>
          {text.app.name}
        </Button>
      </Name>
      {isLab && (
        <span className="chip-text note top-bar-data">
          {text.app.dataSet(dataSet, training.train, testCount(training))}
        </span>
      )}
      <LessonsButton />
      {isLab && (
        <Suspense fallback={null}>
          <PresetMenu onChosen={() => view === 'library' && views.setState({ view: 'lab' })} />
        </Suspense>
      )}
      {!isLesson && (
        <div className="top-bar-views">
          <Segmented
            label={words.label}
            isLabelHidden
            options={tabs.map((key) => ({ key, label: nameOf(key) }))}
            value={isHome ? null : view}
            onChange={(chosen) => views.setState({ view: chosen })}
          />
        </div>
      )}
      <div className="row top-bar-end at-end">
        <Badge isPlain={isHome} />
        {!isHome && (
          <Suspense fallback={null}>
            <LabTools />
          </Suspense>
        )}
        <ShareButton views={views} />
        <Help {...help} />
        <ThemeSwitch />
      </div>
    </header>
  );
});
